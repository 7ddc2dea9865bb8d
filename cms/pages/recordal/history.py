"""What happened to a task, from the evidence log, in words."""

from dataclasses import dataclass
from datetime import datetime

from cms.core.models import EvidenceEntry
from cms.core.subjects import subject_of
from cms.recordal.models import RecordalTask
from cms.rules.recordal import TaskEvent

_LONGEST = 200
_TITLES = {
    **{f"recordal_task.{event.value}": event.label for event in TaskEvent},
    "recordal_task.reminded": "到期提醒",
    "recordal_task.overdue": "备案期限届满，尚未申请",
    "recordal.sheet": "补填登记数据",
    "period.moved": "工作日历更新，截止日重新推算",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the record."""

    at: datetime
    title: str
    text: str
    by: str


def list_history(task: RecordalTask) -> list[HistoryLine]:
    """Return the newest lines of a task's record, oldest first (1 query)."""
    entries = EvidenceEntry.objects.filter(
        subject=subject_of(task), kind__in=list(_TITLES)
    ).order_by("-sequence")[:_LONGEST]
    return [
        HistoryLine(
            entry.legal_at,
            _TITLES[entry.kind],
            _text(entry.payload),
            entry.actor_name,
        )
        for entry in reversed(entries)
    ]


def _text(payload: dict[str, object]) -> str:
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
