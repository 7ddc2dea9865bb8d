"""One step of a task: the copy is locked, the table asked, the timers follow."""

from collections.abc import Mapping
from datetime import datetime

from cms.core.actors import Actor
from cms.core.locks import take_write_lock
from cms.core.transitions import apply
from cms.recordal.models import RecordalTask
from cms.recordal.queries import roles_over
from cms.recordal.timing import arrange
from cms.rules.recordal import RECORDAL_TASK, TaskEvent
from cms.rules.violations import RuleViolation


def lock_task(task: RecordalTask, version: int) -> RecordalTask:
    """Return the task locked; refuse a stale copy (E-ST-04)."""
    take_write_lock()
    fresh = RecordalTask.objects.select_for_update().get(pk=task.pk)
    if fresh.version != version:
        raise RuleViolation("E-ST-04")
    return fresh


def take_step(
    task: RecordalTask,
    event: TaskEvent,
    *,
    by: Actor,
    at: datetime,
    payload: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Take one step of the table, then let the timers follow the new state."""
    told = {"kind": task.kind, "contract": task.contract.paper, **(payload or {})}
    apply(
        RECORDAL_TASK,
        task,
        event,
        by=by,
        roles=roles_over(task, by),
        at=at,
        payload=told,
        reason=reason,
    )
    arrange(task, at=at)
