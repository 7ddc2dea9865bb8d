"""Timers of tasks: reminders and the end of a period."""

from datetime import datetime
from typing import cast

from django.db import models

from cms.core import due
from cms.recordal.actions import mark_overdue, remind_of_task
from cms.recordal.models import RecordalTask
from cms.recordal.timing import OVERDUE, REMIND


@due.register(REMIND)
def on_reminder_day(subject: models.Model, at: datetime) -> None:
    """Remind of the task."""
    remind_of_task(cast(RecordalTask, subject), at=at)


@due.register(OVERDUE)
def on_missed_period(subject: models.Model, at: datetime) -> None:
    """Mark the task overdue."""
    mark_overdue(cast(RecordalTask, subject), at=at)
