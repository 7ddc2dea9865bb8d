"""A changed calendar moves the end of a recordal's period (A25, T-07)."""

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from cms.core import clock
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.working_calendar import OpenPeriod
from cms.recordal.actions.planning import store_deadline
from cms.recordal.models import RecordalTask
from cms.recordal.timing import arrange
from cms.rules.deadlines import Deadline
from cms.rules.recordal import UNSUBMITTED, TaskKind
from cms.rules.rederivation import StoredPeriod

_RUNNING = [state.value for state in UNSUBMITTED]


def list_open_periods() -> Iterator[OpenPeriod]:
    """Yield the periods that still run, and the provisional ones.

    The keeper of the calendar is of the bureau: he reads of no contract here.
    """
    now = clock.now()
    rows = RecordalTask.objects.filter(status__in=_RUNNING, close_at__isnull=False)
    for row in rows.order_by("id"):
        if (
            row.opened_at
            and row.close_at
            and (row.is_provisional or row.close_at > now)
        ):
            yield OpenPeriod(
                subject=row,
                label=f"{TaskKind(row.kind).label}任务{row.pk}",
                url="",
                stored=StoredPeriod(
                    rule=row.rule,
                    rule_version=row.rule_version,
                    opened_at=row.opened_at,
                    close_at=row.close_at,
                    provisional=row.is_provisional,
                ),
            )


@writing()
def move_period(
    period: OpenPeriod, deadline: Deadline, by: Actor, at: datetime
) -> None:
    """Store the new end and let the timers follow."""
    task = cast(RecordalTask, period.subject)
    store_deadline(task, deadline)
    task.save()
    arrange(task, at=at)
