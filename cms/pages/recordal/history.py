"""What happened to a task, from the evidence log, in words."""

from cms.core.evidence.history import HistoryLine, list_lines
from cms.recordal.models import RecordalTask
from cms.rules.recordal import TaskEvent

_TITLES = {
    **{f"recordal_task.{event.value}": event.label for event in TaskEvent},
    "recordal_task.reminded": "到期提醒",
    "recordal_task.overdue": "备案期限届满，尚未申请",
    "recordal.sheet": "补填登记数据",
    "period.moved": "工作日历更新，截止日重新推算",
}


def list_history(task: RecordalTask) -> list[HistoryLine]:
    """Return the newest lines of a task's record, oldest first (1 query)."""
    return list_lines(task, _TITLES, _text)


def _text(kind: str, payload: dict[str, object]) -> str:
    """Return the details of a line; the log holds no personal data."""
    parts = []
    if day := payload.get("submitted_on"):
        late = "，已逾期" if payload.get("is_late") else ""
        parts.append(f"申请日期{day}{late}")
    if day := payload.get("done_on"):
        parts.append(f"办结日期{day}")
    if number := payload.get("number"):
        parts.append(f"编号{number}")
    if reason := payload.get("reason"):
        parts.append(f"理由：{reason}")
    return "；".join(parts)
