"""State table of one registration or recordal task (§12)."""

from cms.rules.labels import LabeledEnum
from cms.rules.recordal.kinds import TaskKind
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by

_OFFICE = by(Role.TRANSFER_OFFICE, Role.FINANCE)
_UNIT = by(Role.TRANSFER_OFFICE)
_APPROVER = by(Role.APPROVER)
_SYSTEM = by(Role.SYSTEM)


class TaskState(LabeledEnum):
    """States of a task."""

    TODO = "todo", "待办"
    SUBMITTED = "submitted", "已提交"
    DONE = "done", "已办结"
    REFUSED = "refused", "不予登记"
    NOT_NEEDED = "not_needed", "无需办理"
    LAPSED = "lapsed", "合同结束，不再办理"


class TaskEvent(LabeledEnum):
    """What may happen to a task."""

    SUBMIT = "submit", "提交申请"
    COMPLETE = "complete", "办结"
    REFUSE = "refuse", "登记不予登记"
    REOPEN = "reopen", "重新办理"
    WAIVE = "waive", "确认无需办理"
    LAPSE = "lapse", "合同结束"


OPEN_STATES = (TaskState.TODO, TaskState.SUBMITTED, TaskState.REFUSED)
"""States in which the task is not settled."""

UNSUBMITTED = (TaskState.TODO, TaskState.REFUSED)
"""States in which a period that is missed makes the task overdue."""

DIRECT_KINDS = (TaskKind.FILING, TaskKind.TAX_AND_ACCOUNTS)
"""What may be settled without an application and its outcome."""

_T, _E = TaskState, TaskEvent
_CHECKED = "E-PS-01, E-PS-02, E-PS-03, E-PS-04, E-PS-05, E-PS-06, E-PS-07"
_DATA = "D-61、D-62a、D-62b、D-63"
_ENDED = "案件（合同）已解除，或者已到期且该事项须在合同有效期内办理"

RECORDAL_TASK = StateTable(
    name="recordal_task",
    label="登记备案任务",
    states=TaskState,
    events=TaskEvent,
    transitions=(
        Transition(
            _T.TODO,
            _E.SUBMIT,
            _OFFICE,
            _T.SUBMITTED,
            guard=_CHECKED,
            timer="PATENT_RECORD、FILE_REMIND",
            document=_DATA,
        ),
        Transition(
            _T.TODO, _E.COMPLETE, _OFFICE, _T.DONE, guard="仅报备、税收会计事项"
        ),
        Transition(_T.SUBMITTED, _E.COMPLETE, _OFFICE, _T.DONE, document="登记证明"),
        Transition(_T.SUBMITTED, _E.REFUSE, _UNIT, _T.REFUSED, guard="E-PS-09"),
        Transition(_T.REFUSED, _E.REOPEN, _UNIT, _T.TODO, guard="E-PS-09"),
        Transition(_T.NOT_NEEDED, _E.REOPEN, _UNIT, _T.TODO, guard="E-PS-09"),
        Transition(_T.TODO, _E.WAIVE, _APPROVER, _T.NOT_NEEDED, guard="E-PS-09"),
        Transition(_T.REFUSED, _E.WAIVE, _APPROVER, _T.NOT_NEEDED, guard="E-PS-09"),
        Transition(_T.TODO, _E.LAPSE, _SYSTEM, _T.LAPSED, guard=_ENDED),
        Transition(_T.SUBMITTED, _E.LAPSE, _SYSTEM, _T.LAPSED, guard=_ENDED),
        Transition(_T.REFUSED, _E.LAPSE, _SYSTEM, _T.LAPSED, guard=_ENDED),
        Transition(
            _T.LAPSED,
            _E.COMPLETE,
            _OFFICE,
            _T.DONE,
            guard="合同结束前已提交申请",
            document="登记证明",
        ),
        Transition(
            _T.LAPSED,
            _E.REOPEN,
            _UNIT,
            _T.TODO,
            guard="E-PS-09；仅报备、税收会计事项",
        ),
    ),
)
