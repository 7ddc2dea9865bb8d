"""Instants (T-01): Asia/Shanghai without daylight saving, read and written as text."""

import re
from datetime import date, datetime, time, timedelta, timezone

from cms.rules.violations import RuleViolation

# A fixed offset, not the zone's history: the plan's clock never had summer time.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)

_YEARS = range(1900, 9001)  # leaves room for the longest period within date.max
# A `+` in a URL arrives as a space, so a space stands for it before the offset.
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(Z|[+ -][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def to_shanghai(at: datetime) -> datetime:
    """Return the instant in Asia/Shanghai; without an offset it is read as such."""
    return at.replace(tzinfo=SHANGHAI) if at.tzinfo is None else at.astimezone(SHANGHAI)


def start_of(day: date) -> datetime:
    """Return 00:00 of a day."""
    return datetime.combine(day, time.min, SHANGHAI)


def end_of(day: date) -> datetime:
    """Return 24:00 of a day, which is 00:00 of the next (T-03)."""
    return start_of(day) + ONE_DAY


def last_day_before(at: datetime) -> date:
    """Return the day at whose 24:00 an instant is reached or would be, rounded up."""
    local = to_shanghai(at)
    return local.date() - ONE_DAY if local == start_of(local.date()) else local.date()


def format_close(close_at: datetime) -> str:
    """Return a close as people say it: `2026-10-10 24:00`, or `2026-10-10 09:30`."""
    local = to_shanghai(close_at)
    if local == start_of(local.date()):
        return f"{local.date() - ONE_DAY} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def parse_instant(text: str, *, field: str = "opened_at") -> datetime:
    """Return the instant that an ISO 8601 text names, in Asia/Shanghai.

    `24:00` is the next day's 00:00; a day alone is its 00:00.

    Raises:
        RuleViolation: E-CL-02, the text is no instant.
    """
    found = _INSTANT.fullmatch(text.strip())
    if found is None:
        raise RuleViolation("E-CL-02", field=field, value=text)
    day, clock, zone = found.groups()
    try:
        return _build(day, clock or "00:00", zone or "+08:00")
    except (ValueError, OverflowError):
        raise RuleViolation("E-CL-02", field=field, value=text) from None


def _build(day: str, clock: str, zone: str) -> datetime:
    is_midnight = clock in {"24:00", "24:00:00"}
    offset = zone.replace(" ", "+").replace("Z", "+00:00")
    at = datetime.fromisoformat(f"{day}T{'00:00' if is_midnight else clock}{offset}")
    local = to_shanghai(at) + (ONE_DAY if is_midnight else timedelta())
    if local.year not in _YEARS:
        raise ValueError(f"year {local.year}")
    return local
