"""Timers of notices: closing at the due instant."""

from datetime import datetime
from typing import cast

from django.db import models

from cms.core import due
from cms.notices.actions.closing import close_if_due
from cms.notices.actions.timing import CLOSE
from cms.notices.models import Notice


@due.register(CLOSE)
def close_at_due_instant(subject: models.Model, at: datetime) -> None:
    """Close the notice; the due instant is the legal time."""
    close_if_due(cast(Notice, subject), at=at)
