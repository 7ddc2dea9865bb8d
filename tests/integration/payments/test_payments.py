"""Payments from the signed plan to the last yuan (PS-07)."""

from datetime import date
from decimal import Decimal

import pytest

from cms.core import due
from cms.core.subjects import subject_of
from cms.payments import actions
from cms.payments.models import Payment
from cms.payments.queries import are_settled, list_payments
from cms.payments.signals import contract_settled
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
BY_DATE = actions.PlannedPayment(
    kind="deferred",
    kind_label="延期支付",
    trigger=PaymentTrigger.DATE,
    condition="合同生效满一年",
    amount=Decimal("300000.00"),
    due_on=date(2027, 11, 20),
)
BY_EVENT = actions.PlannedPayment(
    kind="stage",
    kind_label="阶段性支付",
    trigger=PaymentTrigger.EVENT,
    condition="中试完成",
    evidence="中试报告",
    amount=Decimal("200000.00"),
    due_days=30,
    latest_on=date(2027, 12, 31),
)
ROYALTY = actions.PlannedPayment(
    kind="royalty",
    kind_label="收入提成",
    trigger=PaymentTrigger.INCOME,
    condition="形成销售收入",
    formula="净销售额的3%",
    due_days=30,
)


def plan(cast: Cast, *rows: actions.PlannedPayment) -> list[Payment]:
    return actions.plan_payments(
        cast.unit,
        cast.unit,
        cast.enterprise,
        rows or (BY_DATE, BY_EVENT),
        by=cast.actor("tto"),
        at=WHEN,
    )


def refused(act, *arguments, **named):
    with pytest.raises(RuleViolation) as refusal:
        act(*arguments, **named)
    return refusal.value


def test_plan_is_made_once(actors: Cast):
    first = plan(actors)

    again = plan(actors)

    assert [row.pk for row in again] == [row.pk for row in first]
    assert [str(row) for row in first] == ["第1笔 延期支付", "第2笔 阶段性支付"]


def test_agreed_day_makes_a_row_payable_and_its_end_overdue(actors: Cast):
    row, _ = plan(actors)

    due.sweep(until=at("2027-11-20 00:00"))
    row.refresh_from_db()
    assert (row.status, row.trigger_note) == ("payable", "约定的付款日已到")
    due.sweep(until=at("2027-11-21 00:00"))

    row.refresh_from_db()
    assert row.status == "overdue"


def test_event_needs_a_fact_and_confirmation_starts_the_days(actors: Cast):
    _, row = plan(actors)
    payer, office = actors.actor("ent"), actors.actor("tto")

    told = refused(
        actions.trigger_payment, row, " ", None, version=1, by=payer, at=WHEN
    )
    assert told.code == "E-PM-01"
    row = actions.trigger_payment(
        row, "中试报告已出", None, version=1, by=payer, at=WHEN
    )
    told = refused(actions.confirm_trigger, row, version=row.version, by=payer, at=WHEN)
    assert told.code == "E-ST-02"
    row = actions.confirm_trigger(row, version=row.version, by=office, at=WHEN)

    assert (row.status, row.due_on) == ("payable", date(2026, 12, 20))
    due.sweep(until=at("2026-12-21 00:00"))
    row.refresh_from_db()
    assert row.status == "overdue"


def payable(cast: Cast, row: Payment) -> Payment:
    row = actions.trigger_payment(
        row, "已发生", None, version=row.version, by=cast.actor("tto"), at=WHEN
    )
    return actions.confirm_trigger(
        row, version=row.version, by=cast.actor("tto"), at=WHEN
    )


def pay(cast: Cast, row: Payment, amount: str) -> Payment:
    return actions.record_payment(
        row,
        Decimal(amount),
        date(2026, 12, 1),
        None,
        version=row.version,
        by=cast.actor("tto"),
        at=WHEN,
    )


def test_part_and_whole_payment_settle_the_contract_once(actors: Cast):
    settled = []

    def listen(contract, **extra):
        settled.append(contract)

    contract_settled.connect(listen)
    (row,) = plan(actors, BY_EVENT)
    row = pay(actors, payable(actors, row), "50000.00")
    assert (row.status, row.paid) == ("part_paid", Decimal("50000.00"))

    assert refused(pay, actors, row, "150000.01").message == (
        "付款金额应大于0且不超过未付金额（150000.00元）。"
    )
    row = pay(actors, row, "150000.00")

    contract_settled.disconnect(listen)
    assert row.status == "paid"
    assert settled == [subject_of(actors.unit)]
    assert are_settled(subject_of(actors.unit))


@pytest.mark.parametrize("amount", ["0", "-1.00"])
def test_nothing_is_no_payment(actors: Cast, amount):
    (row,) = plan(actors, BY_EVENT)

    assert refused(pay, actors, payable(actors, row), amount).code == "E-PM-02"


def test_royalty_is_paid_with_what_is_received(actors: Cast):
    (row,) = plan(actors, ROYALTY)

    assert pay(actors, payable(actors, row), "12345.67").status == "paid"


def test_waiver_needs_a_reason_and_the_approver(actors: Cast):
    row, other = plan(actors)
    approver = actors.actor("apv")

    told = refused(actions.waive_payment, row, "", version=1, by=approver, at=WHEN)
    assert told.code == "E-FP-07"
    told = refused(
        actions.waive_payment, row, "减免", version=1, by=actors.actor("tto"), at=WHEN
    )
    assert told.code == "E-ST-02"
    for each in (row, other):
        actions.waive_payment(each, "协商减免", version=1, by=approver, at=WHEN)

    assert are_settled(subject_of(actors.unit))
    assert due.sweep(until=at("2028-01-01 00:00")) == 0


def test_both_sides_and_nobody_else_see_the_rows(actors: Cast):
    plan(actors)

    counts = {
        name: list_payments(actors.actor(name)).count()
        for name in ("tto", "apv", "fin", "ent", "tto2", "ent3", "stb", "pla", "res")
    }

    assert counts == {
        "tto": 2, "apv": 2, "fin": 2, "ent": 2,
        "tto2": 0, "ent3": 0, "stb": 0, "pla": 0, "res": 0,
    }  # fmt: skip
