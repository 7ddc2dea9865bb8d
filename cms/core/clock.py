"""The only place that reads the clock (T-01): server time, Asia/Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present instant, aware, in Asia/Shanghai."""
    return datetime.now(SHANGHAI)
