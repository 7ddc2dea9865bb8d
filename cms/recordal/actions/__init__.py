"""Every act on the tasks of signed contracts."""

from cms.recordal.actions.endings import lapse_tasks, lengthen_contracts
from cms.recordal.actions.planning import plan_tasks
from cms.recordal.actions.steps import (
    Application,
    Outcome,
    complete_task,
    refuse_task,
    reopen_task,
    save_sheet,
    submit_task,
    waive_task,
)
from cms.recordal.actions.timers import mark_overdue, remind_of_task

__all__ = [
    "Application",
    "Outcome",
    "complete_task",
    "lapse_tasks",
    "lengthen_contracts",
    "mark_overdue",
    "plan_tasks",
    "refuse_task",
    "remind_of_task",
    "reopen_task",
    "save_sheet",
    "submit_task",
    "waive_task",
]
