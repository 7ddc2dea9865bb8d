"""Counting of days, months and years, with the reason for every day (T-02 to T-06)."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from cms.rules.shanghai_time import ONE_DAY
from cms.rules.working_days import Calendar


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """One day of a derivation; `counted`: it counts, wholly or in part."""

    date: date
    counted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it stands: nominal end, end after the roll, the days that led there.

    `missing_year` is the first year whose arrangement was presumed, or None.
    """

    nominal_day: date
    last_day: date
    days: tuple[DerivedDay, ...]
    missing_year: int | None = None


def add_months(day: date, months: int) -> date:
    """Return the corresponding day, or the month's last day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_right(first_day: date, years: int) -> date:
    """Return the last day of a right that runs from a first day (T-06)."""
    corresponding = add_months(first_day, 12 * years)
    if corresponding.day != first_day.day:
        return corresponding
    return corresponding - ONE_DAY


def count_natural_days(opening: date, amount: int) -> Count:
    """Count natural days; the opening day is not counted (T-02, T-03)."""
    days = [_opening_row(opening)]
    for number in range(1, amount + 1):
        day = opening + number * ONE_DAY
        days.append(DerivedDay(day, True, f"第{number}日"))
    return Count(days[-1].date, days[-1].date, tuple(days))


def count_working_days(opening: date, amount: int, calendar: Calendar) -> Count:
    """Count working days; the opening day is not counted (T-02, T-07).

    Raises:
        RuleViolation: E-NT-03, a year that is needed is missing.
    """
    days = [_opening_row(opening)]
    day, number = opening, 0
    while number < amount:
        day += ONE_DAY
        calendar.require_firm(day.year)
        reason = calendar.describe(day)
        if calendar.is_working_day(day):
            number += 1
            days.append(DerivedDay(day, True, f"第{number}个工作日（{reason}）"))
        else:
            days.append(DerivedDay(day, False, f"{reason}，不计入"))
    return Count(day, day, tuple(days))


def count_months(opening: date, months: int, *, unit_months: int = 1) -> Count:
    """Count months to the corresponding day (T-06); `unit_months` 12 for years."""
    unit = "年" if unit_months == 12 else "个月"
    days = [_opening_row(opening)]
    for passed in range(unit_months, months + 1, unit_months):
        day = add_months(opening, passed)
        is_short = day.day != opening.day
        note = "无对应日，为月末日" if is_short else "对应日"
        reason = f"满{passed // unit_months}{unit}（{note}）"
        days.append(DerivedDay(day, True, reason))
    return Count(days[-1].date, days[-1].date, tuple(days))


def count_right(first_day: date, years: int) -> Count:
    """Count the years of a right that runs from a first day (T-06)."""
    days = [DerivedDay(first_day, True, "权利首日，计入")]
    for passed in range(1, years + 1):
        day = last_day_of_right(first_day, passed)
        is_short = add_months(first_day, 12 * passed).day != first_day.day
        note = "无对应日，为月末日" if is_short else "对应日的前一日"
        days.append(DerivedDay(day, True, f"满{passed}年（{note}）"))
    return Count(days[-1].date, days[-1].date, tuple(days))


def count_to_fixed_date(opening: date, fixed_date: tuple[int, int, int]) -> Count:
    """Return the fixed date that belongs to the opening day's year (T-13)."""
    years, month, day = fixed_date
    due = date(opening.year + years, month, day)
    year = DerivedDay(opening, False, f"所属年度：{opening.year}年")
    reason = f"{'次年' if years else '当年'}{month}月{day}日（固定日期，当日计入）"
    last = DerivedDay(due, True, reason)
    return Count(due, due, (last,) if opening == due else (year, last))


def roll(count: Count, calendar: Calendar) -> Count:
    """Move the last day to a working day where it is a rest day (T-04).

    Years without data are presumed and remembered (T-07).
    """
    last, missing = count.last_day, count.missing_year
    days = list(count.days)
    ordinal = days.pop().reason
    while True:
        if missing is None and not calendar.is_firm(last.year):
            missing = last.year
        if calendar.is_working_day(last):
            break
        reason = f"{calendar.describe(last)}，顺延"
        if last == count.last_day:
            reason = f"{ordinal}，逢{reason}"
        days.append(DerivedDay(last, False, reason))
        last += ONE_DAY
    if last != count.last_day:
        ordinal = f"{ordinal}，顺延至此（{calendar.describe(last)}）"
    days.append(DerivedDay(last, True, ordinal))
    return replace(count, last_day=last, days=tuple(days), missing_year=missing)


def extend(count: Count, days: int, *, number: int) -> Count:
    """Add exactly `days` to the last day, without a roll (T-05)."""
    rows = tuple(
        DerivedDay(count.last_day + step * ONE_DAY, True, f"第{number}次延长第{step}日")
        for step in range(1, days + 1)
    )
    last = rows[-1].date
    return replace(count, nominal_day=last, last_day=last, days=count.days + rows)


def extend_to(count: Count, planned: date) -> Count:
    """Lengthen a count to a later day that the user has planned (T-11)."""
    rows = tuple(
        DerivedDay(count.last_day + step * ONE_DAY, True, "自行延长的公示日")
        for step in range(1, (planned - count.last_day).days + 1)
    )
    return replace(count, nominal_day=planned, last_day=planned, days=count.days + rows)


def _opening_row(opening: date) -> DerivedDay:
    return DerivedDay(opening, False, "开始当日不计入")
