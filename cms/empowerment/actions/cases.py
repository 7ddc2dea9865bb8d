"""Opening, describing and submitting a case (EM-02, EM-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.achievements.models import Achievement
from cms.core import answers as sheets
from cms.core import evidence, numbering
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import take_write_lock, writing
from cms.core.transitions import apply
from cms.empowerment.guards import application_gates, refuse_involved
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import roles_over
from cms.parties.models import Membership, Organization
from cms.rules.empowerment import (
    EMPOWERMENT,
    EmpowermentEvent,
    EmpowermentMode,
    EmpowermentState,
)
from cms.rules.periods import PERIODS
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

DEPARTMENTS = ("科研", "财务", "国资", "人事", "纪检")
PREFIX = "FQ"
_EDITORS = (Role.RESEARCHER, Role.TRANSFER_OFFICE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a draft is about; `representative_id` is an account's id."""

    mode: EmpowermentMode
    title: str
    representative_id: int
    has_co_owners: bool = False
    enterprise: Organization | None = None


def open_case(
    owner: Organization,
    mode: EmpowermentMode,
    *,
    representative_id: int,
    title: str = "",
    achievement: Achievement | None = None,
    answers: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> EmpowermentCase:
    """Open a draft with its answer sheet; the unit's researchers and office may.

    Raises:
        RuleViolation: E-ST-02 (not of the unit, or a foreign achievement),
            E-EM-07 (the representative is not of the unit).
    """
    if not by.roles_in(owner.pk) & set(_EDITORS):
        raise RuleViolation("E-ST-02", event="办理赋权")
    if achievement is not None and achievement.owner_id != owner.pk:
        raise RuleViolation("E-ST-02", event="办理赋权")
    _require_member(owner.pk, representative_id)
    with writing():
        case = EmpowermentCase.objects.create(
            owner=owner,
            mode=mode.value,
            title=title or (achievement.name if achievement else ""),
            achievement=achievement,
            representative_id=representative_id,
            rule_edition=PERIODS.edition_on(at.astimezone(SHANGHAI).date()),
            departments=list(DEPARTMENTS),
            created_by_id=by.person_id,
            created_at=at,
            changed_at=at,
        )
        sheets.start_sheet(case, answers or {}, by=by, at=at)
        payload: dict[str, object] = {"mode": mode.value, "edition": case.rule_edition}
        evidence.record("empowerment.opened", case, payload, by=by, at=at)
        return case


def save_outline(
    case: EmpowermentCase,
    *,
    version: int,
    outline: Outline,
    by: Actor,
    at: datetime,
) -> EmpowermentCase:
    """Change what a draft is about: mode, title, representative, co-owners.

    Raises:
        RuleViolation: E-ST-01 (no draft), E-ST-02, E-ST-04, E-EM-07 (the
            representative is not of the unit).
    """
    require_editor(case, by, "修改案件")
    _require_member(case.owner_id, outline.representative_id)
    with writing():
        fresh = lock_case(case, by, version=version)
        require_state(fresh, EmpowermentState.DRAFT, "修改案件")
        fresh.mode, fresh.title = outline.mode.value, outline.title.strip()
        fresh.representative_id = outline.representative_id
        fresh.has_co_owners = outline.has_co_owners
        fresh.enterprise = outline.enterprise
        fresh.changed_at = at
        fresh.version += 1
        fresh.save()
        return fresh


def submit_case(
    case: EmpowermentCase, *, version: int, by: Actor, at: datetime
) -> EmpowermentCase:
    """Submit the application; the representative does it, all gates open.

    Raises:
        RuleViolations: E-EM-07, E-EM-02, E-EM-09, E-EM-08, E-FP-08, E-EM-01,
            E-EM-11; RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_case(case, by, version=version)
        found = application_gates(fresh, sheets.answers_of(fresh), by)
        if found:
            raise RuleViolations(found)
        assign_number(fresh, at)
        fresh.submitted_by_id, fresh.submitted_at = by.user_id, at
        fresh.changed_at = at
        fresh.save()
        step(fresh, EmpowermentEvent.SUBMIT, by=by, at=at)
        return fresh


def return_to_team(
    case: EmpowermentCase, reason: str, *, version: int, by: Actor, at: datetime
) -> EmpowermentCase:
    """Give an application back with a reason (初审退回).

    Raises:
        RuleViolation: E-FP-07 (no reason), E-EM-05, E-ST-01 to E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = lock_case(case, by, version=version)
        refuse_involved(fresh, sheets.answers_of(fresh), by)
        fresh.decision_reason, fresh.changed_at = reason.strip(), at
        fresh.save()
        step(fresh, EmpowermentEvent.RETURN, by=by, at=at, reason=reason.strip())
        return fresh


def delete_draft(case: EmpowermentCase, *, by: Actor) -> None:
    """Delete a draft that was never submitted; the log keeps that it was opened.

    Raises:
        RuleViolation: E-ST-01, E-ST-02.
    """
    require_editor(case, by, "删除草稿")
    with writing():
        fresh = lock_case(case, by)
        require_state(fresh, EmpowermentState.DRAFT, "删除草稿")
        if fresh.submitted_at is not None:
            raise RuleViolation(
                "E-ST-01", state=EmpowermentState.DRAFT.label, event="删除草稿"
            )
        fresh.negative_checks.all().delete()
        fresh.declarations.all().delete()
        fresh.team_accounts.all().delete()
        sheets.get_sheet(fresh).delete()
        fresh.delete()


def assign_number(case: EmpowermentCase, at: datetime) -> None:
    """Give the case its number FQ-年-序号 at the first submission."""
    if not case.number:
        case.number = numbering.next_number(PREFIX, at.astimezone(SHANGHAI).year)


def lock_case(
    case: EmpowermentCase, by: Actor, *, version: int | None = None
) -> EmpowermentCase:
    """Return the case locked; refuse strangers and stale copies.

    Raises:
        RuleViolation: E-ST-02, E-ST-04.
    """
    if not roles_over(case, by):
        raise RuleViolation("E-ST-02", event="办理赋权")
    take_write_lock()
    fresh = EmpowermentCase.objects.select_for_update().get(pk=case.pk)
    if version is not None and fresh.version != version:
        raise RuleViolation("E-ST-04")
    return fresh


def require_editor(case: EmpowermentCase, by: Actor, event: str) -> None:
    """Refuse who is neither a researcher of the unit nor of its office.

    Raises:
        RuleViolation: E-ST-02.
    """
    if not by.roles_in(case.owner_id) & set(_EDITORS):
        raise RuleViolation("E-ST-02", event=event)


def _require_member(owner_id: int, user_id: int) -> None:
    is_member = Membership.objects.filter(
        organization_id=owner_id, user_id=user_id, is_active=True
    ).exists()
    if not is_member:
        raise RuleViolation("E-EM-07", field="representative")


def require_state(case: EmpowermentCase, state: EmpowermentState, event: str) -> None:
    """Refuse an act that belongs to another state.

    Raises:
        RuleViolation: E-ST-01.
    """
    if case.status != state:
        raise RuleViolation(
            "E-ST-01", state=EmpowermentState(case.status).label, event=event
        )


def step(
    case: EmpowermentCase,
    event: EmpowermentEvent,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    payload: Mapping[str, object] | None = None,
) -> None:
    """Take one step of the table with the roles held over the case."""
    apply(
        EMPOWERMENT,
        case,
        event,
        by=by,
        roles=roles_over(case, by),
        at=at,
        reason=reason,
        payload={"number": case.number, **(payload or {})},
    )
