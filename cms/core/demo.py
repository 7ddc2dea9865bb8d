"""Demo data of the foundation: the calendar and its warning."""

from datetime import datetime

from cms.core.calendar_actions import load_shipped_years, schedule_warning


def load_demo(at: datetime) -> None:
    """Store the shipped years and set the warning's due row; idempotent."""
    load_shipped_years(at=at)
    schedule_warning(at=at)
