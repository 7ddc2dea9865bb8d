"""The working-day calendar in force, and the open periods that hang on it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import models

from cms.core.actors import Actor
from cms.core.models import CalendarDay, CalendarYear
from cms.rules import periods, working_days
from cms.rules.deadline_calculator import Question, answer
from cms.rules.deadlines import Deadline
from cms.rules.rederivation import StoredPeriod
from cms.rules.shanghai_time import ONE_DAY, to_shanghai
from cms.rules.working_days import Calendar

_Key = tuple[tuple[int, int, bool, str, str], ...]
_cached: tuple[_Key, Calendar] = ((), Calendar())


def get_calendar() -> Calendar:
    """Return the calendar in force (1 query; 2 where a version is new)."""
    global _cached  # noqa: PLW0603 one value for the process, replaced whole
    rows = list(CalendarYear.objects.filter(is_current=True).order_by("year"))
    key = tuple(
        (row.year, row.version, row.is_published, row.source, row.digest)
        for row in rows
    )
    if _cached[0] != key:
        _cached = (key, _load(rows, key))
    return _cached[1]


def compute_answer(question: Question) -> Deadline:
    """Answer the deadline calculator's question under the calendar in force.

    Raises:
        RuleViolation: see `rules.deadline_calculator.answer`.
    """
    return answer(question, get_calendar())


def with_year(calendar: Calendar, year: working_days.CalendarYear) -> Calendar:
    """Return a calendar in which one year is replaced, for previews."""
    years = {**calendar.years, year.year: year}
    return replace(calendar, years=years, version=f"{calendar.version}+{year.year}")


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A period that still runs: its row, what people call it, what it rests on."""

    subject: models.Model
    label: str
    url: str
    stored: StoredPeriod


ListOpen = Callable[[], Iterable[OpenPeriod]]
Move = Callable[[OpenPeriod, Deadline, Actor, datetime], None]
Keep = Callable[[OpenPeriod, date], None]


@dataclass(frozen=True, slots=True)
class PeriodSource:
    """A feature's open periods, and how it stores a new deadline of one."""

    label: str
    list_open: ListOpen
    move: Move
    keep: Keep | None = None


_sources: dict[str, PeriodSource] = {}


def register_period_source(
    label: str, list_open: ListOpen, move: Move, keep: Keep | None = None
) -> None:
    """Register a feature's open periods for re-derivation; call it in `ready()`.

    `list_open()` gives the periods that have not ended; closed ones never move.
    `move(period, deadline, by, at)` stores the new close and moves its timers, in
    the caller's transaction; the evidence entry is written here. `keep(period, day)`
    notes the last day that was told, where a close is kept against the calendar.
    """
    _sources[label] = PeriodSource(label, list_open, move, keep)


def period_sources() -> tuple[PeriodSource, ...]:
    """Return all registered sources."""
    return tuple(_sources.values())


def missing_year_warning(at: datetime) -> str:
    """Return a warning where the next year without data is near, else nothing.

    Near is `CALENDAR_WARN` days before that year begins, or later.
    """
    today = to_shanghai(at).date()
    missing = get_calendar().first_missing_year(today.year)
    if today < warn_on(missing):
        return ""
    left = (date(missing, 1, 1) - today).days
    when = f"距该年还有{left}日" if left > 0 else "该年已经开始"
    return (
        f"工作日历未包含{missing}年节假日安排，{when}："
        f"须按工作日计算的期限将无法确定（E-NT-03），请在公布后尽快录入。"
    )


def warn_on(missing_year: int) -> date:
    """Return the day from which the lack of a year is warned of."""
    return date(missing_year, 1, 1) - periods.CALENDAR_WARN.amount * ONE_DAY


def _load(rows: list[CalendarYear], key: _Key) -> Calendar:
    days: dict[int, dict[date, tuple[bool, str]]] = defaultdict(dict)
    for day in CalendarDay.objects.filter(calendar_year__in=rows):
        days[day.calendar_year_id][day.date] = (day.is_workday, day.name)
    years = {
        row.year: working_days.calendar_year(
            row.year,
            days[row.pk],
            source=row.source,
            version=row.version,
            is_published=row.is_published,
        )
        for row in rows
    }
    return Calendar(years, sha256(repr(key).encode()).hexdigest()[:12])
