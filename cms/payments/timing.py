"""Timers of payments: the agreed day, reminders, the end of the day to pay by."""

from datetime import datetime

from cms.core import due
from cms.payments.models import Payment
from cms.rules.payment_dues import payment_reminders
from cms.rules.shanghai_time import end_of, start_of, to_shanghai

TRIGGER = "payment.trigger"
REMIND = "payment.remind"
OVERDUE = "payment.overdue"


def arrange(payment: Payment, *, at: datetime) -> None:
    """Set reminders and the end of the day to pay by: due day, else latest day.

    Reminders whose day has passed are left out; timers of another day are given up.
    """
    day = payment.due_on or payment.latest_on
    stop(payment, at=at)
    if day is None:
        return
    due.schedule(OVERDUE, payment, end_of(day), cycle=due.next_cycle(OVERDUE, payment))
    today = to_shanghai(at).date()
    first = due.next_cycle(REMIND, payment)
    ahead = [when for when in payment_reminders(day) if when > today]
    for place, when in enumerate(ahead):
        due.schedule(REMIND, payment, start_of(when), cycle=first + place)


def stop(payment: Payment, *, at: datetime) -> None:
    """Give up reminders and the end of the day to pay by."""
    for kind in (REMIND, OVERDUE):
        due.cancel(kind, payment, at=at)


def stop_all(payment: Payment, *, at: datetime) -> None:
    """Give up every timer: nothing is to be paid any more."""
    due.cancel(TRIGGER, payment, at=at)
    stop(payment, at=at)
