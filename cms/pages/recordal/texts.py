"""Words of the room: colour of a state, the days as people read them."""

from dataclasses import dataclass
from datetime import datetime

from cms.recordal.models import RecordalTask
from cms.rules.periods import PERIODS
from cms.rules.recordal import TaskKind, TaskState
from cms.rules.shanghai_time import to_shanghai

_TONES = {
    TaskState.SUBMITTED: "now",
    TaskState.DONE: "ok",
    TaskState.REFUSED: "stop",
    TaskState.LAPSED: "",
}
_BASIS = {
    TaskKind.CONTRACT_REGISTRATION: ("附件1十一", "附件6六(三)"),
    TaskKind.TITLE_REGISTRATION: ("附件1十一", "附件6六(三)"),
    TaskKind.LICENSE_RECORDAL: ("附件6六(三)",),
    TaskKind.TAX_AND_ACCOUNTS: ("附件1十一", "附件1十二(三)"),
    TaskKind.FILING: ("附件6六(四)", "附件5三(四)"),
}
_REGISTERED = (
    TaskKind.CONTRACT_REGISTRATION,
    TaskKind.TITLE_REGISTRATION,
    TaskKind.LICENSE_RECORDAL,
)
EXPLANATIONS = {
    TaskKind.CONTRACT_REGISTRATION: (
        "由卖方（出让方、许可方）在合同有效期内向技术合同登记机构申请认定登记。"
    ),
    TaskKind.TITLE_REGISTRATION: "权利自登记之日起转移，办结前案件不能确认登记完成。",
    TaskKind.LICENSE_RECORDAL: (
        "自合同生效之日起3个月内向国务院专利行政部门备案；逾期的，合同有效期内仍可"
        "办理，须说明原因。备案不是合同生效的条件。"
    ),
    TaskKind.TAX_AND_ACCOUNTS: "逐项核对税收减免、会计处理和台账登记。",
    TaskKind.FILING: (
        "把合同信息告知市科技局、市市场监督管理局等部门，属于事后告知，"
        "不是审批，不影响合同效力。"
    ),
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as lists and case pages show it."""

    task: RecordalTask
    kind: str
    tone: str
    days: str
    is_overdue: bool
    url: str = ""


def basis_of(task: RecordalTask) -> tuple[str, ...]:
    """Return the articles that a task rests on."""
    return _BASIS[TaskKind(task.kind)]


def tone_of(task: RecordalTask, at: datetime) -> str:
    """Return the colour of a task's state: red where its period is missed."""
    if task.is_overdue(at):
        return "stop"
    return _TONES.get(TaskState(task.status), "warn")


def row_of(task: RecordalTask, at: datetime, *, url: str = "") -> TaskRow:
    """Return how a task is shown."""
    return TaskRow(
        task,
        str(task),
        tone_of(task, at),
        days_of(task, at),
        task.is_overdue(at),
        url,
    )


def days_of(task: RecordalTask, at: datetime) -> str:
    """Return until when a task is to be done, or when it was done, in words."""
    if task.status == TaskState.DONE and task.done_on:
        return f"{task.done_on}办结"
    if task.status == TaskState.SUBMITTED and task.submitted_on:
        return f"{task.submitted_on}申请"
    if task.status in (TaskState.NOT_NEEDED, TaskState.LAPSED):
        return ""
    if task.due_on is None:
        return _without_day(task)
    return _with_day(task, at)


def after_end(task: RecordalTask) -> str:
    """Return what the end of the contract means for a task; empty while it runs."""
    if task.contract.ended_on is None:
        return ""
    told = f"合同已于{task.contract.ended_on}结束。"
    if task.kind not in _REGISTERED:
        return told
    if task.status == TaskState.DONE:
        return f"{told}已登记、备案的，请另行办理变更登记或者备案注销。"
    if task.status == TaskState.LAPSED and task.submitted_on is not None:
        return (
            f"{told}申请已于{task.submitted_on}提交的，请向登记（备案）机关撤回；"
            "机关在此之前已经办理的，凭证明登记办结。"
        )
    return told


def _with_day(task: RecordalTask, at: datetime) -> str:
    day = f"{task.due_on} 24:00"
    if task.is_provisional:
        return f"截止{day}（暂定，{task.provisional_year}年节假日安排公布后确定）"
    if task.kind == TaskKind.FILING:
        is_past = task.due_on is not None and task.due_on < to_shanghai(at).date()
        return f"提醒日{task.due_on}已过，请尽快报送" if is_past else f"建议{day}前报送"
    if task.kind == TaskKind.CONTRACT_REGISTRATION:
        return f"合同有效期至{task.due_on}，期内办理"
    left = (task.due_on - to_shanghai(at).date()).days if task.due_on else 0
    if task.is_overdue(at):
        return f"截止{day}，已逾期{-left}日"
    return f"截止{day}，还有{left}日" if left > 0 else f"截止{day}，今日到期"


def _without_day(task: RecordalTask) -> str:
    if task.kind == TaskKind.CONTRACT_REGISTRATION:
        return "合同有效期内办理"
    if task.kind == TaskKind.LICENSE_RECORDAL:
        months = PERIODS.get("PATENT_RECORD", task.contract.rule_edition).amount
        return f"自合同生效之日起{months}个月内"
    return "没有规定期限"
