"""The calendar as a value, and two packages as oracles over 2004–2026."""

from datetime import date

import chinese_calendar
import holidays
import pytest

from cms.core.calendar_files import shipped_years
from cms.rules.violations import RuleViolation
from cms.rules.working_days import (
    Calendar,
    SpecialDay,
    calendar_year,
    unlisted_holidays,
)
from tests.factories.calendars import calendar_with, shipped_calendar, year_2027

ALL_DAYS = [
    date.fromordinal(number)
    for number in range(
        date(2004, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1
    )
]


def test_shipped_calendar_equals_chinesecalendar_on_every_day() -> None:
    calendar = shipped_calendar()

    differing = [
        day
        for day in ALL_DAYS
        if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ]

    assert len(ALL_DAYS) == 8401
    assert differing == []


def test_shipped_calendar_differs_from_holidays_on_one_day() -> None:
    calendar = shipped_calendar()
    other = holidays.country_holidays("CN", years=range(2004, 2027))

    differing = [
        day
        for day in ALL_DAYS
        if calendar.is_working_day(day) != other.is_working_day(day)
    ]

    # A Saturday: `holidays` has it worked for New Year's Day 2006, the other not.
    assert differing == [date(2005, 12, 31)]
    assert not calendar.is_working_day(date(2005, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_workday", "why"),
    [
        (date(2026, 9, 25), False, "中秋节"),
        (date(2026, 9, 20), True, "周日，调休上班"),
        (date(2026, 10, 10), True, "周六，调休上班"),
        (date(2026, 10, 11), False, "周日"),
        (date(2026, 10, 12), True, "周一"),
        (date(2027, 1, 1), False, "元旦（2027年安排未公布，推定）"),
        (date(2027, 5, 2), False, "劳动节（2027年安排未公布，推定）"),
        (date(2027, 10, 4), True, "周一（2027年安排未公布，推定）"),
        (date(2027, 10, 9), False, "周六（2027年安排未公布，推定）"),
    ],
    ids=str,
)
def test_day_is_worked_or_not_with_its_reason(
    day: date, is_workday: bool, why: str
) -> None:
    assert shipped_calendar().is_working_day(day) is is_workday
    assert shipped_calendar().describe(day) == why


def test_first_missing_year_is_the_first_that_is_not_official() -> None:
    assert shipped_calendar().first_missing_year(2026) == 2027
    assert shipped_calendar().first_missing_year(1999) == 1999
    assert calendar_with(year_2027()).first_missing_year(2026) == 2028
    draft = calendar_with(year_2027(is_published=False))
    assert draft.first_missing_year(2026) == 2027
    assert draft.is_working_day(date(2027, 2, 28)) is True
    assert Calendar().first_missing_year(2026) == 2026


def test_missing_year_is_refused_where_it_must_be_firm() -> None:
    shipped_calendar().require_firm(2026)
    with pytest.raises(RuleViolation, match="E-NT-03 工作日历未包含2027年") as caught:
        shipped_calendar().require_firm(2027)
    assert caught.value.parameters == {"year": 2027}


def test_holidays_without_a_day_are_named() -> None:
    year = dict(shipped_years()[2026])
    assert unlisted_holidays(year) == ()
    assert unlisted_holidays({date(2027, 1, 1): (False, "元旦")}) == (
        "春节",
        "清明",
        "劳动",
        "端午",
        "中秋",
        "国庆",
    )

    worked = {day: (True, name) for day, (_, name) in year.items()}

    assert len(unlisted_holidays(worked)) == 7


def test_year_takes_only_its_own_days() -> None:
    with pytest.raises(ValueError, match="2026-01-01 is not in 2027"):
        calendar_year(2027, {date(2026, 1, 1): (False, "元旦")}, source="")


def test_year_keeps_its_days_in_order() -> None:
    days = {date(2027, 10, 1): (False, "国庆节"), date(2027, 1, 1): (False, "元旦")}

    entry = calendar_year(2027, days, source="国办发明电", version=3)

    assert list(entry.special_days.values()) == [
        SpecialDay(date(2027, 1, 1), False, "元旦"),
        SpecialDay(date(2027, 10, 1), False, "国庆节"),
    ]
    assert (entry.source, entry.version, entry.is_published) == ("国办发明电", 3, True)
