"""How long a published entry stays on the list (ENTRY_VALID)."""

import calendar
from datetime import datetime, timedelta

from cms.core.clock import SHANGHAI

_MONTHS = 12


def valid_until(opened_at: datetime) -> datetime:
    """Return the instant at which an entry published now ends (24:00 of a day)."""
    day = opened_at.astimezone(SHANGHAI).date()
    months = day.month - 1 + _MONTHS
    year, month = day.year + months // 12, months % 12 + 1
    last = min(day.day, calendar.monthrange(year, month)[1])
    return datetime(year, month, last, tzinfo=SHANGHAI) + timedelta(days=1)
