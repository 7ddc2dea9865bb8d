"""Due rows: every timer of the product is a row that the sweep fires once."""

from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction

from cms.core import clock
from cms.core.models import DueEvent
from cms.core.subjects import model_and_pk, subject_of

Handler = Callable[[models.Model, datetime], None]
_handlers: dict[str, Handler] = {}


def register(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind: `handler(subject, at=<legal instant>)`."""

    def keep(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for {kind}")
        return handler

    return keep


def schedule(
    kind: str, subject: models.Model, due_at: datetime, *, cycle: int = 0
) -> DueEvent:
    """Set or move the timer of a subject; a fired one is never moved."""
    row, _ = DueEvent.objects.update_or_create(
        kind=kind,
        subject=subject_of(subject),
        cycle=cycle,
        fired_at=None,
        defaults={"due_at": due_at, "cancelled_at": None},
    )
    return row


def cancel(kind: str, subject: models.Model, *, at: datetime) -> None:
    """Cancel the open timers of a kind on a subject."""
    DueEvent.objects.filter(
        kind=kind, subject=subject_of(subject), fired_at=None, cancelled_at=None
    ).update(cancelled_at=at)


def sweep(*, until: datetime | None = None) -> int:
    """Fire what is due by `until` (now), oldest first; return how many fired."""
    limit = until or clock.now()
    fired = 0
    while _fire_next(limit):
        fired += 1
    return fired


def _fire_next(limit: datetime) -> bool:
    with transaction.atomic():
        row = (
            DueEvent.objects.select_for_update()
            .filter(fired_at=None, cancelled_at=None, due_at__lte=limit)
            .order_by("due_at", "id")
            .first()
        )
        if row is None:
            return False
        model, pk = model_and_pk(row.subject)
        _handlers[row.kind](model._default_manager.get(pk=pk), row.due_at)
        row.fired_at = clock.now()
        row.save(update_fields=["fired_at"])
        return True
