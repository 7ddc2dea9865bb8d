"""Deadlines: the one time engine (T-01 to T-15) behind every period of the product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cms.rules.counting import (
    Count,
    DerivedDay,
    count_months,
    count_natural_days,
    count_right,
    count_to_fixed_date,
    count_working_days,
    extend,
    extend_to,
    roll,
)
from cms.rules.parameters import Parameter, ParameterKind, ParameterRegister
from cms.rules.periods import PERIODS
from cms.rules.shanghai_time import ONE_DAY, end_of, format_close, to_shanghai
from cms.rules.suspensions import Suspension, merge, suspend
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed period `[opened_at, close_at)`; `last_day` ends at `close_at`.

    `provisional` (暂定): a year without an official arrangement was presumed,
    `missing_year` names it. `nominal_day` is the end before the last roll.
    """

    rule: str
    rule_version: str
    opened_at: datetime
    close_at: datetime
    last_day: date
    provisional: bool
    derivation: tuple[DerivedDay, ...]
    nominal_day: date
    missing_year: int | None
    calendar_version: str


def compute(
    rule: str,
    opened_at: datetime,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[int] = (),
    rule_version: str | None = None,
    *,
    planned_last_day: date | None = None,
    register: ParameterRegister = PERIODS,
) -> Deadline:
    """Return the deadline of a rule for a period that opened at an instant.

    `rule_version` is the edition the case keeps; None takes that of the opening
    day. `planned_last_day` is a longer notice that the user wants (T-11).

    Raises:
        RuleViolation: E-CL-01, E-CL-03, E-CL-04, E-XT-06, E-CL-05, E-XT-01,
            E-XT-02, E-OB-01, E-NT-03, the first that applies in this order; or
            E-NT-01 for a planned day that is too early.
    """
    opened = to_shanghai(opened_at)
    edition = rule_version or register.edition_on(opened.date())
    period = find_period(rule, edition, register)
    for stop in suspensions:
        check_suspension(period, opened, stop, str(stop))
    check_extensions(period, extensions, edition, register)
    rolls = period.rolls and bool(register.get("ROLL_ON_REST_DAY", edition).value)
    count = _count(period, opened.date(), calendar)
    if rolls:
        count = roll(count, calendar)
    if planned_last_day is not None:
        count = _lengthen(count, planned_last_day)
    for stop in merge(suspensions):
        count = suspend(count, stop, calendar, rolls=rolls)
    for number, days in enumerate(extensions, start=1):
        count = extend(count, days, number=number)
    return Deadline(
        rule=period.name,
        rule_version=edition,
        opened_at=opened,
        close_at=end_of(count.last_day),
        last_day=count.last_day,
        provisional=count.missing_year is not None,
        derivation=count.days,
        nominal_day=count.nominal_day,
        missing_year=count.missing_year,
        calendar_version=calendar.version,
    )


def recompute(
    rule: str,
    opened_at: datetime,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[int] = (),
    rule_version: str | None = None,
    *,
    planned_last_day: date | None = None,
    register: ParameterRegister = PERIODS,
) -> Deadline:
    """Return the deadline of a period that has already been published.

    As `compute`, but a planned day that the statutory minimum has overtaken
    (the calendar changed meanwhile) gives way to it instead of being refused.
    """
    planned = planned_last_day
    if planned is not None:
        least = compute(
            rule, opened_at, calendar, rule_version=rule_version, register=register
        )
        planned = max(planned, least.last_day)
    return compute(
        rule,
        opened_at,
        calendar,
        suspensions,
        extensions,
        rule_version,
        planned_last_day=planned,
        register=register,
    )


def find_period(
    rule: str, edition: str, register: ParameterRegister = PERIODS
) -> Parameter:
    """Return the period behind a rule's name.

    Raises:
        RuleViolation: E-CL-01, no such period.
    """
    found = register.find(rule, edition)
    if found is None or not found.is_period:
        raise RuleViolation("E-CL-01", field="rule", rule=rule)
    return found


