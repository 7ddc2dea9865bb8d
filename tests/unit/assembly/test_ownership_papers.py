"""What the ownership, equity and grant papers must say, whatever the answers are."""

import re
import tomllib
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[3] / "templates_docx"
PAPERS = {
    "D-09": "ownership/partial_ownership_agreement",
    "D-10": "ownership/full_ownership_agreement",
    "D-13": "ownership/share_transfer_contract",
    "D-14": "equity/technology_contribution_agreement",
    "D-15": "equity/exit_revenue_agreement",
    "D-16": "ownership/milestone_share_transfer_contract",
    "D-17": "equity/share_contribution_agreement",
    "D-18": "grant_investment/grant_investment_contract",
    "D-19": "ownership/project_company_ownership_agreement",
    "D-20": "grant_investment/equity_subscription_agreement",
    "D-21": "grant_investment/revenue_distribution_agreement",
}
TITLE_PAPERS = ["D-09", "D-10", "D-13", "D-16", "D-19"]
# The order of the model technology contracts.
ORDER = [
    "subject",
    "amendment",
    "risk",
    "publicity",
    "confidentiality",
    "acceptance",
    "breach",
    "contacts",
    "termination",
    "dispute",
    "definitions",
    "other",
    "copies",
    "effect",
]


def outline(instrument: str) -> str:
    return (LIBRARY / f"{PAPERS[instrument]}.outline.txt").read_text(encoding="utf-8")


def manifest(instrument: str) -> dict[str, object]:
    return tomllib.loads((LIBRARY / f"{PAPERS[instrument]}.toml").read_text("utf-8"))


def clauses(instrument: str) -> dict[str, dict[str, object]]:
    return {clause["name"]: clause for clause in manifest(instrument)["clauses"]}


def articles(instrument: str) -> list[str]:
    return re.findall(r"^§ (\w+) ", outline(instrument), re.M)


@pytest.mark.parametrize("instrument", PAPERS)
def test_paper_states_instrument_and_order_of_articles(instrument):
    found = [name for name in articles(instrument) if name in ORDER]

    assert manifest(instrument)["instrument"] == instrument
    assert found == [name for name in ORDER if name in found]
    assert {"confidentiality", "breach", "dispute", "copies", "effect"} <= set(found)


@pytest.mark.parametrize("instrument", PAPERS)
def test_every_article_and_condition_has_an_entry_with_its_law(instrument):
    found = clauses(instrument)

    assert set(articles(instrument)) <= set(found)
    used = re.findall(r"clause\.(\w+)", outline(instrument))
    assert {name for name in found if "when" in found[name]} == set(used)
    assert all(clause["article"] for clause in found.values())


@pytest.mark.parametrize("instrument", PAPERS)
def test_paper_has_the_general_terms(instrument):
    general = "tax warranty force_majeure amendment succession governing_law annexes"

    assert set(general.split()) <= set(articles(instrument))
    assert "骑缝章" in outline(instrument)
    assert "试点期满" in outline(instrument)  # C-PILOT
    assert "订金" not in outline(instrument)


@pytest.mark.parametrize("instrument", PAPERS)
def test_patents_are_named_with_all_their_data(instrument):
    fields = "number application_number filed_on applicant owner announced_on"

    for name in [*fields.split(), "expires_on"]:
        assert f"{{{{ item.{name} }}}}" in outline(instrument)


@pytest.mark.parametrize("instrument", ["D-09", "D-10"])
def test_empowerment_has_the_mandatory_contents(instrument):
    wanted = {"revenue", "decision", "costs", "maintenance", "implementation"}

    assert wanted <= {
        name
        for name, clause in clauses(instrument).items()
        if clause["mandatory"] and "EM-07" in clause.get("rule", "")
    }


@pytest.mark.parametrize("instrument", TITLE_PAPERS)
def test_title_passes_by_the_law_of_each_kind(instrument):
    kinds = "patent patent_application software layout_design plant_variety"

    assert {*kinds.split(), "secret_title", "secret_care"} <= set(clauses(instrument))
    assert (
        "专利权期满后，涉及该专利的使用不再需要许可，技术秘密部分继续适用"
        in outline(instrument)
    )


@pytest.mark.parametrize("instrument", ["D-10", "D-13", "D-16", "D-19"])
def test_transfer_to_an_insider_is_told(instrument):
    assert "C-INSIDER" in clauses(instrument)["insider"]["rule"]
    assert "关联关系声明" in outline(instrument)
    assert "受让人知悉并承认附件所列在先免费许可在其许可期限内继续有效" in outline(
        instrument
    )


