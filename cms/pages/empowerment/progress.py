"""How far a case is: the states of §17.1 in a line, the steps S1 to S8 as tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cms.core.evidence.history import HistoryLine
from cms.empowerment.gate_panel import Gate, GateStep
from cms.empowerment.models import EmpowermentCase
from cms.notices.models import Notice
from cms.notices.queries import state_at
from cms.rules.empowerment import MODE_RULES, EmpowermentMode, EmpowermentState

_S = EmpowermentState
PATH = (
    _S.DRAFT,
    _S.SUBMITTED,
    _S.AWAITING_APPROVAL,
    _S.AWAITING_NOTICE,
    _S.NOTICE_OPEN,
    _S.NOTICE_CLOSED,
    _S.SIGNED,
    _S.PERFORMED,
)
_BESIDE = {
    _S.NOTICE_DISPUTED: _S.NOTICE_OPEN,
    _S.EXTENSION_REVIEW: _S.PERFORMED,
    _S.EXTENSION_NOTICE: _S.PERFORMED,
}
_ENDS = (_S.EXPIRED, _S.RESCINDED, _S.TERMINATED)
DONE, NOW, OPEN = "已完成", "进行中", "未开始"


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of the line: passed, current or to come."""

    label: str
    at: datetime | None
    is_current: bool
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One of the steps S1 to S8, for components/task_list.html."""

    title: str
    status: str
    tone: str
    hint: str
    url: str = ""


def list_stages(case: EmpowermentCase, lines: Sequence[HistoryLine]) -> list[Stage]:
    """Return the states that the case passed, is in, and has before it."""
    reached = {line.target: line.at for line in lines if line.target}
    reached[_S.DRAFT.value] = case.created_at
    state = EmpowermentState(case.status)
    main = _BESIDE.get(state, state)
    if state in _ENDS:
        passed = [one for one in PATH if one.value in reached]
        stages = [Stage(one.label, reached[one.value], False, True) for one in passed]
        return [*stages, Stage(state.label, reached.get(state.value), True, False)]
    place = PATH.index(main)
    return [
        Stage(
            state.label if one is main else one.label,
            reached.get(state.value if one is main else one.value)
            if number <= place
            else None,
            one is main,
            number < place,
        )
        for number, one in enumerate(PATH)
    ]


def list_tasks(
    case: EmpowermentCase, gates: Sequence[Gate], at: datetime
) -> list[Task]:
    """Return the steps S1 to S8 with what is done and what is lacking."""
    rule = MODE_RULES[EmpowermentMode(case.mode)]
    place = _place(case)
    application = [gate for gate in gates if gate.step is GateStep.SUBMISSION]
    lacking = [gate for gate in application if not gate.is_open]
    given, asked = case.opinions.count(), len(case.departments)
    plan = "" if rule.is_ownership else "、D-03 成果转化方案"
    has_shares = bool(application) and application[1].is_open
    return [
        _task(
            "S1 团队内部收益分配协议",
            "D-01；比例合计100%，推举团队代表。",
            place > 0 or has_shares,
            place == 0,
        ),
        _task(
            f"S2 赋权申请（D-02{plan}、D-04 核查表、D-05 声明）",
            f"还有{len(lacking)}项条件未满足。" if place == 0 and lacking else "",
            place > 0,
            place == 0,
        ),
        _task(
            "S3 单位审批（D-06）",
            f"部门意见 {given} / {asked}。",
            place > 2,
            place in (1, 2),
        ),
        _task(
            "S4 公示不少于15日（D-07）",
            _notice_hint(case, rule.is_priced, at),
            place > 4,
            place in (3, 4),
        ),
        _task("S5 公示结果（D-08）", "公示届满且异议办结后形成。", place > 4, False),
        _task("S6 签订协议和模式合同", _signed_hint(case), place > 5, place == 5),
        _task("S7 权属变更、备案和报备", "取得登记证明后登记。", place > 6, place == 6),
        _task("S8 付款和收益跟踪", "按协议约定逐笔办理。", place > 7, place == 7),
    ]


def _task(title: str, hint: str, is_done: bool, is_now: bool) -> Task:
    if is_done:
        return Task(title, DONE, "ok", hint)
    return Task(title, NOW, "now", hint) if is_now else Task(title, OPEN, "", hint)


def _place(case: EmpowermentCase) -> int:
    """Return how far along the path the case is; an ended one has gone its way."""
    state = EmpowermentState(case.status)
    if state is _S.TERMINATED:
        return 2
    if state in _ENDS:
        return len(PATH)
    return PATH.index(_BESIDE.get(state, state))


def _notice_hint(case: EmpowermentCase, is_priced: bool, at: datetime) -> str:
    venues = "单位内部和交易平台两处公示。" if is_priced else "单位内部公示。"
    notice: Notice | None = case.notice
    if notice is None:
        return venues
    state = state_at(
        notice.status, notice.close_at, at, is_provisional=notice.is_provisional
    )
    return f"{venues}公示{notice.number or '草稿'}：{state.label}。"


def _signed_hint(case: EmpowermentCase) -> str:
    if case.signed_on is None:
        return "各项条件满足后签约，签约前复核；上传签署的协议归档，同时登记签约。"
    until = f"，使用权至{case.ends_on}" if case.ends_on else ""
    return f"{case.signed_on}签订，{case.effective_on}生效{until}。"