def check_suspension(
    period: Parameter, opened_at: datetime, stop: Suspension, shown: str
) -> None:
    """Refuse a stop that the period does not know or that is out of order.

    Raises:
        RuleViolation: E-CL-03, E-CL-04 (with the text `shown`).
    """
    if not period.is_suspendable:
        raise RuleViolation("E-CL-03", field="suspend", rule=period.name)
    if not opened_at <= stop.start < stop.end:
        raise RuleViolation("E-CL-04", field="suspend", value=shown)


def check_extendable(period: Parameter) -> None:
    """Refuse an extension of a period that cannot be extended.

    Raises:
        RuleViolation: E-XT-06.
    """
    if not period.is_extendable:
        raise RuleViolation("E-XT-06", field="extend")


def check_extensions(
    period: Parameter,
    extensions: Sequence[int],
    edition: str,
    register: ParameterRegister = PERIODS,
) -> None:
    """Refuse extensions that are too long or too many (OT-23).

    Raises:
        RuleViolation: E-XT-06, E-CL-05, E-XT-01, E-XT-02.
    """
    if not extensions:
        return
    check_extendable(period)
    for days in extensions:
        if days < 1:
            raise RuleViolation("E-CL-05", field="extend", value=days)
    if max(extensions) > register.get("EXT_MAX", edition).amount:
        raise RuleViolation("E-XT-01", field="extend")
    if len(extensions) > register.get("EXT_TIMES", edition).amount:
        raise RuleViolation("E-XT-02", field="extend")


def reminder_days(
    deadline: Deadline, register: ParameterRegister = PERIODS
) -> tuple[date, ...]:
    """Return the days of reminding, counted from the nominal date (T-06)."""
    period = register.get(deadline.rule, deadline.rule_version)
    return tuple(deadline.nominal_day - days * ONE_DAY for days in period.reminders)


def is_open(opened_at: datetime, close_at: datetime, at: datetime) -> bool:
    """Whether an instant lies in the half-open period (T-03)."""
    return opened_at <= at < close_at


def is_late(close_at: datetime, received_at: datetime) -> bool:
    """Whether an act came at the close or later (T-09)."""
    return received_at >= close_at


def effective_close(closes: Iterable[datetime]) -> datetime:
    """Return the close of a notice on several venues: the latest (T-12)."""
    return max(closes)


def check_planned_close(deadline: Deadline, planned_close_at: datetime) -> None:
    """Refuse a planned close before the statutory one (T-11).

    Raises:
        RuleViolation: E-NT-01 with the earliest close.
    """
    if planned_close_at < deadline.close_at:
        earliest = format_close(deadline.close_at)
        raise RuleViolation("E-NT-01", field="planned_close", earliest=earliest)


def require_firm(deadline: Deadline) -> None:
    """Refuse a provisional deadline where a fixed one is needed (T-07).

    Raises:
        RuleViolation: E-NT-03 with the missing year.
    """
    if deadline.missing_year is not None:
        raise RuleViolation("E-NT-03", year=deadline.missing_year)


def require_expired(close_at: datetime, at: datetime) -> None:
    """Refuse the next step before a notice has ended.

    Raises:
        RuleViolation: E-NT-04 with the close.
    """
    if not is_late(close_at, at):
        raise RuleViolation("E-NT-04", close=format_close(close_at))


def _count(period: Parameter, opening: date, calendar: Calendar) -> Count:
    if period.kind is ParameterKind.NATURAL_DAYS:
        return count_natural_days(opening, period.amount)
    if period.kind is ParameterKind.WORKING_DAYS:
        return count_working_days(opening, period.amount, calendar)
    if period.kind is ParameterKind.FIXED_DATE:
        return count_to_fixed_date(opening, period.fixed_date)
    if period.counts_first_day:
        return count_right(opening, period.amount)
    if period.kind is ParameterKind.YEARS:
        return count_months(opening, 12 * period.amount, unit_months=12)
    return count_months(opening, period.amount)


def _lengthen(count: Count, planned: date) -> Count:
    if planned < count.last_day:
        earliest = format_close(end_of(count.last_day))
        raise RuleViolation("E-NT-01", field="planned_close", earliest=earliest)
    return extend_to(count, planned)
