"""From the match to the end of the contract (FP-09, FP-10, §17.9)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cms.core import answers as sheets
from cms.core import due, numbering
from cms.core.actors import SYSTEM, Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.core.transitions import apply
from cms.notices.actions import create_notice, save_draft
from cms.notices.gates import check_may_proceed
from cms.notices.models import Notice
from cms.payments.actions import lapse_payments
from cms.payments.queries import are_settled
from cms.rules.notices import NoticeKind
from cms.rules.periods import PERIODS
from cms.rules.roles import Role
from cms.rules.shanghai_time import end_of, start_of
from cms.rules.supply_demand.agreement_states import (
    AGREEMENT,
    AgreementEvent,
    AgreementState,
)
from cms.rules.supply_demand.matching import MatchState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.agreement_gates import notice_gates
from cms.supply_demand.models import Agreement, AgreementKind, Match
from cms.supply_demand.queries.agreements import agreement_roles
from cms.supply_demand.signals import agreement_ended

EFFECT = "agreement.effect"
END = "agreement.end"
PREFIX = "HT"
_AGREED = (MatchState.MATCHING, MatchState.INTENT_RECORDED)


def open_agreement(
    match: Match,
    kind: AgreementKind,
    *,
    answers: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Agreement:
    """Open the contract that a match leads to, once; the unit's office does it.

    Raises:
        RuleViolation: E-ST-01 (the match is not accepted, or has its contract),
            E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(match.unit_id):
        raise RuleViolation("E-ST-02", event="拟定合同")
    with writing():
        locked = Match.objects.select_for_update().get(pk=match.pk)
        has_one = Agreement.objects.filter(match=locked).exists()
        if locked.status not in _AGREED or has_one:
            label = MatchState(locked.status).label
            raise RuleViolation("E-ST-01", state=label, event="拟定合同")
        agreement = Agreement.objects.create(
            match=locked,
            owner_id=locked.unit_id,
            enterprise_id=locked.enterprise_id,
            title=_title_of(locked),
            kind=kind.value,
            rule_edition=PERIODS.edition_on(at.astimezone(SHANGHAI).date()),
            number=numbering.next_number(PREFIX, at.astimezone(SHANGHAI).year),
            created_by_id=by.person_id,
            created_at=at,
            changed_at=at,
        )
        sheets.start_sheet(agreement, answers or {}, by=by, at=at)
        agreement_step(agreement, AgreementEvent.DRAW_UP, by=by, at=at)
        return agreement


def open_agreement_notice(
    agreement: Agreement,
    title: str,
    values: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Notice:
    """Draft the notice of the agreed price, on both venues (AMB-17, D-37).

    Raises:
        RuleViolations: E-TR-01 (the terms are not approved), E-EM-11 (declarations);
        RuleViolation: E-ST-01, E-ST-02, E-NT-02 (there is one).
    """
    with writing():
        fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if fresh.notice_id is not None:
            raise RuleViolation("E-NT-02")
        if fresh.status != AgreementState.AWAITING_NOTICE:
            raise RuleViolation("E-ST-01", state=fresh.status_label, event="起草公示")
        found = notice_gates(fresh, sheets.answers_of(fresh))
        if found:
            raise RuleViolations(found)
        notice = create_notice(
            fresh.owner_id,
            NoticeKind.NEGOTIATED,
            by=by,
            at=at,
            case_subject=subject_of(fresh),
        )
        save_draft(
            notice, title=title, values=values, planned_close_on=None, by=by, at=at
        )
        fresh.notice, fresh.changed_at = notice, at
        fresh.save(update_fields=["notice", "changed_at"])
        return notice


def sign_agreement(
    agreement: Agreement,
    *,
    signed_on: date,
    effective_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> Agreement:
    """Record that the contract is signed, after its notice has closed.

    Sets the timers of effect and end.

    Raises:
        RuleViolation: E-NT-04, E-NT-05, E-NT-06 (the notice), E-ST-01, E-ST-02.
    """
    with writing():
        fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if fresh.notice is None:
            raise RuleViolation("E-NT-04", close="未公示")
        check_may_proceed(fresh.notice, at)
        fresh.signed_on, fresh.effective_on = signed_on, effective_on
        fresh.ends_on, fresh.changed_at = ends_on, at
        fresh.save()
        agreement_step(fresh, AgreementEvent.SIGN, by=by, at=at)
        due.schedule(EFFECT, fresh, start_of(effective_on))
        if ends_on is not None:
            due.schedule(END, fresh, end_of(ends_on))
        return fresh


def take_effect(agreement: Agreement, *, at: datetime) -> None:
    """Let a signed contract take effect on its day.

    One whose payments were all settled before is completed at once.
    """
    if agreement.status != AgreementState.SIGNED:
        return
    agreement_step(agreement, AgreementEvent.TAKE_EFFECT, by=SYSTEM, at=at)
    if are_settled(subject_of(agreement)):
        complete_agreement(agreement, by=SYSTEM, at=at)


def complete_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Complete a contract whose payments are all paid or waived."""
    if agreement.status == AgreementState.PERFORMED:
        agreement_step(agreement, AgreementEvent.COMPLETE, by=SYSTEM, at=at)
        due.cancel(END, agreement, at=at)


def end_agreement(agreement: Agreement, *, at: datetime) -> None:
    """Let a contract in performance expire at the end of its last day.

    Sends `agreement_ended`.
    """
    if agreement.status == AgreementState.PERFORMED:
        with writing():
            agreement_step(agreement, AgreementEvent.EXPIRE, by=SYSTEM, at=at)
            agreement_ended.send(Agreement, agreement=agreement, at=at)


def rescind_agreement(
    agreement: Agreement, reason: str, *, version: int, by: Actor, at: datetime
) -> Agreement:
    """Record that the contract was rescinded, with the reason.

    Payments that nothing has triggered yet lapse with it. Sends `agreement_ended`.

    Raises:
        RuleViolation: E-FP-07, E-ST-01, E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        fresh.closing_reason, fresh.changed_at = reason.strip(), at
        fresh.save()
        agreement_step(fresh, AgreementEvent.RESCIND, by=by, at=at, reason=reason)
        due.cancel(END, fresh, at=at)
        lapse_payments(subject_of(fresh), reason.strip(), at=at)
        agreement_ended.send(Agreement, agreement=fresh, at=at)
        return fresh


def agreement_step(
    agreement: Agreement,
    event: AgreementEvent,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Take one step of the table with the roles held over the agreement."""
    apply(
        AGREEMENT,
        agreement,
        event,
        by=by,
        roles=agreement_roles(agreement, by),
        at=at,
        reason=reason,
        payload={"number": agreement.number},
    )


def _title_of(match: Match) -> str:
    if match.offer is not None:
        return str(match.offer.title)[:120]
    return match.demand.title[:120] if match.demand else ""
