"""Timers of payments."""

from datetime import datetime
from typing import cast

from django.db import models

from cms.core import due
from cms.payments.actions import fall_overdue, remind_of_payment, trigger_by_date
from cms.payments.models import Payment
from cms.payments.timing import OVERDUE, REMIND, TRIGGER


@due.register(TRIGGER)
def on_agreed_day(subject: models.Model, at: datetime) -> None:
    """Make the row payable on its day."""
    trigger_by_date(cast(Payment, subject), at=at)


@due.register(REMIND)
def on_reminder_day(subject: models.Model, at: datetime) -> None:
    """Remind both sides of the row."""
    remind_of_payment(cast(Payment, subject), at=at)


@due.register(OVERDUE)
def on_missed_day(subject: models.Model, at: datetime) -> None:
    """Mark the row overdue."""
    fall_overdue(cast(Payment, subject), at=at)
