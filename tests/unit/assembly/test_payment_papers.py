"""What the papers of a payment say (D-33, D-33b, D-33c)."""

from tests.factories.cases import paper_text

CONFIRMATION, NOTICE, DEMAND = (
    f"payments/payment_{name}" for name in ("confirmation", "notice", "demand")
)
SUMS = {
    "collection.amount": "120000.00",
    "collection.paid": "20000.00",
    "collection.owed": "100000.00",
    "collection.due_on": "2026-12-21",
    "collection.grace_days": 30,
}


def test_confirmation_of_a_fixed_sum_says_nothing_of_a_formula():
    text = paper_text(CONFIRMATION, SUMS)

    assert "人民币120,000.00元（大写：壹拾贰万元整）" in text
    assert "一、甲方确认已经收到上列触发证据。" in text
    assert (
        "二、本确认书只确认本笔款项的付款条件已经成就，不改变合同的其他约定。" in text
    )
    assert "计算办法" not in text
    assert "| ! 应付日 | 2026年12月21日 | ! 最迟付款日 | 无" in text


def test_confirmation_of_a_formula_keeps_the_inspection_open():
    text = paper_text(CONFIRMATION, {**SUMS, "collection.formula": "净销售额的3%"})

    assert "合同约定的计算办法（净销售额的3%）" in text
    assert "日后经账目查阅或者审计发现差额的，按照合同约定补足或者抵扣。" in text
    assert "三、本确认书只确认" in text


def test_notice_names_what_is_still_owed_and_where_it_goes():
    text = paper_text(NOTICE, SUMS)

    assert (
        "请贵单位于2026年12月21日前，将尚未支付的人民币100,000.00元"
        "（大写：壹拾万元整）支付至上列收款账户" in text
    )
    assert "户名：（户名）⏎开户行：（开户行）⏎账号：（账号）" in text


def test_demand_sets_a_term_and_gives_nothing_up():
    text = paper_text(DEMAND, SUMS)

    assert "应当于2026年12月21日前付清" in text
    assert "尚欠人民币100,000.00元（大写：壹拾万元整）" in text
    assert "请贵单位自收到本函之日起30日内" in text
    assert "不构成对欠款、违约金和其他权利的放弃或者对付款期限的变更" in text
