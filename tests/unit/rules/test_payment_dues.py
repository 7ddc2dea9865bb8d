"""The day to pay by: counted from the event, moved by rest days, cut by the long stop."""

from datetime import date

import pytest

from cms.rules.payment_dues import (
    DueDay,
    check_not_later,
    due_day,
    is_settled_by_period,
    payment_reminders,
)
from cms.rules.violations import RuleViolation
from tests.factories.calendars import shipped_calendar


@pytest.mark.parametrize(
    ("happened_on", "days", "latest_on", "day"),
    [
        # The day of the event is not counted (民法典201).
        ("2026-11-02", 10, None, "2026-11-12"),
        # Saturday the 19th of December moves to Monday (民法典203).
        ("2026-11-19", 30, None, "2026-12-21"),
        # The seven days of National Day 2026 and the day before them.
        ("2026-09-01", 30, None, "2026-10-08"),
        # The long-stop date is earlier; it does not move, though a Saturday.
        ("2026-11-19", 30, "2026-12-05", "2026-12-05"),
        ("2026-11-19", 30, "2027-01-31", "2026-12-21"),
        # Saturday the 10th of October 2026 is worked.
        ("2026-10-09", 1, None, "2026-10-10"),
    ],
)
def test_day_to_pay_by(happened_on, days, latest_on, day):
    latest = date.fromisoformat(latest_on) if latest_on else None

    found = due_day(date.fromisoformat(happened_on), days, latest, shipped_calendar())

    assert found == DueDay(date.fromisoformat(day))


def test_year_without_arrangement_is_told():
    found = due_day(date(2031, 4, 1), 30, None, shipped_calendar())

    assert found == DueDay(date(2031, 5, 5), missing_year=2031)


def test_reminders_count_back_from_the_day():
    assert payment_reminders(date(2026, 12, 21)) == (
        date(2026, 11, 21),
        date(2026, 12, 14),
    )


@pytest.mark.parametrize(
    ("trigger", "has_sum", "expected"),
    [
        ("income", False, True),
        ("income", True, False),
        ("event", False, False),
        ("date", False, False),
    ],
)
def test_only_income_without_a_sum_is_settled_by_period(trigger, has_sum, expected):
    assert is_settled_by_period(trigger, has_sum=has_sum) is expected


def test_day_to_come_is_refused():
    check_not_later(date(2026, 11, 30), date(2026, 11, 30), "付款日期", field="paid_on")
    with pytest.raises(RuleViolation) as refused:
        check_not_later(
            date(2026, 12, 1), date(2026, 11, 30), "付款日期", field="paid_on"
        )

    assert (refused.value.field, refused.value.message) == (
        "paid_on",
        "付款日期不能晚于今天。",
    )
