"""Health of the sweep: what is overdue, what fails, when it last ran."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.core.models import DueEvent, SweepState

STALE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Failure:
    """A due event whose handler failed."""

    event: str
    attempts: int
    error: str
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """The sweep at an instant; ages in seconds, None where there is nothing."""

    oldest_overdue_seconds: int
    overdue: int
    failures: tuple[Failure, ...]
    heartbeat_age_seconds: int | None

    @property
    def is_ok(self) -> bool:
        """Whether the sweep runs, is not behind, and nothing fails."""
        limit = STALE_AFTER.total_seconds()
        is_alive = (
            self.heartbeat_age_seconds is not None
            and self.heartbeat_age_seconds <= limit
        )
        return is_alive and not self.failures and self.oldest_overdue_seconds <= limit


def get_health(at: datetime) -> Health:
    """Return the state of the sweep (4 queries)."""
    open_rows = DueEvent.objects.filter(fired_at=None, cancelled_at=None)
    overdue = open_rows.filter(due_at__lte=at).order_by("due_at")
    oldest = overdue.first()
    failing = open_rows.filter(attempts__gt=0).order_by("due_at", "id")
    state = SweepState.objects.filter(pk=1).first()
    beat = state.beat_at if state else None
    return Health(
        oldest_overdue_seconds=_age(oldest.due_at, at) if oldest else 0,
        overdue=overdue.count(),
        failures=tuple(
            Failure(
                f"{row.kind} {row.subject}", row.attempts, row.last_error, row.retry_at
            )
            for row in failing[:50]
        ),
        heartbeat_age_seconds=_age(beat, at) if beat else None,
    )


def _age(earlier: datetime, at: datetime) -> int:
    return max(0, int((at - earlier).total_seconds()))
