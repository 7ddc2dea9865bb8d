"""When a payment of a signed contract falls due, and when it is reminded of (PS-07)."""

from dataclasses import dataclass
from datetime import date, timedelta

from cms.rules.counting import count_natural_days, roll
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar

REMINDERS = (30, 7)
"""Days before the day to pay by on which both sides are reminded (a proposal)."""

ROYALTY_DAYS = 50
"""D-31, D-32 收入提成: 自每期届满之日起五十日内付款."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day to pay by; `missing_year` where its arrangement was presumed (T-07)."""

    day: date
    missing_year: int | None = None


def due_day(
    happened_on: date, days: int, latest_on: date | None, calendar: Calendar
) -> DueDay:
    """Return the last day of an agreed period of payment.

    The day of the event is not counted (民法典201). A last day that is a rest day
    moves to the next working day (民法典203); the long-stop date is a day that was
    named, it does not move, and the earlier of the two counts (D-31, D-32).
    """
    count = roll(count_natural_days(happened_on, days), calendar)
    if latest_on is not None and latest_on < count.last_day:
        return DueDay(latest_on)
    return DueDay(count.last_day, count.missing_year)


def payment_reminders(due_on: date) -> tuple[date, ...]:
    """Return the days on which a payment is reminded of, the first first."""
    return tuple(due_on - timedelta(days=days) for days in REMINDERS)


def is_settled_by_period(trigger: str, *, has_sum: bool) -> bool:
    """Whether a row is a source of statements: income without a fixed sum.

    A royalty is paid again after each period; what waits for an event is paid once,
    even where a formula gives the sum.
    """
    return trigger == PaymentTrigger.INCOME and not has_sum


def check_not_later(day: date, today: date, label: str, *, field: str) -> None:
    """Refuse a day to come (E-PM-07)."""
    if day > today:
        raise RuleViolation("E-PM-07", field=field, label=label)
