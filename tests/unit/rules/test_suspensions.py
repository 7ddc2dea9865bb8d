"""Suspensions (T-08): merging, remaining time, the days shown."""

from datetime import date, timedelta

from cms.rules.deadlines import (
    compute,
)
from cms.rules.shanghai_time import format_close
from cms.rules.suspensions import Suspension
from tests.factories.calendars import shipped_calendar
from tests.factories.deadlines import at, deadline, stop


def test_a28_the_second_stop_works_from_the_rounded_close() -> None:
    first = stop("2026-10-14 09:00", "2026-10-16 10:00")
    second = stop("2026-10-20 09:00", "2026-10-22 10:00")

    once = deadline("NOTICE_LISTING", "2026-10-12 08:00", first)
    twice = deadline("NOTICE_LISTING", "2026-10-12 08:00", first, second)

    assert format_close(once.close_at) == "2026-10-30 24:00"
    assert format_close(twice.close_at) == "2026-11-02 24:00"


def test_b11_remaining_time_runs_on_and_is_rounded_up() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-20 15:00", "2026-10-26 09:00"),
    )

    assert format_close(found.close_at) == "2026-11-02 24:00"
    reasons = {row.date: (row.counted, row.reason) for row in found.derivation}
    assert reasons[date(2026, 10, 20)] == (True, "第8日；15:00起中止")
    assert reasons[date(2026, 10, 23)] == (False, "中止期间，不计入")
    assert reasons[date(2026, 10, 26)] == (
        True,
        "09:00恢复，剩余7日9小时；继续计算",
    )
    assert reasons[date(2026, 11, 2)] == (True, "剩余时间至18:00用完，进至24:00")
    assert len(found.derivation) == 22


def test_overlapping_and_touching_stops_are_one() -> None:
    parts = (
        stop("2026-10-16 10:00", "2026-10-18 09:00"),
        stop("2026-10-14 09:00", "2026-10-16 10:00"),
        stop("2026-10-15 00:00", "2026-10-15 12:00"),
    )
    whole = stop("2026-10-14 09:00", "2026-10-18 09:00")

    assert deadline("NOTICE_LISTING", "2026-10-12 08:00", *parts) == deadline(
        "NOTICE_LISTING", "2026-10-12 08:00", whole
    )


def test_a_stop_of_whole_days_keeps_the_midnight() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-14 00:00", "2026-10-15 00:00"),
    )

    assert found.last_day == date(2026, 10, 28)
    rows = {row.date: (row.counted, row.reason) for row in found.derivation}
    assert rows[date(2026, 10, 14)] == (False, "中止期间，不计入")
    assert rows[date(2026, 10, 15)] == (True, "00:00恢复，剩余14日；继续计算")
    assert rows[date(2026, 10, 28)] == (True, "剩余时间至24:00用完")


def test_a_stop_within_one_day_costs_one_day() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-14 09:00", "2026-10-14 09:00:30"),
    )

    assert found.last_day == date(2026, 10, 28)
    rows = {row.date: row.reason for row in found.derivation}
    assert rows[date(2026, 10, 14)] == "第2日；09:00起中止，09:00恢复"
    assert rows[date(2026, 10, 28)] == "剩余时间至00:00用完，进至24:00"


def test_a_stop_from_midnight_within_one_day_is_resumed_on_that_day() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-14 00:00", "2026-10-14 06:00"),
    )

    rows = [row for row in found.derivation if row.date == date(2026, 10, 14)]
    assert [row.reason for row in rows] == ["06:00恢复，剩余14日；继续计算"]


def test_a_stop_on_the_opening_day() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-12 08:00", "2026-10-13 00:00"),
    )

    assert found.last_day == date(2026, 10, 28)
    assert (found.derivation[0].counted, found.derivation[0].reason) == (
        False,
        "开始当日不计入；08:00起中止",
    )


def test_a_stop_in_the_rolled_days_keeps_what_was_left_of_them() -> None:
    # Nominal end Saturday 10-31, rolled to Monday 11-02; stopped on the Sunday.
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-16 08:00",
        stop("2026-11-01 12:00", "2026-11-03 12:00"),
    )

    assert found.last_day == date(2026, 11, 4)
    rows = {row.date: (row.counted, row.reason) for row in found.derivation}
    assert rows[date(2026, 11, 1)] == (False, "周日，顺延；12:00起中止")


def test_the_end_after_a_stop_rolls_too() -> None:
    # 10-27 24:00 + 4 days = Saturday 10-31.
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-14 09:00", "2026-10-18 09:00"),
    )

    assert found.nominal_day == date(2026, 10, 31)
    assert found.last_day == date(2026, 11, 2)


def test_a_very_long_stop_is_shown_by_its_first_and_last_day() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-10-12 08:00",
        stop("2026-10-14 09:00", "2036-10-14 09:00"),
    )

    reasons = [row.reason for row in found.derivation]
    assert reasons.count("2026-10-15至2036-10-13中止，均不计入") == 2
    assert len(found.derivation) < 40


def test_a_stop_into_an_unknown_year_is_provisional() -> None:
    found = deadline(
        "NOTICE_LISTING",
        "2026-12-01 08:00",
        stop("2026-12-02 09:00", "2027-01-05 09:00"),
    )

    assert (found.provisional, found.missing_year) == (True, 2027)


def test_the_smallest_remaining_time_is_spelled() -> None:
    late = at("2026-10-27 23:59") + timedelta(seconds=59, microseconds=900000)
    found = compute(
        "NOTICE_LISTING",
        at("2026-10-12 08:00"),
        shipped_calendar(),
        (Suspension(late, at("2026-10-29 10:00")),),
    )

    rows = {row.date: row.reason for row in found.derivation}
    assert rows[date(2026, 10, 29)].startswith("10:00恢复，剩余不足1秒；")
    assert found.last_day == date(2026, 10, 29)