@pytest.mark.parametrize("instrument", ["D-09", "D-10", "D-13", "D-15", "D-21"])
def test_reward_clause_offers_both_options(instrument):
    found = clauses(instrument)

    assert [
        found[name]["when"] for name in ("reward_counted", "reward_additional")
    ] == [
        'empowerment.reward_counting == "counts_toward"',
        'empowerment.reward_counting == "in_addition"',
    ]


@pytest.mark.parametrize("instrument", ["D-14", "D-15", "D-17", "D-18", "D-20", "D-21"])
def test_no_return_is_guaranteed(instrument):
    assert "技术合同解释22" in clauses(instrument)["no_guarantee"]["article"]


@pytest.mark.parametrize("instrument", ["D-14", "D-17", "D-20"])
def test_capital_increase_has_resolution_priority_and_shares(instrument):
    text = outline(instrument)

    assert "三分之二以上表决权" in text
    assert "优先认缴" in text
    assert "66" in clauses(instrument)["resolution"]["article"]
    assert "227" in clauses(instrument)["priority_waived"]["article"]
    for column in ("capital_before", "before", "capital_after", "after"):
        assert f"{{{{ holder.{column} }}}}" in text
    assert '{{ shareholders|total("after") }}' in text


@pytest.mark.parametrize("instrument", ["D-14", "D-17", "D-20"])
def test_a_joint_stock_company_keeps_its_own_rules(instrument):
    found = clauses(instrument)

    assert found["joint_stock"]["when"] == 'equity.company_form == "joint_stock"'
    assert {"116", "227"} <= set(re.findall(r"\d+", found["joint_stock"]["article"]))
    for name in ("priority_waived", "priority_kept"):
        assert found[name]["when"].startswith('equity.company_form == "limited" and ')
    assert "发行新股时股东不享有优先认购权" in outline(instrument)


@pytest.mark.parametrize("instrument", ["D-09", "D-10", "D-13", "D-14", "D-16", "D-17"])
def test_other_co_owners_consent_wherever_their_right_is_touched(instrument):
    assert clauses(instrument)["co_owners"]["when"] == "empowerment.has_co_owners"
    assert "同意书作为" in outline(instrument)


@pytest.mark.parametrize("instrument", ["D-14", "D-17"])
def test_what_is_contributed_bears_no_pledge_and_is_due_in_five_years(instrument):
    assert "不得设定质押" in outline(instrument)
    assert "不超过五年" in outline(instrument)


def test_listing_and_share_transfer_are_both_covered():
    assert {"listing", "share_transfer"} <= set(articles("D-15"))
    assert {"buyback", "liquidation", "dividend"} <= set(clauses("D-15"))
    assert "# 承诺函" in outline("D-15")


def test_deposit_has_a_cap_a_kind_and_one_remedy():
    found = clauses("D-16")

    assert "不超过价款总额的20%" in outline("D-16")
    assert {"deposit_conclusion", "deposit_effect", "deposit_rescission"} <= set(found)
    assert found["deposit_rule"]["when"] == 'payment.breach_remedy == "deposit"'
    assert found["damages_rule"]["when"] == 'payment.breach_remedy == "damages"'


def test_share_transfer_and_contribution_depend_on_each_other():
    for instrument in ("D-16", "D-17"):
        assert clauses(instrument)["mutual_condition"]["when"] == (
            "equity.is_mutually_conditional"
        )


def test_milestone_has_event_proof_sum_period_and_last_day():
    for name in ("event", "evidence", "amount", "rate", "due_days", "latest_on"):
        assert f"{{{{ row.{name} }}}}" in outline("D-16")


def test_project_company_takes_title_in_two_forms():
    found = clauses("D-19")

    assert found["assignment"]["when"] == 'grant.ownership == "transfer"'
    assert found["allotment"]["when"] == 'grant.ownership == "ex_ante"'
    assert found["ledger_procedure"]["when"] == "empowerment.is_in_ledger"
    assert "# 科技成果权属约定确认书" in outline("D-19")


def test_grant_states_trigger_cap_and_last_day_of_conversion():
    for name in ("trigger", "conversion_price", "conversion_cap"):
        assert re.search(rf"grant\.{name}\b", outline("D-18"))
    assert "{{ grant.conversion_latest_on }}" in outline("D-18")
    assert {"failure_exempt", "failure_return", "failure_redirect"} <= set(
        clauses("D-18")
    )


@pytest.mark.parametrize("instrument", PAPERS)
def test_rules_of_technology_development_stay_in_the_grant_project(instrument):
    cited = {
        number
        for clause in manifest(instrument)["clauses"]
        for part in re.findall(r"民法典([\d、—]+)", str(clause["article"]))
        for number in part.split("、")
    }

    assert bool(cited & {"857", "858"}) == (instrument == "D-18")
