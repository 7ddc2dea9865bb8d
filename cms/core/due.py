"""Due rows: every timer of the product is a row that the sweep fires once.

The sweep goes in order of the due instants. Effect, evidence and the mark
`fired_at` are one transaction under the write lock, so a killed process leaves
nothing half done and a second sweeper finds nothing to repeat.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q

from cms.core import clock, evidence
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.core.models import DueEvent, SweepState
from cms.core.subjects import model_and_pk, subject_of

Handler = Callable[[models.Model, datetime], None]
_handlers: dict[str, Handler] = {}
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(hours=6)
_OPEN = Q(fired_at=None, cancelled_at=None)
_log = logging.getLogger("cms.due")


def register(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind: `handler(subject, <legal instant>)`."""

    def keep(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for {kind}")
        return handler

    return keep


def kinds() -> frozenset[str]:
    """Return the kinds that have a handler."""
    return frozenset(_handlers)


def schedule(
    kind: str, subject: models.Model, due_at: datetime, *, cycle: int = 0
) -> DueEvent:
    """Set or move the timer of a subject; a fired one is left as it is."""
    with writing():
        row, made = DueEvent.objects.get_or_create(
            kind=kind,
            subject=subject_of(subject),
            cycle=cycle,
            defaults={"due_at": due_at},
        )
        if not made and row.fired_at is None:
            row.due_at, row.cancelled_at = due_at, None
            row.attempts, row.retry_at, row.last_error = 0, None, ""
            row.save()
    return row


def set_timer(kind: str, subject: models.Model, due_at: datetime) -> DueEvent:
    """Move the timer of a subject; where the last one has fired, set the next.

    For a kind of which a subject has one timer at a time, however often it is set.
    """
    with writing():
        rows = DueEvent.objects.filter(kind=kind, subject=subject_of(subject))
        last = rows.order_by("-cycle").first()
        cycle = 0 if last is None else last.cycle + (last.fired_at is not None)
        return schedule(kind, subject, due_at, cycle=cycle)


def cancel(kind: str, subject: models.Model, *, at: datetime) -> None:
    """Cancel the open timers of a kind on a subject."""
    with writing():
        DueEvent.objects.filter(_OPEN, kind=kind, subject=subject_of(subject)).update(
            cancelled_at=at, retry_at=None
        )


def is_scheduled(kind: str, subject: models.Model) -> bool:
    """Whether a timer of the kind waits on the subject."""
    return DueEvent.objects.filter(
        _OPEN, kind=kind, subject=subject_of(subject)
    ).exists()


def next_cycle(kind: str, subject: models.Model) -> int:
    """Return the first cycle number that the subject's timer has not used."""
    rows = DueEvent.objects.filter(kind=kind, subject=subject_of(subject))
    last = rows.aggregate(last=Max("cycle"))["last"]
    return 0 if last is None else last + 1


def start_daily(kind: str, *, at: datetime) -> None:
    """Schedule a daily task for now unless its next run waits already."""
    with writing():
        state, _ = SweepState.objects.get_or_create(pk=1)
        if not is_scheduled(kind, state):
            schedule(kind, state, at)


def repeat_daily(kind: str, state: models.Model, at: datetime) -> None:
    """Schedule the next run of a daily task that ran for the instant `at`."""
    schedule(kind, state, at + timedelta(days=1), cycle=next_cycle(kind, state))


def sweep(*, until: datetime | None = None) -> int:
    """Fire what is due by `until` (now), oldest first; return how many fired.

    A handler that fails is tried again later (1, 2, 4 … minutes, 6 hours at
    most); meanwhile only the later events of the same subject wait.
    """
    limit = until or clock.now()
    fired = 0
    while (result := _fire_next(limit)) is not None:
        fired += result
    _beat(limit, fired)
    return fired


def _ready(limit: datetime) -> models.QuerySet[DueEvent]:
    """Return the open rows due by `limit` that no failing row holds up."""
    failing_before = DueEvent.objects.filter(
        _OPEN, subject=OuterRef("subject"), retry_at__gt=limit
    ).filter(
        Q(due_at__lt=OuterRef("due_at"))
        | Q(due_at=OuterRef("due_at"), id__lte=OuterRef("id"))
    )
    return DueEvent.objects.filter(
        _OPEN, ~Exists(failing_before), due_at__lte=limit
    ).order_by("due_at", "id")


def _fire_next(limit: datetime) -> int | None:
    """Fire one event; return 1 if it fired, 0 if it failed, None if none is due."""
    with writing():
        row = _ready(limit).select_for_update().first()
        if row is None:
            return None
        try:
            with writing():
                _fire(row)
        except Exception as error:  # the task runner: whatever a handler raises
            _log.exception("due event %s failed", row)
            _postpone(row, error, limit)
            return 0
        return 1


def _fire(row: DueEvent) -> None:
    model, pk = model_and_pk(row.subject)
    subject = model._default_manager.get(pk=pk)
    _handlers[row.kind](subject, row.due_at)
    row.fired_at = clock.now()
    row.retry_at, row.last_error = None, ""
    row.save(update_fields=["fired_at", "retry_at", "last_error"])
    evidence.record(
        "due_event.fired",
        subject,
        {"kind": row.kind, "cycle": row.cycle, "due_at": row.due_at},
        by=SYSTEM,
        at=row.due_at,
    )


def _postpone(row: DueEvent, error: Exception, limit: datetime) -> None:
    # `limit` and not the clock: in a catch-up run the next try is no earlier.
    wait = min(_FIRST_RETRY * 2 ** min(row.attempts, 16), _LONGEST_RETRY)
    row.refresh_from_db()
    row.attempts += 1
    row.retry_at = limit + wait
    row.last_error = f"{type(error).__name__}: {error}"[:300]
    row.save(update_fields=["attempts", "retry_at", "last_error"])


def _beat(at: datetime, fired: int) -> None:
    with writing():
        SweepState.objects.get_or_create(pk=1)
        SweepState.objects.filter(pk=1).update(beat_at=at, fired=F("fired") + fired)
