"""What the use-right and use-then-pay papers must say, whatever the answers are."""

import tomllib
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[3] / "templates_docx"
PAPERS = {
    "D-11": "use_right/use_right_agreement",
    "D-22": "use_right/one_time_license",
    "D-23": "use_right/free_license",
    "D-24": "equity/use_right_contribution",
    "D-25": "use_right/use_right_revenue",
    "D-26": "use_right/contribution_consent",
    "D-31": "use_then_pay/technology_license",
    "D-32": "use_then_pay/use_right_transfer",
}
EXPIRY = "专利权期满后，涉及该专利的使用不再需要许可，技术秘密部分继续适用"


def outline(instrument: str) -> str:
    return (LIBRARY / f"{PAPERS[instrument]}.outline.txt").read_text(encoding="utf-8")


def clauses(instrument: str) -> dict[str, dict[str, object]]:
    manifest = tomllib.loads(
        (LIBRARY / f"{PAPERS[instrument]}.toml").read_text("utf-8")
    )
    return {clause["name"]: clause for clause in manifest["clauses"]}


@pytest.mark.parametrize("instrument", ["D-22", "D-23"])
def test_license_of_a_team_never_carries_the_label(instrument):
    assert "先使用后付费" not in outline(instrument)


@pytest.mark.parametrize("instrument", ["D-11", "D-22", "D-23", "D-24", "D-31", "D-32"])
def test_expiry_clause_has_the_wording_of_the_register(instrument):
    assert EXPIRY in outline(instrument)
    assert "any_expiring_before" in clauses(instrument)["expiry"]["when"]


def test_recordal_names_one_contract_for_each_mode():
    agreement = outline("D-11")

    assert "以本协议办理专利实施许可备案" in agreement
    assert "只以《免费许可及约定收益合同》办理专利实施许可备案" in agreement
    assert "只以《一次性许可合同》办理专利实施许可备案" in agreement
    assert "支付方式为“无偿”" in outline("D-23")
    assert "本协议不重复备案" in outline("D-24")


def test_one_time_license_has_exactly_one_fee():
    assert outline("D-22").count("{{ license.fee }}元") == 1
    assert "本合同仅设下列一笔使用费" in outline("D-22")


@pytest.mark.parametrize("instrument", ["D-31", "D-32"])
def test_use_then_pay_has_the_three_clause_sets(instrument):
    found = clauses(instrument)

    assert [found[name]["when"] for name in ("pay_a", "pay_b", "pay_c")] == [
        'payment.form == "staged_royalty"',
        'payment.form == "deferred"',
        'payment.form == "other_deferred"',
    ]
    text = outline(instrument)
    assert "入门费为零" in text
    assert "{{ payment.first_due_on }}" in text
    assert "{{ payment.first_trigger }}" in text


def test_use_right_transfer_keeps_ownership():
    text = outline("D-32")

    assert "均不得解释为所有权、专利权" in text
    assert "不办理专利权转让登记" in text


def test_extension_needs_three_conditions():
    text = outline("D-11")

    assert "（二）科技成果转化取得积极进展；" in text
    assert "（三）收益情况良好。" in text


def test_contribution_is_permitted_in_the_sixth_mode_only():
    assert clauses("D-11")["contribution"]["when"] == 'empowerment.mode == "M6"'
    assert "不构成股东责任" in outline("D-26")


def test_every_condition_of_a_paper_has_an_entry_with_its_article():
    for instrument in PAPERS:
        for name, clause in clauses(instrument).items():
            assert clause["article"], (instrument, name)
            assert ("when" in clause) == ("why" in clause), (instrument, name)
