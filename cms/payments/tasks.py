"""Timers of payments."""

from datetime import datetime
from typing import cast

from django.db import models

from cms.core import due
from cms.payments.actions import fall_overdue, trigger_by_date
from cms.payments.models import Payment
from cms.payments.timing import OVERDUE, TRIGGER


@due.register(TRIGGER)
def on_agreed_day(subject: models.Model, at: datetime) -> None:
    """Make the row payable on its day."""
    trigger_by_date(cast(Payment, subject), at=at)


@due.register(OVERDUE)
def on_missed_day(subject: models.Model, at: datetime) -> None:
    """Mark the row overdue."""
    fall_overdue(cast(Payment, subject), at=at)
