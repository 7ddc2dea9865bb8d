"""Periods of venues and of the form check, derived from stored instants only."""

from dataclasses import dataclass
from datetime import date, datetime

from cms.core.working_calendar import get_calendar
from cms.notices.models import Notice, NoticePage, NoticeVenue
from cms.rules.deadlines import Deadline, compute, recompute
from cms.rules.notices import RequestState, rule_of
from cms.rules.periods import PERIODS
from cms.rules.shanghai_time import ONE_DAY, end_of, format_close, to_shanghai
from cms.rules.suspensions import Suspension as Stop
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class PeriodInputs:
    """All that a venue's close rests on; a grant is (decided at, days)."""

    rule: str
    rule_version: str
    opened_at: datetime
    planned_close_on: date | None = None
    stops: tuple[Stop, ...] = ()
    grants: tuple[tuple[datetime, int], ...] = ()


def preview(
    kind: str, opened_at: datetime, planned_close_on: date | None = None
) -> Deadline:
    """Return the period of a venue that would be opened at an instant.

    Raises:
        RuleViolation: E-NP-05 (planned end too late), E-NT-01 (too early), E-NT-03.
    """
    if planned_close_on is not None:
        _check_latest(planned_close_on, opened_at)
    return compute(
        rule_of(kind).period,
        opened_at,
        get_calendar(),
        planned_last_day=planned_close_on,
    )


def _check_latest(planned: date, opened_at: datetime) -> None:
    """Refuse a plan that lies so far ahead that it is a slip of the pen."""
    opened = to_shanghai(opened_at).date()
    most = PERIODS.get("NOTICE_PLAN_MAX", PERIODS.edition_on(opened)).amount
    if planned > opened + most * ONE_DAY:
        latest = format_close(end_of(opened + most * ONE_DAY))
        raise RuleViolation("E-NP-05", field="planned_close_on", latest=latest)


def preview_venue(notice: Notice, opened_at: datetime) -> Deadline:
    """Return the period of the next venue of a notice, opened at an instant.

    The plan is refused only at the first venue: a later one has a minimum of
    its own (T-12), to which a plan that no longer suffices gives way.

    Raises:
        RuleViolation: E-NP-05 (planned end too late), E-NT-01 (too early), E-NT-03.
    """
    planned = notice.planned_close_on
    if notice.published_at is None:
        return preview(notice.kind, opened_at, planned)
    rule = rule_of(notice.kind).period
    return recompute(rule, opened_at, get_calendar(), planned_last_day=planned)


def check_plan(notice: Notice, at: datetime) -> None:
    """Refuse a planned end that is too early or too late; a lacking calendar waits.

    Raises:
        RuleViolation: E-NT-01, E-NP-05, on the field of the plan.
    """
    try:
        preview_venue(notice, at)
    except RuleViolation as refused:
        if refused.code in {"E-NT-01", "E-NP-05"}:
            field = "planned_close_on"
            raise RuleViolation(
                refused.code, field=field, **refused.parameters
            ) from refused


def inputs_of_venue(venue: NoticeVenue, notice: Notice) -> PeriodInputs:
    """Return what a venue's close rests on.

    Reads `notice.suspensions` and `notice.extensions` (2 queries unless they
    are prefetched). A stop that has not ended does not yet move the close.
    """
    stops = [
        Stop(row.suspended_at, row.resumed_at)
        for row in notice.suspensions.all()
        if row.resumed_at is not None and row.resumed_at > row.suspended_at
    ]
    grants = [
        (row.decided_at, row.days)
        for row in notice.extensions.all()
        if row.status == RequestState.APPROVED and row.decided_at is not None
    ]
    return PeriodInputs(
        venue.rule,
        venue.rule_version,
        venue.opened_at,
        planned_of(venue, notice),
        tuple(stops),
        tuple(sorted(grants)),
    )


def planned_of(venue: NoticeVenue, notice: Notice) -> date | None:
    """Return the day before which the venue does not end: planned, or told and kept."""
    days = [d for d in (notice.planned_close_on, venue.told_last_day) if d is not None]
    return max(days, default=None)


def inputs_of_page(page: NoticePage) -> PeriodInputs:
    """Return what the public page's close rests on; no query."""
    instant = datetime.fromisoformat
    return PeriodInputs(
        page.rule,
        page.rule_version,
        page.published_at,
        page.planned_close_on,
        tuple(
            Stop(instant(start), instant(end))
            for start, end in page.stops
            if end and instant(end) > instant(start)
        ),
        tuple((instant(at), days) for at, days in page.extensions),
    )


def taken_changes(inputs: PeriodInputs) -> tuple[list[Stop], list[int]]:
    """Return the stops and the extensions that fell into the period.

    Two venues have two periods (T-12): what happened after one of them had
    closed moves only the other.
    """
    stops: list[Stop] = []
    days: list[int] = []
    for stop in inputs.stops:
        if inputs.opened_at <= stop.start < _compute(inputs, stops, days).close_at:
            stops.append(stop)
    for at, count in inputs.grants:
        if inputs.opened_at <= at < _compute(inputs, stops, days).close_at:
            days.append(count)
    return stops, days


def derive(inputs: PeriodInputs) -> Deadline:
    """Return the period as it stands: stops, extensions, planned end."""
    return _compute(inputs, *taken_changes(inputs))


def _compute(inputs: PeriodInputs, stops: list[Stop], days: list[int]) -> Deadline:
    return recompute(
        inputs.rule,
        inputs.opened_at,
        get_calendar(),
        stops,
        days,
        inputs.rule_version,
        planned_last_day=inputs.planned_close_on,
    )


def review_due(submitted_at: datetime) -> datetime | None:
    """Return when the form check is due, or None while no calendar knows it."""
    try:
        return compute("FORMAL_REVIEW", submitted_at, get_calendar()).close_at
    except RuleViolation:
        return None
