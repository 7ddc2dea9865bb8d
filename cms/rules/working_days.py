"""Working days (T-07): a calendar of officially announced years, as a plain value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cms.rules.violations import RuleViolation

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

# Holidays whose day the law fixes; a year without data presumes them (T-07).
FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}

# 全国年节及纪念日放假办法: every year's arrangement names them, in these words.
STATUTORY_HOLIDAYS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that the yearly announcement names: a holiday, or a weekend at work."""

    date: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year: its special days; every other day follows the week.

    `is_published` tells whether the State Council's arrangement is out; a year
    entered before that counts as missing wherever firmness matters.
    """

    year: int
    special_days: Mapping[date, SpecialDay]
    source: str
    version: int = 1
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working-day calendar: year → days, with the version of the whole."""

    years: Mapping[int, CalendarYear] = field(default_factory=dict)
    version: str = ""

    def is_firm(self, year: int) -> bool:
        """Whether the year's arrangement is known and officially published."""
        entry = self.years.get(year)
        return entry is not None and entry.is_published

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day; a missing year is presumed (T-07)."""
        entry = self.years.get(day.year)
        if entry is None:
            return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS
        special = entry.special_days.get(day)
        return special.is_workday if special else day.weekday() < 5

    def require_firm(self, year: int) -> None:
        """Refuse a year whose arrangement is not known.

        Raises:
            RuleViolation: E-NT-03.
        """
        if not self.is_firm(year):
            raise RuleViolation("E-NT-03", year=year)

    def describe(self, day: date) -> str:
        """Return why a day is worked or not, such as `国庆节` or `周六，调休上班`."""
        weekday = WEEKDAYS[day.weekday()]
        entry = self.years.get(day.year)
        if entry is None:
            holiday = FIXED_HOLIDAYS.get((day.month, day.day))
            return f"{holiday or weekday}（{day.year}年安排未公布，推定）"
        special = entry.special_days.get(day)
        if special is None:
            return weekday
        return f"{weekday}，调休上班" if special.is_workday else special.name

    def first_missing_year(self, from_year: int) -> int:
        """Return the first year from `from_year` on that is not firm."""
        year = from_year
        while self.is_firm(year):
            year += 1
        return year


def unlisted_holidays(days: Mapping[date, tuple[bool, str]]) -> tuple[str, ...]:
    """Return the statutory holidays of which `{date: (is_workday, name)}` has no day.

    A hint that a year is incomplete, no proof: two holidays may fall on one day.
    """
    rests = [name for is_workday, name in days.values() if not is_workday]
    return tuple(
        holiday
        for holiday in STATUTORY_HOLIDAYS
        if not any(holiday in name for name in rests)
    )


def calendar_year(
    year: int,
    days: Mapping[date, tuple[bool, str]],
    *,
    source: str,
    version: int = 1,
    is_published: bool = True,
) -> CalendarYear:
    """Build a year from `{date: (is_workday, name)}`.

    Raises:
        ValueError: a day lies outside the year.
    """
    outside = [day for day in days if day.year != year]
    if outside:
        raise ValueError(f"{outside[0]} is not in {year}")
    special = {day: SpecialDay(day, *entry) for day, entry in sorted(days.items())}
    return CalendarYear(year, special, source, version, is_published)
