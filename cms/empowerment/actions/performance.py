"""After signing: extension, service, expiry, rescission (EM-09, EM-10, EM-16)."""

from collections.abc import Mapping
from datetime import date, datetime

from cms.core import answers as sheets
from cms.core import due, evidence
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.empowerment.actions.cases import lock_case, step
from cms.empowerment.guards import refuse_involved
from cms.empowerment.models import EmpowermentCase, Extension, ServiceRecord
from cms.empowerment.signals import case_ended, case_extended
from cms.empowerment.timing import END, SERVICE, schedule_end
from cms.notices.actions import create_notice, save_draft
from cms.notices.models import Notice
from cms.payments.actions import lapse_payments
from cms.rules.counting import add_months
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentEvent,
    EmpowermentMode,
    check_extension,
)
from cms.rules.notices import NoticeKind
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

SHORTEST_EXTENSION = 12  # months; AMB-06: any length of a year or more


def request_extension(
    case: EmpowermentCase,
    ends_on: date,
    proofs: Mapping[str, str],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Extension:
    """Ask for a longer use right before it ends, with three proofs (EM-09).

    Raises:
        RuleViolation: E-EM-12, E-EM-14 (no use right), E-EM-03 (less than a year
            longer), E-ST-01, E-ST-02, E-ST-04.
    """
    check_extension({name for name, text in proofs.items() if text.strip()})
    with writing():
        fresh = lock_case(case, by, version=version)
        if MODE_RULES[EmpowermentMode(fresh.mode)].is_ownership or not fresh.ends_on:
            raise RuleViolation("E-ST-01", state=fresh.status_label, event="延期申请")
        earliest = add_months(fresh.ends_on, SHORTEST_EXTENSION)
        if ends_on < earliest:
            raise RuleViolation("E-EM-03", field="ends_on", d=earliest.isoformat())
        row = Extension.objects.create(
            case=fresh,
            ends_on=ends_on,
            proofs=dict(proofs),
            requested_by_id=by.person_id,
            requested_at=at,
        )
        # Four eyes look at who asked for the extension, not for the grant.
        fresh.submitted_by_id, fresh.changed_at = by.user_id, at
        fresh.save()
        step(fresh, EmpowermentEvent.REQUEST_EXTENSION, by=by, at=at)
        return row


def decide_extension(
    extension: Extension, is_approved: bool, reason: str, *, by: Actor, at: datetime
) -> EmpowermentCase:
    """Approve an extension, then its notice follows, or refuse it with reasons.

    Raises:
        RuleViolation: E-FP-07, E-EM-05, E-ST-01 to E-ST-03.
    """
    if not is_approved and not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = lock_case(extension.case, by)
        refuse_involved(fresh, sheets.answers_of(fresh), by)
        extension.is_approved, extension.reason = is_approved, reason.strip()
        extension.decided_by_id, extension.decided_at = by.person_id, at
        extension.save()
        event = (
            EmpowermentEvent.APPROVE_EXTENSION
            if is_approved
            else EmpowermentEvent.REFUSE_EXTENSION
        )
        step(fresh, event, by=by, at=at, reason=reason.strip())
        return fresh


def open_extension_notice(
    extension: Extension,
    title: str,
    values: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Notice:
    """Draft the unit's notice of an approved extension (AMB-06).

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-NT-02.
    """
    with writing():
        fresh = lock_case(extension.case, by)
        if not extension.is_approved or extension.notice_id is not None:
            raise RuleViolation("E-ST-01", state=fresh.status_label, event="起草公示")
        notice = create_notice(
            fresh.owner_id,
            NoticeKind.EMPOWERMENT,
            by=by,
            at=at,
            case_subject=subject_of(fresh),
        )
        save_draft(
            notice, title=title, values=values, planned_close_on=None, by=by, at=at
        )
        extension.notice = notice
        extension.save(update_fields=["notice"])
        return notice


def record_service(
    case: EmpowermentCase, served_on: date, text: str, *, by: Actor, at: datetime
) -> ServiceRecord:
    """Keep a follow-up of the unit after the grant (EM-16).

    Raises:
        RuleViolation: E-FP-07 (no text), E-ST-01 (not signed), E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(case.owner_id):
        raise RuleViolation("E-ST-02", event="登记赋后服务")
    if not text.strip():
        raise RuleViolation("E-FP-07", field="text")
    with writing():
        fresh = lock_case(case, by)
        if fresh.signed_on is None:
            raise RuleViolation(
                "E-ST-01", state=fresh.status_label, event="登记赋后服务"
            )
        row = ServiceRecord.objects.create(
            case=fresh,
            served_on=served_on,
            text=text.strip(),
            recorded_by_id=by.person_id,
            recorded_at=at,
        )
        payload: dict[str, object] = {"service": row.pk}
        evidence.record("empowerment.service", fresh, payload, by=by, at=at)
        return row


def rescind_case(
    case: EmpowermentCase, reason: str, *, version: int, by: Actor, at: datetime
) -> EmpowermentCase:
    """Record that the agreement was rescinded; its timers end. Sends `case_ended`.

    Payments that nothing has triggered yet lapse with it.

    Raises:
        RuleViolation: E-FP-07, E-ST-01 to E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = lock_case(case, by, version=version)
        fresh.decision_reason, fresh.changed_at = reason.strip(), at
        fresh.save()
        step(fresh, EmpowermentEvent.RESCIND, by=by, at=at, reason=reason.strip())
        for kind in (END, SERVICE):
            due.cancel(kind, fresh, at=at)
        lapse_payments(subject_of(fresh), reason.strip(), at=at)
        case_ended.send(EmpowermentCase, case=fresh, at=at)
        return fresh


def expire_case(case: EmpowermentCase, *, at: datetime) -> EmpowermentCase:
    """End a use right whose term is over; `at` is the due instant.

    Sends `case_ended`.
    """
    with writing():
        fresh = lock_case(case, SYSTEM)
        fresh.changed_at = at
        fresh.save()
        step(fresh, EmpowermentEvent.EXPIRE, by=SYSTEM, at=at)
        due.cancel(SERVICE, fresh, at=at)
        case_ended.send(EmpowermentCase, case=fresh, at=at)
        return fresh


def apply_extension(extension: Extension, *, at: datetime) -> EmpowermentCase:
    """Put the new term in force once the extension's notice has closed.

    Sends `case_extended`.
    """
    with writing():
        fresh = lock_case(extension.case, SYSTEM)
        fresh.ends_on, fresh.changed_at = extension.ends_on, at
        fresh.save()
        step(fresh, EmpowermentEvent.CLOSE_EXTENSION_NOTICE, by=SYSTEM, at=at)
        schedule_end(fresh)
        case_extended.send(EmpowermentCase, case=fresh, at=at)
        return fresh
