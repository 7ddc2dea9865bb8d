"""A row falls due: triggered with evidence, confirmed, overdue (PS-07, D-33)."""

from datetime import datetime, timedelta

from cms.core import due
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import take_write_lock, writing
from cms.core.models import PrivateFile
from cms.core.transitions import apply
from cms.payments.models import Payment
from cms.payments.queries import roles_over
from cms.payments.timing import OVERDUE, schedule_due
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import (
    PAYMENT,
    PaymentEvent,
    PaymentState,
)
from cms.rules.violations import RuleViolation

PAYABLE = (PaymentState.PAYABLE, PaymentState.PART_PAID)


def trigger_payment(
    payment: Payment,
    note: str,
    file: PrivateFile | None,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Payment:
    """Say that the agreed event has happened, with its evidence.

    Raises:
        RuleViolation: E-PM-01 (no fact told), E-ST-01, E-ST-02, E-ST-04.
    """
    if not note.strip():
        raise RuleViolation("E-PM-01", field="note")
    with writing():
        fresh = lock_payment(payment, version)
        fresh.triggered_at, fresh.trigger_note = at, note.strip()
        fresh.trigger_file = file
        fresh.save()
        step(fresh, PaymentEvent.TRIGGER, by=by, at=at)
        return fresh


def confirm_trigger(
    payment: Payment, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Confirm a trigger: the row is payable, its days begin to run.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_payment(payment, version)
        _make_payable(fresh, by=by, at=at)
        return fresh


def trigger_by_date(payment: Payment, *, at: datetime) -> None:
    """Make a row with an agreed day payable on that day; no effect twice."""
    with writing():
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.status != PaymentState.UNTRIGGERED:
            return
        fresh.triggered_at = at
        fresh.trigger_note = "约定的付款日已到"
        fresh.save()
        step(fresh, PaymentEvent.TRIGGER, by=SYSTEM, at=at)
        _make_payable(fresh, by=SYSTEM, at=at)


def fall_overdue(payment: Payment, *, at: datetime) -> None:
    """Mark a payable row that nobody paid in time; others are left alone."""
    with writing():
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.status in PAYABLE:
            step(fresh, PaymentEvent.FALL_OVERDUE, by=SYSTEM, at=at)


def lock_payment(payment: Payment, version: int) -> Payment:
    """Return the row locked; refuse a stale copy (E-ST-04)."""
    take_write_lock()
    fresh = Payment.objects.select_for_update().get(pk=payment.pk)
    if fresh.version != version:
        raise RuleViolation("E-ST-04")
    return fresh


def step(payment: Payment, event: PaymentEvent, *, by: Actor, at: datetime) -> None:
    """Take one step of the table with the roles held over the payment."""
    apply(PAYMENT, payment, event, by=by, roles=roles_over(payment, by), at=at)


def _make_payable(payment: Payment, *, by: Actor, at: datetime) -> None:
    if payment.due_on is None and payment.due_days is not None:
        payment.due_on = to_shanghai(at).date() + timedelta(days=payment.due_days)
        payment.save(update_fields=["due_on"])
        due.cancel(OVERDUE, payment, at=at)
        schedule_due(payment)
    step(payment, PaymentEvent.CONFIRM, by=by, at=at)
