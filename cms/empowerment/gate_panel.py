"""Every gate of a case, open or closed and why: what the case page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.core.actors import Actor
from cms.empowerment.facts import members_of
from cms.empowerment.guards import (
    Answers,
    declaration_gate,
    negative_list_gate,
    notice_gate,
    priority_gate,
)
from cms.empowerment.mode_facts import check_mode
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentMode,
    EmpowermentState,
    Opinion,
    check_co_owners,
    check_filed_by_representative,
    check_opinions,
    check_ownership,
    check_plan,
    check_shares,
)
from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation


class GateStep(LabeledEnum):
    """The step that a gate keeps closed."""

    SUBMISSION = "submission", "提交申请前"
    REVIEW = "review", "初审通过前"
    DECISION = "decision", "审批前"
    SIGNING = "signing", "签约前"


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: what it asks for, before which step, and what closes it."""

    label: str
    step: GateStep
    articles: tuple[str, ...]
    found: tuple[RuleViolation, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing closes it."""
        return not self.found


def list_gates(
    case: EmpowermentCase, answers: Answers, by: Actor, at: datetime
) -> list[Gate]:
    """Return the gates of a case in the order of its steps (about 8 queries).

    `by` is who looks: only the representative may submit.
    """
    return [
        *_application(case, answers, by),
        _gate(
            "每位成员的关联关系声明已经核实",
            GateStep.REVIEW,
            ("附件1十四(四)", "附件4八(二)"),
            declaration_gate(case, answers, verified=True),
        ),
        _gate(
            "须出具意见的部门均已出具意见",
            GateStep.DECISION,
            ("主方案一(一)1–2", "附件1十"),
            _tried(check_opinions, case.departments, _opinions(case)),
        ),
        *_signing(case, answers, at),
    ]


def _application(case: EmpowermentCase, answers: Answers, by: Actor) -> list[Gate]:
    rule, step = MODE_RULES[EmpowermentMode(case.mode)], GateStep.SUBMISSION
    members = members_of(answers)
    team = ("主方案一(一)1", "附件1十三")
    filer = by.user_id if case.status == EmpowermentState.DRAFT else None
    filed = _tried(
        check_filed_by_representative,
        filer or case.representative_id,
        case.representative_id,
    )
    shares = _tried(check_shares, [member.revenue_share for member in members])
    gates = [
        _gate("由团队书面指定的代表提交", step, ("主方案一(一)1",), filed),
        _gate("团队内部收益分配比例合计100%", step, team, shares),
    ]
    if rule.is_ownership:
        owned = _tried(check_ownership, [member.ownership_share for member in members])
        gates.append(_gate("团队内部权属份额合计100%", step, team, owned))
    else:
        has_plan = bool((answers.get("plan") or {}).get("market"))
        plan = _tried(check_plan, rule.grant, has_plan)
        gates.append(_gate("已附成果转化方案", step, ("主方案一(一)2",), plan))
    checked = negative_list_gate(case, CheckStage.APPLICATION)
    declared = declaration_gate(case, answers, verified=False)
    unlawful = ("主方案一(一)1", "附件6五")
    gates.append(_gate("不可赋权情形逐项核查，均不存在", step, unlawful, checked))
    relations = ("附件1十四(四)",)
    return [*gates, _gate("每位成员已作关联关系声明", step, relations, declared)]


def _signing(case: EmpowermentCase, answers: Answers, at: datetime) -> list[Gate]:
    mode, step = EmpowermentMode(case.mode), GateStep.SIGNING
    rule = MODE_RULES[mode]
    consent = _tried(check_co_owners, case.has_co_owners, case.has_co_owner_consent)
    notice = "公示期满且没有未办结的异议"
    rechecked = negative_list_gate(case, CheckStage.SIGNING)
    gates = [
        _gate(notice, step, ("主方案一(一)1–2",), notice_gate(case, at)),
        _gate("签约前复核不可赋权情形", step, ("主方案一(一)1",), rechecked),
    ]
    if case.has_co_owners:
        gates.append(_gate("其他共有人书面同意", step, ("专利法14",), consent))
    if rule.is_ownership:
        priority = priority_gate(case, answers)
        label = "每位完成人的优先受让权已经处理"
        gates.append(_gate(label, step, ("民法典847",), priority))
    agreed = check_mode(mode, answers, case.rule_edition)
    label = f"{mode.value}的约定齐备"
    return [*gates, _gate(label, step, (rule.article,), agreed)]


def _opinions(case: EmpowermentCase) -> list[Opinion]:
    return [Opinion(row.department, row.agrees) for row in case.opinions.all()]


def _gate(
    label: str, step: GateStep, articles: tuple[str, ...], found: list[RuleViolation]
) -> Gate:
    return Gate(label, step, articles, tuple(found))


def _tried(check: Callable[..., None], *arguments: Any) -> list[RuleViolation]:
    try:
        check(*arguments)
    except RuleViolation as violation:
        return [violation]
    return []
