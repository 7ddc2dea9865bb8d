"""Writes of the working-day calendar: every change is a new version with evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import models
from django.dispatch import Signal

from cms.core import calendar_files, due, evidence
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.models import CalendarDay, CalendarYear, EvidenceEntry
from cms.core.subjects import subject_of
from cms.core.working_calendar import (
    OpenPeriod,
    PeriodSource,
    get_calendar,
    period_sources,
    warn_on,
    with_year,
)
from cms.rules import working_days
from cms.rules.rederivation import (
    Outcome,
    Rederivation,
    rederive,
    told_last_day,
)
from cms.rules.roles import Role
from cms.rules.shanghai_time import start_of, to_shanghai
from cms.rules.violations import RuleViolation
from cms.rules.working_days import Calendar

# Sent inside the transaction that stored a year, with the instant `at`: what could
# not be computed for want of that year may be computed now.
year_saved = Signal()
KEEPERS = (Role.BUREAU, Role.ADMINISTRATOR)
WARN_KIND = "calendar.year_missing"


@dataclass(frozen=True, slots=True)
class YearDraft:
    """A year as somebody wants it, on top of the version that he saw.

    `base_version` is 0 where the year had none; `source` names the official
    document; `reason` says why the calendar changes.
    """

    year: int
    days: Mapping[date, tuple[bool, str]]
    source: str
    is_published: bool
    reason: str
    base_version: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a changed calendar does to one open period."""

    source: PeriodSource
    period: OpenPeriod
    result: Rederivation


def load_shipped_years(*, at: datetime) -> list[int]:
    """Store the shipped years that the table lacks; return them.

    1. Stores each as version 1, without touching a year that is there.
    2. Writes no evidence: the files are part of the product.
    """
    known = set(CalendarYear.objects.values_list("year", flat=True))
    added = []
    with writing():
        for year, days in calendar_files.shipped_years().items():
            if year not in known:
                draft = YearDraft(
                    year, days, calendar_files.SHIPPED_SOURCE, True, "随产品提供", 0
                )
                _store(draft, version=1, by=SYSTEM, at=at)
                added.append(year)
    return added


def schedule_warning(*, at: datetime) -> None:
    """Set the one due row that warns before the first year without data."""
    missing = get_calendar().first_missing_year(to_shanghai(at).year)
    last = CalendarYear.objects.filter(is_current=True, year=missing - 1).first()
    for row in CalendarYear.objects.filter(year__gte=missing - 2):
        if row != last:
            due.cancel(WARN_KIND, row, at=at)
    if last is not None:
        due.schedule(WARN_KIND, last, start_of(warn_on(missing)))


def list_changes(
    before: Mapping[date, tuple[bool, str]], after: Mapping[date, tuple[bool, str]]
) -> list[dict[str, object]]:
    """Return the days that differ, each with what it was and what it becomes."""
    return [
        {
            "date": day.isoformat(),
            "from": list(before[day]) if day in before else None,
            "to": list(after[day]) if day in after else None,
        }
        for day in sorted(before.keys() | after.keys())
        if before.get(day) != after.get(day)
    ]


def preview_year(draft: YearDraft, *, at: datetime) -> list[Effect]:
    """Return what the draft would do to open periods; writes nothing."""
    year = working_days.calendar_year(
        draft.year,
        draft.days,
        source=draft.source,
        version=draft.base_version + 1,
        is_published=draft.is_published,
    )
    return _effects(with_year(get_calendar(), year), at=at)


