"""The payments that each priced paper states (PS-07)."""

from datetime import date
from pathlib import Path

from cms.case_documents.priced_papers import rows_of_paper
from cms.rules.payment_plans import PaymentTrigger

TEMPLATES = Path(__file__).parents[2] / "templates_docx"


def test_rows_of_each_priced_paper():
    milestones = {
        "payment": {
            "total": "1000.00",
            "deposit": "200.00",
            "deposit_due_on": "2026-12-01",
        },
        "milestones": [
            {"event": "样机合格", "evidence": "报告", "rate": "33.33", "due_days": 30}
        ],
    }
    first, second = rows_of_paper("D-16", milestones)
    assert (str(first.amount), first.kind_label, first.due_on) == (
        "200.00",
        "定金",
        date(2026, 12, 1),
    )
    assert (str(second.amount), second.trigger, second.due_days) == (
        "333.30",
        PaymentTrigger.EVENT,
        30,
    )

    fee = {"license": {"fee": "300,000.00", "fee_due_on": "2026-12-05"}}
    (row,) = rows_of_paper("D-22", fee)
    assert (str(row.amount), row.trigger) == ("300000.00", PaymentTrigger.DATE)
    assert rows_of_paper("D-22", {"license": {"fee": "0.00"}}) == []

    charge = {"license": {"charge_method": "percent", "charge_rate": "3"}}
    (row,) = rows_of_paper("D-23", charge)
    assert (row.amount, row.formula, row.trigger) == (
        None,
        "收益基数的3%",
        PaymentTrigger.INCOME,
    )
    once = {
        "license": {
            "charge_method": "fixed",
            "charge_frequency": "once",
            "charge_amount": "100000.00",
        }
    }
    (row,) = rows_of_paper("D-23", once)
    assert (str(row.amount), row.formula) == ("100000.00", "")


STAGED = {
    "payment": {
        "form": "staged_royalty",
        "royalty_base": "net_sales",
        "royalty_rate": "3.50",
        "statement_period": "quarter",
        "royalty_starts_on": "2027-01-01",
        "royalty_ends_on": "2031-12-31",
        "inspection": "每年一次",
    },
    "payments": [
        {
            "trigger_kind": "pilot_run",
            "trigger": "中试完成",
            "evidence": "中试报告",
            "amount": "200000.00",
            "due_days": 30,
            "latest_on": "2027-12-31",
        }
    ],
}


def test_royalty_beside_the_table_is_a_row_of_its_own():
    stage, royalty = rows_of_paper("D-31", STAGED)

    assert (stage.kind, str(stage.amount), stage.formula) == ("stage", "200000.00", "")
    assert (royalty.kind_label, royalty.trigger, royalty.amount) == (
        "收入提成",
        PaymentTrigger.INCOME,
        None,
    )
    assert royalty.formula == "净销售额的3.5%"
    assert royalty.condition == "按季报告和结算，提成期限2027-01-01至2031-12-31"
    assert (royalty.due_days, royalty.latest_on) == (50, None)


def test_days_of_the_royalty_are_those_that_the_contract_prints():
    for name in ("technology_license", "use_right_transfer"):
        text = (TEMPLATES / f"use_then_pay/{name}.outline.txt").read_text()

        assert "并自每期届满之日起五十日内付款" in text


def test_deferred_payment_has_no_royalty():
    answers = {**STAGED, "payment": {**STAGED["payment"], "form": "deferred"}}

    assert [row.kind for row in rows_of_paper("D-31", answers)] == ["deferred"]


def test_royalty_in_the_table_is_not_doubled():
    row = {"kind": "royalty", "trigger_kind": "income", "rate": "3", "base": "净销售额"}
    answers = {**STAGED, "payments": [row]}

    assert [one.formula for one in rows_of_paper("D-13", answers)] == ["净销售额的3%"]
