"""Months of a derivation, as tables of weeks for the eye."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cms.rules.counting import DerivedDay
from cms.rules.deadlines import Deadline
from cms.rules.working_days import WEEKDAYS

MOST_MONTHS = 6
MOST_ROWS = 62


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month; `state` is a class of the style sheet, `mark` its word."""

    day: date
    state: str
    mark: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month as weeks from Monday to Sunday; None pads the ends."""

    title: str
    weeks: list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the derivation, or a run of days that are alike."""

    first: date
    last: date
    counted: bool
    reason: str

    @property
    def weekday(self) -> str:
        """The day of the week, or how many days the run has."""
        if self.first == self.last:
            return WEEKDAYS[self.first.weekday()]
        return f"共{(self.last - self.first).days + 1}日"


def months_of(deadline: Deadline) -> list[Month]:
    """Return the months from the opening to the end; none where they are too many."""
    first, last = deadline.derivation[0].date, deadline.last_day
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    if end - start >= MOST_MONTHS:
        return []
    rows = {row.date: row for row in deadline.derivation}
    return [
        _month(*divmod(number, 12), rows, deadline) for number in range(start, end + 1)
    ]


def rows_of(days: Sequence[DerivedDay]) -> list[Row]:
    """Return one row for each day; where they are many, runs of like days are one."""
    if len(days) <= MOST_ROWS:
        return [Row(day.date, day.date, day.counted, day.reason) for day in days]
    found = []
    for (counted, reason), run in groupby(days, lambda day: (day.counted, day.reason)):
        alike = list(run)
        found.append(Row(alike[0].date, alike[-1].date, counted, reason))
    return found


def _month(
    year: int, index: int, rows: dict[date, DerivedDay], deadline: Deadline
) -> Month:
    weeks = [
        [
            _cell(day, rows.get(day), deadline) if day.month == index + 1 else None
            for day in week
        ]
        for week in Calendar().monthdatescalendar(year, index + 1)
    ]
    return Month(f"{year}年{index + 1}月", weeks)


def _cell(day: date, row: DerivedDay | None, deadline: Deadline) -> Cell:
    if row is None:
        return Cell(day, "outside", "")
    if day == deadline.last_day:
        return Cell(day, "last", "届满")
    if day == deadline.opened_at.date():
        return Cell(day, "opening", "开始")
    return Cell(day, *(("counted", "计入") if row.counted else ("skipped", "不计")))
