"""Objections inside the unit: registered, investigated, concluded (AMB-25)."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.empowerment.actions.cases import lock_case, step
from cms.empowerment.models import EmpowermentCase, UnitObjection
from cms.empowerment.models.objections import ObjectionOutcome
from cms.empowerment.queries import open_objections
from cms.notices.actions import terminate_notice
from cms.notices.models import Notice
from cms.notices.queries import facts_of
from cms.rules.deadlines import is_late
from cms.rules.empowerment import EmpowermentEvent, EmpowermentState
from cms.rules.notices import NoticeState, check_period_over
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation

RUNNING = (NoticeState.OPEN, NoticeState.SUSPENDED)


def register_objection(
    case: EmpowermentCase, objector: str, ground: str, *, by: Actor, at: datetime
) -> UnitObjection:
    """Register an objection received before the close; signing waits for it.

    Raises:
        RuleViolation: E-OB-01 (late), E-FP-07 (no ground), E-ST-01 (no notice
            runs), E-ST-02.
    """
    if not ground.strip():
        raise RuleViolation("E-FP-07", field="ground")
    with writing():
        fresh = lock_case(case, by)
        _check_in_time(fresh, at)
        row = UnitObjection.objects.create(
            case=fresh,
            objector=objector.strip(),
            ground=ground.strip(),
            received_at=at,
            registered_by_id=by.person_id,
        )
        if fresh.status == EmpowermentState.NOTICE_OPEN:
            step(fresh, EmpowermentEvent.OBJECT, by=by, at=at)
        payload: dict[str, object] = {"objection": row.pk}
        evidence.record("empowerment.objection", fresh, payload, by=by, at=at)
        return row


def conclude_objection(
    objection: UnitObjection,
    outcome: ObjectionOutcome,
    conclusion: str,
    *,
    for_revision: bool = False,
    by: Actor,
    at: datetime,
) -> EmpowermentCase:
    """Conclude an objection with reasons; the last one decides the case's way.

    Sustained: the case ends, or (`for_revision`) goes back to the team and needs
    a new notice. Dismissed or withdrawn: the notice runs on, or has closed.

    Raises:
        RuleViolation: E-FP-07 (no reasons), E-ST-01 (concluded before), E-ST-02,
            E-ST-03.
    """
    if not conclusion.strip():
        raise RuleViolation("E-FP-07", field="conclusion")
    with writing():
        fresh = lock_case(objection.case, by)
        row = UnitObjection.objects.select_for_update().get(pk=objection.pk)
        if row.outcome:
            label = ObjectionOutcome(row.outcome).label
            raise RuleViolation("E-ST-01", state=label, event="办结异议")
        if not by.roles_in(fresh.owner_id) & {Role.TRANSFER_OFFICE, Role.APPROVER}:
            raise RuleViolation("E-ST-02", event="办结异议")
        row.outcome, row.conclusion = outcome.value, conclusion.strip()
        row.concluded_by_id, row.concluded_at = by.person_id, at
        row.save()
        payload: dict[str, object] = {"objection": row.pk, "outcome": outcome.value}
        evidence.record("empowerment.concluded", fresh, payload, by=by, at=at)
        _go_on(fresh, outcome, for_revision, by=by, at=at)
        return fresh


def _check_in_time(case: EmpowermentCase, at: datetime) -> None:
    running = {EmpowermentState.NOTICE_OPEN, EmpowermentState.NOTICE_DISPUTED}
    close_at = facts_of(case.notice).effective_close if case.notice else None
    if EmpowermentState(case.status) not in running:
        raise RuleViolation(
            "E-ST-01", state=EmpowermentState(case.status).label, event="提出异议"
        )
    if close_at is not None and is_late(close_at, at):
        raise RuleViolation("E-OB-01", close=format_close(close_at))


def _go_on(
    case: EmpowermentCase,
    outcome: ObjectionOutcome,
    for_revision: bool,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if outcome is ObjectionOutcome.SUSTAINED:
        _end_notice(case, by=by, at=at)
        event = EmpowermentEvent.SUSTAIN
        if for_revision:
            event = EmpowermentEvent.SUSTAIN_FOR_REVISION
            case.notice = None
            case.save(update_fields=["notice"])
        step(case, event, by=by, at=at)
    elif not open_objections(case):
        runs = case.notice is not None and _period_runs(case.notice, at)
        event = (
            EmpowermentEvent.DISMISS if runs else EmpowermentEvent.DISMISS_AFTER_CLOSE
        )
        step(case, event, by=by, at=at)


def _end_notice(case: EmpowermentCase, *, by: Actor, at: datetime) -> None:
    """End a notice that still runs: what it announced will not happen."""
    if case.notice is not None and case.notice.status in RUNNING:
        ground = "单位内异议成立，本公示终止。"
        terminate_notice(case.notice, ground=ground, by=by, at=at)


def _period_runs(notice: Notice, at: datetime) -> bool:
    try:
        check_period_over(facts_of(notice), at)
    except RuleViolation:
        return True
    return False
