"""Timers of tasks: reminders before the day, and the end of a statutory period."""

from datetime import date, datetime

from cms.core import due
from cms.recordal.models import RecordalTask
from cms.rules.recordal import UNSUBMITTED, TaskKind
from cms.rules.shanghai_time import start_of, to_shanghai

REMIND = "recordal.remind"
OVERDUE = "recordal.overdue"


def arrange(task: RecordalTask, *, at: datetime) -> None:
    """Set the timers that the task's state calls for, and cancel the others.

    Reminders whose day has passed are left out: a contract that is filed late is
    not reminded of three times at once. A provisional end has no timer (T-07);
    reminders count from the nominal day and stand anyway (T-06). What is taken up
    again after the end of its contract is not reminded of.
    """
    if task.status not in UNSUBMITTED or task.contract.ended_on is not None:
        for kind in (REMIND, OVERDUE):
            due.cancel(kind, task, at=at)
        return
    today = to_shanghai(at).date()
    for place, text in enumerate(task.reminders):
        day = date.fromisoformat(text)
        if day > today:
            due.schedule(REMIND, task, start_of(day), cycle=place)
    if task.kind != TaskKind.LICENSE_RECORDAL or task.close_at is None:
        return
    if task.is_provisional:
        due.cancel(OVERDUE, task, at=at)
    else:
        due.schedule(OVERDUE, task, task.close_at)
