"""What happened in a case, from the evidence log: steps and acts in words."""

from cms.core.evidence.history import HistoryLine, list_lines
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.models.objections import ObjectionOutcome
from cms.rules.empowerment import EmpowermentEvent, PriorityChoice

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


def list_history(case: EmpowermentCase) -> list[HistoryLine]:
    """Return the newest lines of a case's record, oldest first (1 query)."""
    return list_lines(case, TITLES, _text)


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
