"""Gates of a case: what closes them, all reasons at once (CC-01…CC-12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.core.actors import Actor
from cms.empowerment.facts import members_of
from cms.empowerment.mode_facts import check_mode
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.notices.gates import check_may_proceed
from cms.parties.models import User
from cms.rules.empowerment import (
    MODE_RULES,
    Declaration,
    EmpowermentMode,
    check_co_owners,
    check_declarations,
    check_filed_by_representative,
    check_ownership,
    check_plan,
    check_priority,
    check_shares,
)
from cms.rules.supply_demand.negative_list import (
    Condition,
    NegativeItem,
    check_negative_list,
)
from cms.rules.supply_demand.review import check_recusal
from cms.rules.violations import RuleViolation

Answers = Mapping[str, Any]


def application_gates(
    case: EmpowermentCase, answers: Answers, by: Actor
) -> list[RuleViolation]:
    """Return what keeps an application from being submitted (EM-02…EM-04)."""
    rule = MODE_RULES[EmpowermentMode(case.mode)]
    members = members_of(answers)
    plan = answers.get("plan") or {}
    found = _tried(check_filed_by_representative, by.user_id, case.representative_id)
    found += _tried(check_shares, [member.revenue_share for member in members])
    if rule.is_ownership:
        found += _tried(check_ownership, [member.ownership_share for member in members])
    found += _tried(check_plan, rule.grant, bool(plan.get("market")))
    found += negative_list_gate(case, CheckStage.APPLICATION)
    found += declaration_gate(case, answers, verified=False)
    return found


def signing_gates(
    case: EmpowermentCase, answers: Answers, at: datetime
) -> list[RuleViolation]:
    """Return what keeps the grant from being signed (EM-06, CC-01, CC-06, CC-12).

    What the mode asks of its contracts (§11.3) is checked with it.
    """
    found = negative_list_gate(case, CheckStage.SIGNING)
    found += declaration_gate(case, answers, verified=True)
    found += _tried(check_co_owners, case.has_co_owners, case.has_co_owner_consent)
    found += notice_gate(case, at)
    found += priority_gate(case, answers)
    found += check_mode(EmpowermentMode(case.mode), answers, case.rule_edition)
    return found


def negative_list_gate(case: EmpowermentCase, stage: CheckStage) -> list[RuleViolation]:
    """Return what the four items say at a stage: E-FP-08 or E-EM-01 (CC-01)."""
    row = case.negative_checks.filter(stage=stage.value).first()
    answers: dict[str, bool] = row.answers if row else {}
    if row is not None and row.checked_by_id is None and stage is CheckStage.SIGNING:
        answers = {}
    return check_negative_list(
        {item: answers.get(item.value) for item in NegativeItem},
        {item: answers.get(item.value) for item in Condition},
    )


def declaration_gate(
    case: EmpowermentCase, answers: Answers, *, verified: bool
) -> list[RuleViolation]:
    """Return E-EM-11 while a member has not declared, or no member is named (CC-06)."""
    made = [
        Declaration(row.member, row.has_relation, row.verified_at is not None)
        for row in case.declarations.all()
    ]
    names = [member.name for member in members_of(answers)]
    if not names:
        return [RuleViolation("E-EM-11", field="declarations")]
    return _tried(check_declarations, names, made, verified=verified)


def priority_gate(case: EmpowermentCase, answers: Answers) -> list[RuleViolation]:
    """Return E-EM-13 while title passes and a priority right is open (CC-12)."""
    if not MODE_RULES[EmpowermentMode(case.mode)].is_ownership:
        return []
    choices = {row.member: row.choice for row in case.priority_records.all()}
    names = [member.name for member in members_of(answers)]
    return _tried(check_priority, names, choices)


def notice_gate(case: EmpowermentCase, at: datetime) -> list[RuleViolation]:
    """Return what keeps the case waiting for its notice (E-EM-04, E-NT-05, 06)."""
    if case.notice is None:
        return [RuleViolation("E-EM-04", field="notice")]
    return _tried(check_may_proceed, case.notice, at)


def refuse_involved(case: EmpowermentCase, answers: Answers, by: Actor) -> None:
    """Refuse a reviewer who is of the team or acted for it (CC-05, AMB-22).

    Raises:
        RuleViolation: E-EM-05.
    """
    people = {case.representative_id, case.created_by_id, case.submitted_by_id}
    people |= set(case.team_accounts.values_list("user_id", flat=True))
    if by.user_id in people:
        raise RuleViolation("E-EM-05")
    names = [member.name for member in members_of(answers)]
    name = User.objects.get(pk=by.person_id).full_name
    check_recusal(name, names)


def _tried(check: Any, *arguments: Any, **named: Any) -> list[RuleViolation]:
    try:
        check(*arguments, **named)
    except RuleViolation as violation:
        return [violation]
    return []
