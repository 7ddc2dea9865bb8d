"""Calendars for tests: the shipped years, and variants of them."""

from datetime import date
from functools import lru_cache

from cms.core.calendar_files import SHIPPED_SOURCE, shipped_years
from cms.rules.working_days import Calendar, CalendarYear, calendar_year

# An arrangement for 2027 such as might be announced; invented for tests.
DAYS_2027 = {
    date(2027, 1, 1): (False, "元旦"),
    date(2027, 1, 2): (False, "元旦"),
    date(2027, 1, 3): (False, "元旦"),
    date(2027, 2, 5): (False, "春节"),
    date(2027, 2, 6): (False, "春节"),
    date(2027, 2, 7): (False, "春节"),
    date(2027, 2, 8): (False, "春节"),
    date(2027, 2, 9): (False, "春节"),
    date(2027, 2, 10): (False, "春节"),
    date(2027, 2, 11): (False, "春节"),
    date(2027, 2, 12): (False, "春节"),
    date(2027, 2, 20): (True, "春节调休"),
    date(2027, 2, 28): (True, "春节调休"),
    date(2027, 5, 1): (False, "劳动节"),
    date(2027, 10, 1): (False, "国庆节"),
}


@lru_cache(maxsize=1)
def shipped_calendar() -> Calendar:
    """Return the calendar that comes with the product, 2004–2026."""
    years = {
        year: calendar_year(year, days, source=SHIPPED_SOURCE)
        for year, days in shipped_years().items()
    }
    return Calendar(years, "shipped")


def calendar_with(*years: CalendarYear) -> Calendar:
    """Return the shipped calendar with years added or replaced."""
    entries = {**shipped_calendar().years, **{entry.year: entry for entry in years}}
    return Calendar(entries, "variant")


def year_2027(*, is_published: bool = True) -> CalendarYear:
    """Return the invented arrangement for 2027."""
    return calendar_year(2027, DAYS_2027, source="测试", is_published=is_published)
