"""What the sweep does with payments: the agreed day, a reminder, a missed day."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.core.working_calendar import get_calendar
from cms.payments.actions.stepping import step
from cms.payments.actions.triggers import make_payable
from cms.payments.models import Payment
from cms.payments.timing import arrange
from cms.rules.payment_dues import due_day
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import (
    OPEN_STATES,
    PaymentEvent,
    PaymentState,
)

_WAITING = (PaymentState.PAYABLE, PaymentState.PART_PAID)


def trigger_by_date(payment: Payment, *, at: datetime) -> None:
    """Make a row with an agreed day payable on that day; no effect twice."""
    with writing():
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.status != PaymentState.UNTRIGGERED:
            return
        fresh.triggered_at = at
        fresh.happened_on = to_shanghai(at).date()
        fresh.trigger_note = "约定的付款日已到"
        fresh.save()
        step(fresh, PaymentEvent.TRIGGER, by=SYSTEM, at=at)
        make_payable(fresh, by=SYSTEM, at=at)


def remind_of_payment(payment: Payment, *, at: datetime) -> None:
    """Put a reminder on a row that is still open; no effect on others."""
    with writing():
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.status not in OPEN_STATES:
            return
        fresh.reminded_on = to_shanghai(at).date()
        fresh.save(update_fields=["reminded_on"])
        day = fresh.due_on or fresh.latest_on
        content: dict[str, object] = {"position": fresh.position, "due_on": day}
        evidence.record("payment.reminded", fresh, content, by=SYSTEM, at=at)


def fall_overdue(payment: Payment, *, at: datetime) -> None:
    """Mark a payable row that nobody paid in time; others are left alone.

    A day that was provisional is looked up again first: an arrangement of holidays
    that has come out since may have moved it on (T-07).
    """
    with writing():
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.status in _WAITING and not _has_moved_on(fresh, at=at):
            step(fresh, PaymentEvent.FALL_OVERDUE, by=SYSTEM, at=at)


def _has_moved_on(payment: Payment, *, at: datetime) -> bool:
    """Store a later day to pay by, where the calendar now gives one."""
    if not payment.is_provisional or not payment.happened_on or not payment.due_days:
        return False
    found = due_day(
        payment.happened_on, payment.due_days, payment.latest_on, get_calendar()
    )
    payment.is_provisional = found.missing_year is not None
    before, payment.due_on = payment.due_on, found.day
    payment.save(update_fields=["due_on", "is_provisional"])
    if before is None or found.day <= before:
        return False
    arrange(payment, at=at)
    return True
