"""How long a published entry stays on the list (ENTRY_VALID; never rolls, T-06)."""

from datetime import datetime

from cms.rules.deadlines import compute
from cms.rules.working_days import Calendar


def valid_until(opened_at: datetime) -> datetime:
    """Return the instant at which an entry published now ends (24:00 of a day)."""
    return compute("ENTRY_VALID", opened_at, Calendar()).close_at
