"""What a changed calendar does to periods that still run (T-07)."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cms.rules.deadlines import compute
from cms.rules.periods import FIRST_EDITION
from cms.rules.rederivation import Outcome, StoredPeriod, rederive, told_last_day
from cms.rules.shanghai_time import SHANGHAI, end_of
from cms.rules.suspensions import Suspension
from cms.rules.working_days import Calendar, calendar_year
from tests.factories.calendars import calendar_with, shipped_calendar, year_2027

NOW = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def stored(
    rule: str, opened: str, calendar: Calendar | None = None, **terms
) -> StoredPeriod:
    found = compute(
        rule,
        at(opened),
        calendar or shipped_calendar(),
        terms.get("suspensions", ()),
        terms.get("extensions", ()),
        planned_last_day=terms.get("planned_last_day"),
    )
    return StoredPeriod(
        rule,
        FIRST_EDITION.isoformat(),
        found.opened_at,
        found.close_at,
        found.provisional,
        **terms,
    )


def shipped_2026_with(day: date, is_workday: bool) -> Calendar:
    year = shipped_calendar().years[2026]
    days = {row.date: (row.is_workday, row.name) for row in year.special_days.values()}
    days[day] = (is_workday, "更正")
    return calendar_with(calendar_year(2026, days, source="更正"))


def test_a25_provisional_end_moves_when_the_year_arrives() -> None:
    period = stored("PATENT_RECORD", "2026-11-30 10:00")

    result = rederive(period, calendar_with(year_2027()), at=NOW)

    assert (result.outcome, result.is_change) == (Outcome.MOVED, True)
    assert result.deadline.last_day == date(2027, 2, 28)
    assert result.deadline.provisional is False
    assert result.why == "工作日历改变，届满日随之改变"


def test_provisional_end_is_confirmed_when_it_was_presumed_right() -> None:
    period = stored("NOTICE_LISTING", "2026-12-20 10:00")

    result = rederive(period, calendar_with(year_2027()), at=NOW)

    assert (result.outcome, result.is_change) == (Outcome.CONFIRMED, True)
    assert result.deadline.close_at == period.close_at
    assert result.why == "所依据年份的安排已公布"


def test_end_that_does_not_depend_on_the_year_is_unchanged() -> None:
    period = stored("NOTICE_LISTING", "2026-11-20 10:00")

    result = rederive(period, calendar_with(year_2027()), at=NOW)

    assert (result.outcome, result.is_change, result.why) == (
        Outcome.UNCHANGED,
        False,
        "",
    )


def test_end_becomes_provisional_when_its_year_is_no_longer_there() -> None:
    period = stored("NOTICE_LISTING", "2026-12-20 10:00", calendar_with(year_2027()))

    result = rederive(period, shipped_calendar(), at=NOW)

    assert (result.outcome, result.deadline.provisional) == (Outcome.UNSETTLED, True)


def test_firm_end_is_not_moved_into_the_past() -> None:
    period = stored("NOTICE_LISTING", "2026-11-06 10:00")  # 11-21 Sat → 11-23
    calendar = shipped_2026_with(date(2026, 11, 21), True)

    result = rederive(period, calendar, at=NOW)
    earlier = rederive(period, calendar, at=at("2026-11-20 09:00"))

    assert (result.outcome, result.is_change) == (Outcome.KEPT, False)
    assert result.deadline is None
    assert result.why == "重新推算的届满时间已过，已公布的届满时间不回溯"
    assert (earlier.outcome, earlier.deadline.last_day) == (
        Outcome.MOVED,
        date(2026, 11, 21),
    )


def test_told_last_day_is_that_before_stops_and_plans_count() -> None:
    stop = Suspension(at("2026-11-10 09:00"), at("2026-11-12 09:00"))
    stopped = stored("NOTICE_LISTING", "2026-11-06 10:00", suspensions=(stop,))
    planned = stored(
        "NOTICE_LISTING", "2026-11-06 10:00", planned_last_day=date(2026, 11, 30)
    )

    assert told_last_day(stopped, shipped_calendar()) == date(2026, 11, 23)
    assert told_last_day(planned, shipped_calendar()) == date(2026, 11, 30)


def test_provisional_end_may_turn_out_to_be_past() -> None:
    period = stored("PATENT_RECORD", "2026-11-30 10:00")

    result = rederive(period, calendar_with(year_2027()), at=at("2027-03-01 09:00"))

    assert (result.outcome, result.deadline.last_day) == (
        Outcome.MOVED,
        date(2027, 2, 28),
    )


def test_stop_after_the_new_close_keeps_the_old_one() -> None:
    stop = Suspension(at("2026-11-22 12:00"), at("2026-11-24 12:00"))
    period = stored("NOTICE_LISTING", "2026-11-06 10:00", suspensions=(stop,))

    result = rederive(period, shipped_2026_with(date(2026, 11, 21), True), at=NOW)

    assert (result.outcome, result.deadline) == (Outcome.KEPT, None)
    assert result.why == "异议期限已届满（2026-11-21 24:00），不予受理。"


@pytest.mark.parametrize(
    ("planned", "last_day"),
    [(date(2027, 3, 10), date(2027, 3, 10)), (date(2027, 1, 4), date(2027, 1, 5))],
    ids=["later", "overtaken"],
)
def test_planned_day_holds_until_the_minimum_overtakes_it(
    planned: date, last_day: date
) -> None:
    year = replace(
        year_2027(),
        special_days={
            **year_2027().special_days,
            **calendar_year(
                2027, {date(2027, 1, 4): (False, "元旦")}, source="测试"
            ).special_days,
        },
    )
    period = stored("NOTICE_LISTING", "2026-12-20 10:00", planned_last_day=planned)

    result = rederive(period, calendar_with(year), at=NOW)

    assert result.deadline.close_at == end_of(last_day)
    assert result.deadline.provisional is False


def test_rederiving_twice_changes_nothing_more() -> None:
    calendar = calendar_with(year_2027())
    period = stored("PATENT_RECORD", "2026-11-30 10:00")

    moved = rederive(period, calendar, at=NOW).deadline
    again = replace(period, close_at=moved.close_at, provisional=moved.provisional)

    assert rederive(again, calendar, at=NOW).outcome is Outcome.UNCHANGED


def test_extensions_are_kept() -> None:
    period = stored("NOTICE_NEGOTIATED", "2026-12-20 10:00", extensions=(7, 3))

    result = rederive(period, calendar_with(year_2027()), at=NOW)

    assert result.outcome is Outcome.CONFIRMED
    assert result.deadline.last_day == date(2027, 1, 14)
