"""Dates and lengths of time."""

import re
from datetime import date, datetime

from assembly.fields.refusal import Refusal, shown
from assembly.values import Term
from notation.check_digits import to_half_width
from notation.numerals import parse_numeral

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = r"([0-9]{1,4}|[一二三四五六七八九十百]{1,5})"
_TERM = re.compile(rf"(?:{_COUNT}年)?(?:{_COUNT}(?:个月|月))?(?:{_COUNT}(?:日|天))?")
_PARTS = ("years", "months", "days")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST = 9_999


def read_date(value: object) -> date:
    """Return a date from ISO text; a day that does not exist is refused.

    Raises:
        Refusal: E-AS-47.
    """
    day = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if type(value) is str:
        text = to_half_width(value).strip()
        try:
            day = date.fromisoformat(text) if _ISO.fullmatch(text) else None
        except ValueError:
            day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise Refusal("E-AS-47", value=shown(value))
    return day


def read_term(value: object) -> Term:
    """Return a length of time from `10年`, `一年六个月`, `30日` or its parts.

    Raises:
        Refusal: E-AS-51.
    """
    if isinstance(value, Term):
        return value
    counts = _named(value) if isinstance(value, dict) else _written(value)
    if counts is None or not any(counts) or max(counts) > MOST:
        raise Refusal("E-AS-51", value=shown(value))
    return Term(*counts)


def _written(value: object) -> tuple[int, int, int] | None:
    text = re.sub(r"\s", "", to_half_width(value)) if isinstance(value, str) else ""
    match = _TERM.fullmatch(text)
    if not text or match is None:
        return None
    try:
        years, months, days = (_count(part) for part in match.groups())
    except ValueError:
        return None
    return years, months, days


def _count(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else parse_numeral(text)


def _named(value: dict[str, object]) -> tuple[int, int, int] | None:
    if not set(value) <= set(_PARTS):
        return None
    counts = [value.get(part) or 0 for part in _PARTS]
    if any(type(count) is not int or count < 0 for count in counts):
        return None
    years, months, days = (count for count in counts if isinstance(count, int))
    return years, months, days