def save_year(draft: YearDraft, *, by: Actor, at: datetime) -> CalendarYear:
    """Store a year's new version and derive the open periods anew.

    1. Refuses who may not keep the calendar (E-ST-02), a stale draft (E-ST-04),
       an empty source or reason (E-WC-04), no change (E-WC-05) and taking back
       an official year (E-WC-06).
    2. Stores the version and its evidence entry, with every changed day.
    3. Moves the open periods; each change leaves an entry with the old value.
    4. Sets the due row of the next warning; `year_saved`.
    """
    if not by.has(*KEEPERS):
        raise RuleViolation("E-ST-02", event="维护工作日历")
    with writing():
        current = (
            CalendarYear.objects.select_for_update()
            .filter(year=draft.year, is_current=True)
            .first()
        )
        _check(draft, current)
        told = get_calendar()
        changes = list_changes(_days_of(current), draft.days)
        row = _store(draft, version=draft.base_version + 1, by=by, at=at)
        evidence.record(
            "calendar.year_saved",
            row,
            {
                "year": row.year,
                "version": row.version,
                "source": row.source,
                "is_published": row.is_published,
                "reason": row.reason,
                "digest": row.digest,
                "changes": changes,
            },
            by=by,
            at=at,
        )
        _rederive_open_periods(row, told, by=by, at=at)
        schedule_warning(at=at)
        year_saved.send(CalendarYear, at=at)
    return row


def _check(draft: YearDraft, current: CalendarYear | None) -> None:
    if (current.version if current else 0) != draft.base_version:
        raise RuleViolation("E-ST-04")
    missing = [
        label
        for label, text in (("来源", draft.source), ("修改原因", draft.reason))
        if not text.strip()
    ]
    if missing:
        raise RuleViolation("E-WC-04", field="reason", fields="、".join(missing))
    if current is None:
        return
    if current.is_published and not draft.is_published:
        raise RuleViolation("E-WC-06", field="is_published", year=draft.year)
    if (_digest(draft), draft.is_published) == (current.digest, current.is_published):
        raise RuleViolation("E-WC-05", field="days", year=draft.year)


def _store(draft: YearDraft, *, version: int, by: Actor, at: datetime) -> CalendarYear:
    CalendarYear.objects.filter(year=draft.year, is_current=True).update(
        is_current=False
    )
    row = CalendarYear.objects.create(
        year=draft.year,
        version=version,
        source=draft.source.strip(),
        is_published=draft.is_published,
        is_current=True,
        reason=draft.reason.strip(),
        digest=_digest(draft),
        recorded_at=at,
        recorded_by=by.name,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar_year=row, date=day, is_workday=is_workday, name=name)
        for day, (is_workday, name) in sorted(draft.days.items())
    )
    return row


def _rederive_open_periods(
    row: CalendarYear, told: Calendar, *, by: Actor, at: datetime
) -> None:
    for effect in _effects(get_calendar(), at=at):
        stored, result = effect.period.stored, effect.result
        if result.outcome is Outcome.UNCHANGED:
            continue
        deadline = result.deadline
        if deadline is not None:
            effect.source.move(effect.period, deadline, by, at)
        elif effect.source.keep is not None and not stored.provisional:
            effect.source.keep(effect.period, told_last_day(stored, told))
        evidence.record(
            f"period.{result.outcome.value}",
            effect.period.subject,
            {
                "rule": stored.rule,
                "rule_version": stored.rule_version,
                "calendar": str(row),
                "old_close_at": stored.close_at.isoformat(),
                "old_provisional": stored.provisional,
                "close_at": (deadline or stored).close_at.isoformat(),
                "provisional": (deadline or stored).provisional,
                "why": f"{result.why}（{row}：{row.reason}）",
            },
            by=by,
            at=at,
        )


def _effects(calendar: Calendar, *, at: datetime) -> list[Effect]:
    return [
        Effect(source, period, rederive(period.stored, calendar, at=at))
        for source in period_sources()
        for period in source.list_open()
    ]


def _days_of(row: CalendarYear | None) -> dict[date, tuple[bool, str]]:
    if row is None:
        return {}
    return {day.date: (day.is_workday, day.name) for day in row.days.all()}


def _digest(draft: YearDraft) -> str:
    return sha256(calendar_files.write_year(draft.days).encode()).hexdigest()


def list_rederivations(subject: models.Model) -> list[dict[str, object]]:
    """Return what calendar changes did to a period, oldest first, from the evidence."""
    entries = EvidenceEntry.objects.filter(
        subject=subject_of(subject), kind__startswith="period."
    )
    return [
        {**entry.payload, "recorded_at": entry.recorded_at}
        for entry in entries.order_by("sequence")
    ]
