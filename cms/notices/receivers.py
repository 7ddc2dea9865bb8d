"""Notices follow the working-day calendar beyond their periods."""

from typing import Any

from django.dispatch import receiver

from cms.core.calendar_actions import year_saved
from cms.notices.actions.drafts import set_review_limits


@receiver(year_saved)
def follow_calendar(sender: object, **extra: Any) -> None:
    """Give a limit to what was handed in while the calendar lacked the year."""
    set_review_limits()
