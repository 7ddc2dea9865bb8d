"""What the use-right and use-then-pay papers must say, whatever the answers are."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.factories.cases import paper_text

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


def test_one_contract_is_registered_where_a_license_follows_the_grant():
    grant = {"empowerment.kind": "use_right"}
    texts = {
        mode: paper_text(PAPERS["D-11"], grant | {"empowerment.mode": mode})
        for mode in ("M4", "M5", "M6")
    }

    assert "只以《一次性许可合同》办理技术合同认定登记" in texts["M4"]
    assert "只以《免费许可及约定收益合同》办理技术合同认定登记" in texts["M5"]
    assert "本协议生效后，由甲方在其有效期内办理技术合同认定登记" in texts["M6"]


@pytest.mark.parametrize("instrument", ["D-11", "D-22", "D-23", "D-24"])
def test_shared_upkeep_tells_who_bears_how_much(instrument):
    shares = {
        "empowerment.mode": "M6" if instrument == "D-24" else "M4",
        "empowerment.income_share_unit": "15",
        "empowerment.income_share_team": "85",
    }
    shared = shares | {"empowerment.maintenance": "shared"}
    unit, team = ("赋权单位", "甲方") if instrument == "D-24" else ("甲方", "乙方")
    words = f"以维持费用总额为基数，{unit}承担15%，{team}承担85%"

    assert words in paper_text(PAPERS[instrument], shared)
    assert words not in paper_text(PAPERS[instrument], shares)


YEARLY = {
    "license.charge_frequency": "yearly",
    "license.charge_floor": "20000.00",
    "license.charge_cap": "300000.00",
}


@pytest.mark.parametrize("method", ["percent", "tiers"])
def test_yearly_charge_is_counted_by_the_year_with_floor_and_cap(method):
    text = paper_text(PAPERS["D-23"], YEARLY | {"license.charge_method": method})

    assert "按照会计年度计费；首尾不足一年的，按照该期间实际形成的基数计算" in text
    assert "每一会计年度按前述规则计算的数额低于人民币20,000.00元" in text
    assert "每一会计年度按前述规则计算的数额超过人民币300,000.00元" in text
    assert "基数为负数的，按零计算" in text
    assert "为整个免费许可期" not in text


def test_fixed_charge_has_neither_floor_nor_cap():
    text = paper_text(PAPERS["D-23"], YEARLY | {"license.charge_method": "fixed"})

    assert "使用费数额：每一会计年度人民币320,000.00元" in text
    assert "首尾不足一年的，使用费按照实际天数占全年天数的比例计算" in text
    assert "按该金额收取" not in text


def test_charge_paid_at_once_frees_the_rest_of_the_term():
    text = paper_text(PAPERS["D-23"], {"license.charge_frequency": "once"})

    assert "在剩余的许可期限内可以继续实施标的成果，甲方不再收取许可使用费" in text
    assert "会计年度计费" not in text


def test_free_license_has_one_day_for_its_yearly_report():
    text = paper_text(PAPERS["D-23"], {"empowerment.reporting": "每年1月31日前报告。"})

    assert "报告的时间和要求为：每年1月31日前报告" in text
    assert "前款未明确报告时间的，乙方应当于每年1月20日前提交" in text


def test_witness_of_a_contribution_is_bound_by_what_it_is_to_do():
    text = paper_text(PAPERS["D-24"], {"empowerment.mode": "M6"})

    assert "赋权单位以见证方的身份签署本协议" in text
    assert "赋权单位盖章见证，且" in text
    assert re.search(r"\| 见证方 \| （联系人）", text)


OWN = {"revenue.base": "dividend"}
OWN_RECEIPTS = OWN | {"revenue.confirmation": "receipts"}
COMPANY = {"revenue.base": "net_profit"}


@pytest.mark.parametrize(
    ("answers", "is_annexed"),
    [
        (OWN_RECEIPTS, False),
        (OWN | {"revenue.confirmation": "undertaking"}, True),
        (COMPANY | {"revenue.confirmation": "receipts"}, True),
        (COMPANY | {"revenue.confirmation": "undertaking"}, True),
        (COMPANY | {"revenue.confirmation": "signature"}, False),
    ],
)
def test_company_confirms_a_base_that_is_its_own_figure(answers, is_annexed):
    text = paper_text(PAPERS["D-25"], answers)

    assert ("附件三　承诺函" in text) == is_annexed
    of_team = "以乙方（含持股主体）从丙方实际收到的分红" in text
    assert of_team == (answers["revenue.base"] == "dividend")
    assert ("不以丙方确认为条件" in text) == (answers == OWN_RECEIPTS)


STAGES = [
    {
        "kind": "stage",
        "amount": "100000.00",
        "trigger_kind": "date",
        "due_on": "2028-03-31",
    },
    {"kind": "stage", "amount": "50000.50", "trigger_kind": "income"},
    {"kind": "stage", "rate": "2", "base": "净销售额", "trigger_kind": "income"},
    {"kind": "other", "amount": "9.00"},
]


@pytest.mark.parametrize("instrument", ["D-31", "D-32"])
def test_stages_add_up_and_tell_the_first_day_of_payment(instrument):
    rows = {"payment.form": "staged_royalty", "payments": STAGES}
    text = paper_text(PAPERS[instrument], rows)
    formula = paper_text(PAPERS[instrument], rows | {"payments": STAGES[2:]})

    assert "合计人民币150,000.50元（大写：壹拾伍万元伍角）" in text
    assert "| 净销售额×2% |" in text
    assert "表列首笔约定日期的款项，付款日为2028年3月31日，该日晚于" in text
    assert "触发后3日内" in text
    assert "自首笔款项的触发条件成就之日起" in formula
    assert "人民币无元" not in formula


@pytest.mark.parametrize("instrument", ["D-31", "D-32"])
def test_licensee_that_already_sold_does_not_leave_for_nothing(instrument):
    assert "不适用前句免予付款的约定" in outline(instrument)


@pytest.mark.parametrize("instrument", ["D-31", "D-32"])
@pytest.mark.parametrize("form", ["staged_royalty", "deferred", "other_deferred"])
def test_statement_of_royalties_is_annexed_where_there_are_some(instrument, form):
    text = paper_text(PAPERS[instrument], {"payment.form": form})

    assert ("附件二：提成报告格式（附后）" in text) == (form == "staged_royalty")
    assert "首付时间" in text


ANNEX = re.compile(r"^附件([一二三四五六七八])：", re.M)
ANNEX_PAGE = re.compile(r"^## 附件([一二三四五六七八])　", re.M)


@pytest.mark.parametrize("instrument", [name for name in PAPERS if name != "D-26"])
@pytest.mark.parametrize("form", ["staged_royalty", "deferred"])
def test_annexes_are_numbered_without_a_gap(instrument, form):
    text = paper_text(PAPERS[instrument], {"payment.form": form} | OWN_RECEIPTS)
    listed, printed = ANNEX.findall(text), ANNEX_PAGE.findall(text)

    assert "".join(listed) == "一二三四五六七八"[: len(listed)]
    assert "".join(printed) == "一二三四五六七八"[: len(printed)]
    assert text.count("（附后）") == len(printed) > 0


@pytest.mark.parametrize("instrument", [name for name in PAPERS if name != "D-26"])
def test_contract_tells_how_days_are_counted(instrument):
    text = outline(instrument)

    assert "以“……前”表示的期限包括该日，至当日24时止" in text
    assert "约定了起止日的权利期限以所载日期为准，不顺延" in text


@pytest.mark.parametrize(
    ("cycle", "company", "team"),
    [("year", "一百日", "一百二十日"), ("quarter", "二十日", "三十日")],
)
def test_yearly_accounts_leave_time_for_the_audit(cycle, company, team):
    signed = COMPANY | {"revenue.confirmation": "signature", "revenue.cycle": cycle}
    text = paper_text(PAPERS["D-25"], signed)

    assert f"每一结算期届满之日起{team}内，乙方应当向甲方提交结算表" in text
    assert f"每一结算期届满之日起{company}内向甲方、乙方提供盖章的财务数据" in text


COUNTED = {"empowerment.reward_counting": "counts_toward"}
APART = {"empowerment.reward_counting": "in_addition"}
OWN_BUSINESS = "自行实施或者分许可标的成果取得、留存的经营收益不是奖励和报酬"


@pytest.mark.parametrize(
    ("instrument", "mode"),
    [("D-11", "M4"), ("D-11", "M5"), ("D-22", "M4"), ("D-23", "M5")],
)
def test_own_business_of_a_licensed_team_is_no_reward(instrument, mode):
    grant = {"empowerment.kind": "use_right", "empowerment.mode": mode}
    together = paper_text(PAPERS[instrument], grant | COUNTED)
    apart = paper_text(PAPERS[instrument], grant | APART)

    assert "净收入以甲方就该成果取得的全部转化收入扣除" in together
    assert f"{OWN_BUSINESS}，不计入已得款项，也不计入净收入" in together
    assert "净收入，是指甲方自己取得的转化收入扣除" in apart
    assert "全部转化收入扣除" not in apart
    assert OWN_BUSINESS in apart


@pytest.mark.parametrize("instrument", ["D-11", "D-25"])
def test_agreed_share_of_equity_income_counts_toward_the_floor(instrument):
    grant = {"empowerment.kind": "use_right", "empowerment.mode": "M6"}
    together = paper_text(PAPERS[instrument], grant | COUNTED)
    apart = paper_text(PAPERS[instrument], grant | APART)

    assert "净收入以甲方和乙方就该成果取得的全部转化收入扣除" in together
    assert OWN_BUSINESS not in together
    assert "净收入，是指甲方自己取得的转化收入扣除" in apart
    assert "全部转化收入扣除" not in apart


def test_joint_stock_company_takes_a_use_right_by_its_own_rules():
    sixth = {"empowerment.mode": "M6", "equity.waives_priority": True}
    limited, joint_stock = (
        paper_text(PAPERS["D-24"], sixth | {"equity.company_form": form})
        for form in ("limited", "joint_stock")
    )

    assert clauses("D-24")["joint_stock"]["when"] == (
        'equity.company_form == "joint_stock"'
    )
    for words in (
        "代表三分之二以上表决权的股东通过",
        "丙方已书面放弃依公司法享有的优先认缴权",
        "该日自本次增资登记之日起不超过五年",
        "签发出资证明书",
        "其他股东在同等条件下有优先购买权",
    ):
        assert words in limited
        assert words not in joint_stock
    for words in (
        "出席会议的股东所持表决权的三分之二以上通过",
        "发行新股时股东不享有优先认购权",
        "该日不迟于乙方办理本次注册资本变更登记之日",
        "将持股主体所持股份记载于股东名册",
        "公司章程对股份转让有限制的",
    ):
        assert words in joint_stock
        assert words not in limited


@pytest.mark.parametrize("frequency", ["once", "yearly"])
def test_partly_transformed_is_charged_for_its_part(frequency):
    often = {"license.charge_frequency": frequency}
    fixed = paper_text(PAPERS["D-23"], often | {"license.charge_method": "fixed"})
    rated = paper_text(PAPERS["D-23"], often | {"license.charge_method": "percent"})

    ratio = "达到目标值的评估指标项数占第"
    part = "适用于已转化部分在计费期间内实际形成的基数"
    assert ratio in fixed
    assert part not in fixed
    assert part in rated
    assert ratio not in rated
    assert ("自次一会计年度起按照新的比例收取" in fixed) == (frequency == "yearly")


INCOME_ROW = {"kind": "deferred", "amount": "9.00", "trigger_kind": "income"}
RATED_ROW = {"kind": "deferred", "rate": "2", "base": "净销售额"}
FIXED_ROW = INCOME_ROW | {"trigger_kind": "date", "due_on": "2028-03-31"}


@pytest.mark.parametrize("instrument", ["D-31", "D-32"])
@pytest.mark.parametrize(
    ("form", "row", "is_audited"),
    [
        ("staged_royalty", FIXED_ROW, True),
        ("deferred", INCOME_ROW, True),
        ("other_deferred", RATED_ROW, True),
        ("deferred", FIXED_ROW, False),
        ("other_deferred", FIXED_ROW, False),
    ],
)
def test_books_are_opened_only_where_income_decides(instrument, form, row, is_audited):
    text = paper_text(PAPERS[instrument], {"payment.form": form, "payments": [row]})

    assert ("账目查阅" in text) == is_audited
    assert ("解除不影响结算、查账、保密" in text) == is_audited
