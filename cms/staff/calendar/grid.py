"""A year as twelve months, each day with its kind and name."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from cms.rules.working_days import Calendar


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: a class of the style sheet, the word shown, the full wording."""

    day: date
    state: str
    mark: str
    wording: str


@dataclass(frozen=True, slots=True)
class YearMonth:
    """One month as weeks from Monday to Sunday; None pads the ends."""

    title: str
    weeks: list[list[DayCell | None]]


def months_of(calendar: Calendar, year: int) -> list[YearMonth]:
    """Return the twelve months of a year."""
    return [
        YearMonth(
            f"{month}月",
            [
                [_cell(calendar, day) if day.month == month else None for day in week]
                for week in Weeks().monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _cell(calendar: Calendar, day: date) -> DayCell:
    wording = f"{day.month}月{day.day}日 {calendar.describe(day)}"
    special = calendar.years[day.year].special_days.get(day)
    if special is None:
        return DayCell(day, "" if day.weekday() < 5 else "skipped", "", wording)
    if special.is_workday:
        return DayCell(day, "worked", "班", wording)
    return DayCell(day, "rest", "休", wording)
