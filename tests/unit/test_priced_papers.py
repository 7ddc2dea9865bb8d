"""The payments that each priced paper states (PS-07)."""

from datetime import date

from cms.case_documents.priced_papers import rows_of_paper
from cms.rules.payment_plans import PaymentTrigger


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
