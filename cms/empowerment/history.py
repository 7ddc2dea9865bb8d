"""What happened in a case, from the evidence log: steps and acts in words."""

from dataclasses import dataclass
from datetime import datetime

from cms.core.models import EvidenceEntry
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.models.objections import ObjectionOutcome
from cms.rules.empowerment import EmpowermentEvent, PriorityChoice

LONGEST = 300
TITLES = {
    **{f"empowerment.{event.value}": event.label for event in EmpowermentEvent},
    "empowerment.opened": "新建案件",
    "empowerment.account": "关联成员账户",
    "empowerment.negative_list": "填写不可赋权核查",
    "empowerment.checked": "确认不可赋权核查",
    "empowerment.declared": "声明关联关系",
    "empowerment.verified": "核实关联关系声明",
    "empowerment.consent": "登记共有人同意书",
    "empowerment.opinion": "出具部门意见",
    "empowerment.objection": "登记异议",
    "empowerment.concluded": "办结异议",
    "empowerment.priority": "登记优先受让权处理",
    "empowerment.service": "登记赋后服务",
    "empowerment.service_due": "赋后服务到期提醒",
    "answers.saved": "保存文书内容",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the record; `target` is the state that a step led to."""

    at: datetime
    title: str
    text: str
    by: str
    target: str


def list_history(case: EmpowermentCase) -> list[HistoryLine]:
    """Return the newest lines of a case's record, oldest first (1 query)."""
    entries = EvidenceEntry.objects.filter(
        subject=subject_of(case), kind__in=list(TITLES)
    ).order_by("-sequence")[:LONGEST]
    return [_line(entry) for entry in reversed(entries)]


def _line(entry: EvidenceEntry) -> HistoryLine:
    return HistoryLine(
        at=entry.legal_at,
        title=TITLES[entry.kind],
        text=_text(entry.kind, entry.payload),
        by=entry.actor_name,
        target=str(entry.payload.get("to", "")),
    )


def _text(kind: str, payload: dict[str, object]) -> str:
    """Return the details of a line; the log holds no personal data."""
    parts = []
    if stage := payload.get("stage"):
        parts.append(CheckStage(str(stage)).label)
    if department := payload.get("department"):
        opinion = "同意" if payload.get("agrees") else "不同意"
        parts.append(f"{department}：{opinion}")
    if outcome := payload.get("outcome"):
        parts.append(ObjectionOutcome(str(outcome)).label)
    if kind == "empowerment.priority":
        parts.append(PriorityChoice(str(payload["choice"])).label)
    if reason := payload.get("reason"):
        parts.append(f"理由：{reason}")
    return "；".join(parts)
