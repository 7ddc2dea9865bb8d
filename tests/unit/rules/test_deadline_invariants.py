"""Invariants of the time engine over generated input."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.rules.counting import (
    add_months,
    count_natural_days,
    count_working_days,
    last_day_of_right,
    roll,
)
from cms.rules.deadlines import compute, is_late, is_open
from cms.rules.parameters import ParameterKind
from cms.rules.periods import FIRST_EDITION, PERIODS
from cms.rules.shanghai_time import (
    ONE_DAY,
    SHANGHAI,
    end_of,
    format_close,
    last_day_before,
    start_of,
)
from cms.rules.suspensions import Suspension
from tests.factories.calendars import shipped_calendar

CALENDAR = shipped_calendar()
ALL = PERIODS.periods(FIRST_EDITION.isoformat())
FREE = [period.name for period in ALL if period.kind is not ParameterKind.WORKING_DAYS]
ROLLING = [period.name for period in ALL if period.rolls]
COVERED_DAYS = st.dates(date(2004, 1, 1), date(2026, 10, 31))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
INSTANTS = st.datetimes(
    datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(SHANGHAI)
)
COVERED = st.datetimes(
    datetime(2004, 1, 1), datetime(2026, 10, 31), timezones=st.just(SHANGHAI)
)
fast = settings(max_examples=80, deadline=None)


@st.composite
def stops(draw: st.DrawFn) -> tuple[datetime, list[Suspension]]:
    """An opening and stops that begin within the first 7 days."""
    opened = draw(COVERED)
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = opened + timedelta(minutes=draw(st.integers(0, 7 * 24 * 60 - 1)))
        length = timedelta(minutes=draw(st.integers(1, 20 * 24 * 60)))
        found.append(Suspension(start, start + length))
    return opened, found


@fast
@given(st.sampled_from(FREE), INSTANTS, st.integers(0, 400 * 24 * 60))
def test_deadline_is_monotone_in_its_start(
    rule: str, opened: datetime, minutes: int
) -> None:
    later = opened + timedelta(minutes=minutes)

    first = compute(rule, opened, CALENDAR).close_at
    assert first <= compute(rule, later, CALENDAR).close_at


@fast
@given(DAYS, st.integers(1, 1000))
def test_one_natural_day_more_never_ends_earlier(opening: date, amount: int) -> None:
    shorter = roll(count_natural_days(opening, amount), CALENDAR)
    longer = roll(count_natural_days(opening, amount + 1), CALENDAR)

    assert shorter.last_day <= longer.last_day
    assert shorter.last_day >= opening + amount * ONE_DAY
    assert sum(row.counted for row in shorter.days) == amount


@fast
@given(COVERED_DAYS, st.integers(1, 30))
def test_one_working_day_more_ends_on_the_next_working_day(
    opening: date, amount: int
) -> None:
    shorter = count_working_days(opening, amount, CALENDAR)
    longer = count_working_days(opening, amount + 1, CALENDAR)

    between = longer.days[len(shorter.days) :]
    assert longer.days[: len(shorter.days)] == shorter.days
    assert [row.counted for row in between] == [False] * (len(between) - 1) + [True]
    assert CALENDAR.is_working_day(shorter.last_day)


@fast
@given(st.sampled_from(ROLLING), COVERED)
def test_a_period_that_rolls_ends_on_a_working_day(rule: str, opened: datetime) -> None:
    found = compute(rule, opened, CALENDAR)

    assert CALENDAR.is_working_day(found.last_day)
    assert found.last_day >= found.nominal_day
    assert not any(
        CALENDAR.is_working_day(found.nominal_day + step * ONE_DAY)
        for step in range((found.last_day - found.nominal_day).days)
    )


@fast
@given(st.sampled_from([period.name for period in ALL]), COVERED)
def test_derivation_leads_from_the_opening_to_the_last_day(
    rule: str, opened: datetime
) -> None:
    found = compute(rule, opened, CALENDAR)

    days = [row.date for row in found.derivation]
    assert days == sorted(set(days))
    assert days[-1] == found.last_day
    assert found.derivation[-1].counted
    assert found.close_at == end_of(found.last_day)
    assert all(row.reason for row in found.derivation)


@fast
@given(stops())
def test_stops_only_lengthen_and_their_order_does_not_matter(
    drawn: tuple[datetime, list[Suspension]],
) -> None:
    opened, found = drawn

    plain = compute("NOTICE_LISTING", opened, CALENDAR)
    stopped = compute("NOTICE_LISTING", opened, CALENDAR, found)
    assert stopped.close_at >= plain.close_at
    assert stopped == compute("NOTICE_LISTING", opened, CALENDAR, found[::-1])
    days = [row.date for row in stopped.derivation]
    assert days == [days[0] + step * ONE_DAY for step in range(len(days))]
    for stop in found:
        inside = [
            row
            for row in stopped.derivation
            if stop.start <= start_of(row.date) and end_of(row.date) <= stop.end
        ]
        assert not any(row.counted for row in inside)


@fast
@given(stops())
def test_time_that_ran_is_never_less_than_the_period(
    drawn: tuple[datetime, list[Suspension]],
) -> None:
    opened, found = drawn

    stopped = compute("NOTICE_LISTING", opened, CALENDAR, found)
    stood_still = timedelta()
    reached = opened
    for stop in sorted(found):
        stood_still += max(stop.end - max(stop.start, reached), timedelta())
        reached = max(reached, stop.end)
    ran = stopped.close_at - start_of(opened.date() + ONE_DAY)
    on_opening_day = max(
        (min(stop.end, end_of(opened.date())) - stop.start for stop in found),
        default=timedelta(),
    )
    assert ran - stood_still >= timedelta(days=15) - max(on_opening_day, timedelta())


@fast
@given(COVERED, st.lists(st.integers(1, 7), max_size=2))
def test_extensions_add_up_exactly(opened: datetime, extensions: list[int]) -> None:
    plain = compute("NOTICE_NEGOTIATED", opened, CALENDAR)
    longer = compute("NOTICE_NEGOTIATED", opened, CALENDAR, (), extensions)

    assert longer.last_day == plain.last_day + sum(extensions) * ONE_DAY


@fast
@given(st.sampled_from(FREE), INSTANTS, st.integers(-14, 14))
def test_the_offset_of_a_time_does_not_matter(
    rule: str, opened: datetime, hours: int
) -> None:
    elsewhere = opened.astimezone(timezone(timedelta(hours=hours)))

    assert compute(rule, elsewhere, CALENDAR) == compute(rule, opened, CALENDAR)


@fast
@given(st.sampled_from(FREE), INSTANTS)
def test_recomputing_is_idempotent(rule: str, opened: datetime) -> None:
    found = compute(rule, opened, CALENDAR)

    again = compute(rule, found.opened_at, CALENDAR, (), (), found.rule_version)
    assert again == found


@fast
@given(INSTANTS)
def test_the_interval_is_half_open(opened: datetime) -> None:
    close_at = compute("NOTICE_LISTING", opened, CALENDAR).close_at
    tick = timedelta(microseconds=1)

    assert is_open(opened, close_at, opened)
    assert is_open(opened, close_at, close_at - tick)
    assert not is_open(opened, close_at, close_at)
    assert is_late(close_at, close_at)
    assert not is_late(close_at, close_at - tick)


@fast
@given(DAYS, st.integers(1, 12))
def test_a_right_of_n_years_covers_n_years(first_day: date, years: int) -> None:
    last = last_day_of_right(first_day, years)

    after = add_months(first_day, 12 * years)
    assert last in {after, after - ONE_DAY}
    assert (last == after) == (after.day != first_day.day)


@fast
@given(DAYS, st.integers(-40, 40))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + ONE_DAY).day == 1


@fast
@given(INSTANTS)
def test_an_instant_is_reached_by_the_end_of_its_day(at: datetime) -> None:
    last = last_day_before(at)

    assert end_of(last) - ONE_DAY < at <= end_of(last)
    assert format_close(end_of(last)) == f"{last} 24:00"


@contextmanager
def process_zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati"]
)
def test_result_does_not_depend_on_the_zone_of_the_process(zone: str) -> None:
    opened = [datetime(2026, 9, 25, 0, 30), datetime(1988, 6, 1, 23, 30)]
    here = [compute("NOTICE_LISTING", at, CALENDAR) for at in opened]

    with process_zone(zone):
        there = [compute("NOTICE_LISTING", at, CALENDAR) for at in opened]

    assert there == here
    # 1988 had summer time in Shanghai; the plan's clock has none.
    assert here[1].close_at == datetime(1988, 6, 17, tzinfo=SHANGHAI)
    assert here[1].close_at.utcoffset() == timedelta(hours=8)
