"""What the timers do: remind, and put on record that a period has run out."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.recordal.models import RecordalTask
from cms.rules.recordal import UNSUBMITTED
from cms.rules.shanghai_time import to_shanghai


def remind_of_task(task: RecordalTask, *, at: datetime) -> None:
    """Put a reminder on a task that nobody has applied for; no effect on others."""
    with writing():
        fresh = RecordalTask.objects.select_for_update().get(pk=task.pk)
        if fresh.status not in UNSUBMITTED:
            return
        fresh.reminded_on = to_shanghai(at).date()
        fresh.save(update_fields=["reminded_on"])
        content: dict[str, object] = {"kind": fresh.kind, "due_on": fresh.due_on}
        evidence.record("recordal_task.reminded", fresh, content, by=SYSTEM, at=at)


def mark_overdue(task: RecordalTask, *, at: datetime) -> None:
    """Put on record that a license's three months have run out (PS-03).

    The task stays open: it may still be recorded while the contract runs.
    """
    with writing():
        fresh = RecordalTask.objects.select_for_update().get(pk=task.pk)
        if not fresh.is_overdue(at):
            return
        fresh.overdue_at = at
        fresh.save(update_fields=["overdue_at"])
        content: dict[str, object] = {"kind": fresh.kind, "due_on": fresh.due_on}
        evidence.record("recordal_task.overdue", fresh, content, by=SYSTEM, at=at)
