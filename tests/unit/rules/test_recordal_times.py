"""Days of the tasks after signing: A23, A25, A26 of the register, and reminders."""

from datetime import date, datetime

import pytest

from cms.rules.achievements import IpType
from cms.rules.recordal import (
    Right,
    SignedContract,
    TaskKind,
    TaskState,
    is_overdue,
    times_of,
)
from cms.rules.shanghai_time import end_of
from tests.factories.calendars import shipped_calendar

EDITION = "2026-01-01"
PATENT = Right(IpType.INVENTION, "一种示例方法", "ZL202011102310.6")


def contract(signed_on: date, effective_on: date | None, **facts) -> SignedContract:
    return SignedContract(
        "D-31",
        (PATENT,),
        EDITION,
        signed_on=signed_on,
        effective_on=effective_on,
        **facts,
    )


def recordal(signed_on: date, effective_on: date | None):
    facts = contract(signed_on, effective_on)
    return times_of(TaskKind.LICENSE_RECORDAL, facts, shipped_calendar())


def test_a23_license_rolls_past_the_holiday_and_reminds_from_the_nominal_day():
    day = date(2026, 7, 1)

    times = recordal(day, day)

    assert times.deadline is not None
    assert times.deadline.nominal_day == date(2026, 10, 1)
    assert times.deadline.last_day == date(2026, 10, 8)
    assert times.reminders == (
        date(2026, 8, 2),
        date(2026, 9, 1),
        date(2026, 9, 24),
    )


def test_a25_month_end_of_a_year_without_data_is_provisional():
    day = date(2026, 11, 30)

    times = recordal(day, day)

    assert times.deadline is not None
    assert times.deadline.last_day == date(2027, 3, 1)
    assert (times.deadline.provisional, times.deadline.missing_year) == (True, 2027)
    assert times.reminders[0] == date(2026, 12, 30)


def test_a26_license_counts_from_the_day_of_effect():
    times = recordal(date(2026, 9, 1), date(2026, 9, 30))

    assert times.deadline is not None
    assert times.deadline.last_day == date(2026, 12, 30)


def test_license_without_a_day_of_effect_has_no_days():
    times = recordal(date(2026, 9, 1), None)

    assert (times.deadline, times.reminders) == (None, ())


def test_report_is_reminded_of_once_its_30_days_are_over():
    facts = contract(date(2026, 9, 1), date(2026, 9, 30))

    times = times_of(TaskKind.FILING, facts, shipped_calendar())

    # 2026-10-01 is a holiday: a reminder never rolls (T-06).
    assert times.deadline is not None
    assert times.deadline.last_day == date(2026, 10, 1)
    assert times.reminders == (date(2026, 10, 2),)


def test_title_is_reminded_of_30_and_60_days_after_effect():
    facts = contract(date(2026, 9, 1), date(2026, 9, 30))

    times = times_of(TaskKind.TITLE_REGISTRATION, facts, shipped_calendar())

    assert (times.deadline, times.latest_on) == (None, None)
    assert times.reminders == (date(2026, 10, 30), date(2026, 11, 29))


def test_contract_is_registered_while_it_is_in_force():
    day = date(2026, 9, 1)
    facts = contract(day, day, ends_on=date(2031, 8, 31))

    times = times_of(TaskKind.CONTRACT_REGISTRATION, facts, shipped_calendar())

    assert (times.latest_on, times.reminders) == (date(2031, 8, 31), ())


def test_taxes_have_no_day():
    day = date(2026, 9, 1)

    times = times_of(TaskKind.TAX_AND_ACCOUNTS, contract(day, day), shipped_calendar())

    assert (times.deadline, times.latest_on, times.reminders) == (None, None, ())


CLOSE = end_of(date(2026, 10, 8))
BEFORE = datetime.fromisoformat("2026-10-08T23:59:59+08:00")


@pytest.mark.parametrize(
    ("kind", "status", "provisional", "at", "expected"),
    [
        (TaskKind.LICENSE_RECORDAL, TaskState.TODO, False, BEFORE, False),
        (TaskKind.LICENSE_RECORDAL, TaskState.TODO, False, CLOSE, True),
        (TaskKind.LICENSE_RECORDAL, TaskState.REFUSED, False, CLOSE, True),
        (TaskKind.LICENSE_RECORDAL, TaskState.TODO, True, CLOSE, False),
        (TaskKind.LICENSE_RECORDAL, TaskState.SUBMITTED, False, CLOSE, False),
        (TaskKind.LICENSE_RECORDAL, TaskState.DONE, False, CLOSE, False),
        (TaskKind.LICENSE_RECORDAL, TaskState.NOT_NEEDED, False, CLOSE, False),
        (TaskKind.FILING, TaskState.TODO, False, CLOSE, False),
    ],
)
def test_only_a_license_is_overdue_and_from_24_o_clock(
    kind, status, provisional, at, expected
):
    assert is_overdue(kind, status, CLOSE, provisional, at) is expected


def test_task_without_a_close_is_never_overdue():
    kind, status = TaskKind.LICENSE_RECORDAL, TaskState.TODO

    assert is_overdue(kind, status, None, False, CLOSE) is False
