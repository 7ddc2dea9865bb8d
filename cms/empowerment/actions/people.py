"""Checks, declarations, opinions and priority around a case (CC-01, 06, 12)."""

from collections.abc import Mapping
from datetime import datetime

from cms.core import answers as sheets
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.empowerment.actions.cases import lock_case, require_editor, require_state
from cms.empowerment.guards import refuse_involved
from cms.empowerment.models import (
    DepartmentOpinion,
    EmpowermentCase,
    NegativeListCheck,
    PriorityRecord,
    RelationDeclaration,
)
from cms.empowerment.models.cases import CheckStage
from cms.empowerment.queries import DEPARTMENT_ROLES
from cms.rules.empowerment import EmpowermentState, PriorityChoice
from cms.rules.roles import Role
from cms.rules.supply_demand.negative_list import Condition, NegativeItem
from cms.rules.violations import RuleViolation


def fill_check(
    case: EmpowermentCase,
    stage: CheckStage,
    answers: Mapping[str, bool],
    evidence_text: str,
    *,
    by: Actor,
    at: datetime,
) -> NegativeListCheck:
    """Fill the four items of 不可赋权 at a stage; a checked round is filled anew.

    Raises:
        RuleViolation: E-ST-01 (the application is decided), E-ST-02.
    """
    known = {item.value for item in NegativeItem} | {item.value for item in Condition}
    require_editor(case, by, stage.label)
    with writing():
        fresh = lock_case(case, by)
        if stage is CheckStage.APPLICATION:
            require_state(fresh, EmpowermentState.DRAFT, stage.label)
        row, _ = NegativeListCheck.objects.update_or_create(
            case=fresh,
            stage=stage.value,
            defaults={
                "answers": {k: v for k, v in answers.items() if k in known},
                "evidence": evidence_text.strip(),
                "filled_by_id": by.person_id,
                "filled_at": at,
                "checked_by_id": None,
                "checked_at": None,
            },
        )
        payload: dict[str, object] = {"stage": stage.value, "answers": row.answers}
        evidence.record("empowerment.negative_list", fresh, payload, by=by, at=at)
        return row


def confirm_check(
    case: EmpowermentCase, stage: CheckStage, *, by: Actor, at: datetime
) -> NegativeListCheck:
    """Confirm a filled round: the transfer office, and not who filled it.

    Raises:
        RuleViolation: E-FP-08 (not filled), E-ST-02, E-ST-03.
    """
    _require_role(case, by, Role.TRANSFER_OFFICE, stage.label)
    with writing():
        fresh = lock_case(case, by)
        row = fresh.negative_checks.filter(stage=stage.value).first()
        if row is None:
            raise RuleViolation("E-FP-08", field="negative_list")
        if row.filled_by_id == by.user_id:
            raise RuleViolation("E-ST-03")
        row.checked_by_id, row.checked_at = by.person_id, at
        row.save(update_fields=["checked_by", "checked_at"])
        payload: dict[str, object] = {"stage": stage.value}
        evidence.record("empowerment.checked", fresh, payload, by=by, at=at)
        return row


def declare_relation(
    case: EmpowermentCase,
    member: str,
    has_relation: bool,
    relation: str,
    *,
    by: Actor,
    at: datetime,
) -> RelationDeclaration:
    """Record a member's declaration; a changed one must be verified anew.

    Raises:
        RuleViolation: E-EM-11 (a relation without saying which), E-ST-02.
    """
    require_editor(case, by, "声明关联关系")
    if has_relation and not relation.strip():
        raise RuleViolation("E-EM-11", field="relation")
    with writing():
        fresh = lock_case(case, by)
        row, _ = RelationDeclaration.objects.update_or_create(
            case=fresh,
            member=member.strip(),
            defaults={
                "has_relation": has_relation,
                "relation": relation.strip(),
                "declared_by_id": by.person_id,
                "declared_at": at,
                "verified_by_id": None,
                "verified_at": None,
                "conclusion": "",
            },
        )
        payload: dict[str, object] = {"declaration": row.pk, "relation": has_relation}
        evidence.record("empowerment.declared", fresh, payload, by=by, at=at)
        return row


def verify_declaration(
    declaration: RelationDeclaration, conclusion: str, *, by: Actor, at: datetime
) -> RelationDeclaration:
    """Verify a declaration: the transfer office, with a conclusion (CC-06).

    Raises:
        RuleViolation: E-FP-07 (no conclusion), E-ST-02, E-ST-03.
    """
    case = declaration.case
    _require_role(case, by, Role.TRANSFER_OFFICE, "核实声明")
    if not conclusion.strip():
        raise RuleViolation("E-FP-07", field="conclusion")
    if declaration.declared_by_id == by.user_id:
        raise RuleViolation("E-ST-03")
    with writing():
        declaration.verified_by_id, declaration.verified_at = by.person_id, at
        declaration.conclusion = conclusion.strip()
        declaration.save()
        payload: dict[str, object] = {"declaration": declaration.pk}
        evidence.record("empowerment.verified", case, payload, by=by, at=at)
        return declaration


def give_opinion(
    case: EmpowermentCase,
    department: str,
    agrees: bool,
    text: str,
    *,
    by: Actor,
    at: datetime,
) -> DepartmentOpinion:
    """Record a department's opinion before the decision (EM-05).

    A department with a role of its own speaks for itself; the others through
    the transfer office. Who disagrees gives reasons.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-EM-05, E-FP-07.
    """
    role = DEPARTMENT_ROLES.get(department, Role.TRANSFER_OFFICE)
    _require_role(case, by, role, f"出具{department}意见")
    if not agrees and not text.strip():
        raise RuleViolation("E-FP-07", field="text")
    with writing():
        fresh = lock_case(case, by)
        require_state(fresh, EmpowermentState.AWAITING_APPROVAL, "出具意见")
        refuse_involved(fresh, sheets.answers_of(fresh), by)
        row, _ = DepartmentOpinion.objects.update_or_create(
            case=fresh,
            department=department,
            defaults={
                "agrees": agrees,
                "text": text.strip(),
                "given_by_id": by.person_id,
                "given_at": at,
            },
        )
        payload: dict[str, object] = {"department": department, "agrees": agrees}
        evidence.record("empowerment.opinion", fresh, payload, by=by, at=at)
        return row


def record_priority(
    case: EmpowermentCase,
    member: str,
    choice: PriorityChoice,
    paper: PrivateFile | None,
    *,
    by: Actor,
    at: datetime,
) -> PriorityRecord:
    """Record what an inventor does with the priority right (CC-12, D-97).

    Raises:
        RuleViolation: E-ST-02.
    """
    _require_role(case, by, Role.TRANSFER_OFFICE, "登记优先受让权")
    with writing():
        fresh = lock_case(case, by)
        row, _ = PriorityRecord.objects.update_or_create(
            case=fresh,
            member=member.strip(),
            defaults={
                "choice": choice.value,
                "paper": paper,
                "recorded_by_id": by.person_id,
                "recorded_at": at,
            },
        )
        payload: dict[str, object] = {"record": row.pk, "choice": choice.value}
        evidence.record("empowerment.priority", fresh, payload, by=by, at=at)
        return row


def _require_role(case: EmpowermentCase, by: Actor, role: Role, event: str) -> None:
    if role not in by.roles_in(case.owner_id):
        raise RuleViolation("E-ST-02", event=event)
