"""Timers of payments: the agreed day, and the end of the day to pay by."""

from cms.core import due
from cms.payments.models import Payment
from cms.rules.shanghai_time import end_of

TRIGGER = "payment.trigger"
OVERDUE = "payment.overdue"


def schedule_due(payment: Payment) -> None:
    """Set the timer at the end of the day to pay by: due day, else latest day."""
    day = payment.due_on or payment.latest_on
    if day is not None:
        cycle = due.next_cycle(OVERDUE, payment)
        due.schedule(OVERDUE, payment, end_of(day), cycle=cycle)
