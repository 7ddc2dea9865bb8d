"""Suspensions (T-08): merging, the remaining time, the new end, the days between."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cms.rules.counting import Count, DerivedDay, roll
from cms.rules.shanghai_time import (
    ONE_DAY,
    end_of,
    format_close,
    last_day_before,
    start_of,
    to_shanghai,
)
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar

# A longer stop is shown by its first and last day, or one request could ask for
# millions of rows.
DAYS_SHOWN = 1100


@dataclass(frozen=True, slots=True, order=True)
class Suspension:
    """A half-open interval `[start, end)` in which the clock stands still."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        """Return `FROM..TO` as the calculator reads it."""
        start, end = to_shanghai(self.start), to_shanghai(self.end)
        return f"{start.isoformat()}..{end.isoformat()}"


def merge(suspensions: Iterable[Suspension]) -> tuple[Suspension, ...]:
    """Return the stops in time order; those that overlap or touch become one."""
    merged: list[Suspension] = []
    for stop in sorted(suspensions):
        if merged and stop.start <= merged[-1].end:
            merged[-1] = Suspension(merged[-1].start, max(merged[-1].end, stop.end))
        else:
            merged.append(stop)
    return tuple(merged)


def suspend(
    count: Count, stop: Suspension, calendar: Calendar, *, rolls: bool
) -> Count:
    """Stop the clock: the remaining time runs on from the resumption.

    Raises:
        RuleViolation: E-OB-01, the stop begins at the close or later.
    """
    close_at = end_of(count.last_day)
    if stop.start >= close_at:
        raise RuleViolation("E-OB-01", close=format_close(close_at))
    remaining = close_at - stop.start
    ends_at = stop.end + remaining
    last = last_day_before(ends_at)
    days = (
        *(row for row in count.days if row.date < stop.start.date()),
        *_stopped_days(count, stop),
        *_resumed_days(stop, remaining, ends_at),
    )
    stopped = replace(count, nominal_day=last, last_day=last, days=days)
    return roll(stopped, calendar) if rolls else stopped


def _stopped_days(count: Count, stop: Suspension) -> Iterable[DerivedDay]:
    first, resumed = stop.start.date(), stop.end.date()
    if stop.start != start_of(first):
        before = next(row for row in count.days if row.date == first)
        reason = f"{before.reason}；{stop.start:%H:%M}起中止"
        if first == resumed:
            reason += f"，{stop.end:%H:%M}恢复"
        yield DerivedDay(first, before.counted, reason)
        first += ONE_DAY
    last = resumed - ONE_DAY
    if (last - first).days < DAYS_SHOWN:
        for offset in range((last - first).days + 1):
            yield DerivedDay(first + offset * ONE_DAY, False, "中止期间，不计入")
        return
    reason = f"{first}至{last}中止，均不计入"
    yield DerivedDay(first, False, reason)
    yield DerivedDay(last, False, reason)


def _resumed_days(
    stop: Suspension, remaining: timedelta, ends_at: datetime
) -> Iterable[DerivedDay]:
    resumed, last = stop.end.date(), last_day_before(ends_at)
    day = resumed
    if stop.start.date() == resumed and stop.start != start_of(resumed):
        day += ONE_DAY
    while day <= last:
        parts = []
        if day == resumed:
            parts.append(f"{stop.end:%H:%M}恢复，剩余{_spell(remaining)}")
        parts.append(_ending(day, ends_at) if day == last else "继续计算")
        yield DerivedDay(day, True, "；".join(parts))
        day += ONE_DAY


def _ending(day: date, ends_at: datetime) -> str:
    if ends_at == end_of(day):
        return "剩余时间至24:00用完"
    return f"剩余时间至{ends_at:%H:%M}用完，进至24:00"


def _spell(span: timedelta) -> str:
    hours, seconds = divmod(span.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = ((span.days, "日"), (hours, "小时"), (minutes, "分"), (seconds, "秒"))
    return "".join(f"{value}{unit}" for value, unit in parts if value) or "不足1秒"
