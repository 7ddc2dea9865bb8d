"""Change and end of a running notice (附件4十): request, decision, successor."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.transitions import apply
from cms.notices.actions.extensions import lapse_requests
from cms.notices.actions.public_page import follow
from cms.notices.actions.suspensions import end_open_stop
from cms.notices.actions.timing import stop_timer
from cms.notices.gates import check_consents
from cms.notices.models import ChangeRequest, Notice, NoticeAttachment
from cms.notices.queries import roles_over
from cms.notices.signals import notice_terminated
from cms.rules.notices import (
    NOTICE,
    ChangeKind,
    NoticeEvent,
    NoticeState,
    RequestState,
    reviewers_of,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

ENDED_TEXT = {
    ChangeKind.REPLACE: "变更申请获准，本公示终止；变更后的公示重新计算期限。",
    ChangeKind.TERMINATE: "终止申请获准，本公示终止。",
}


def request_change(
    notice: Notice, kind: ChangeKind, *, reason: str, by: Actor, at: datetime
) -> ChangeRequest:
    """Ask to change or end a running notice.

    Raises:
        RuleViolation: E-CH-02 (too late), E-CH-01 (bidders' consent), E-NP-02
            (no reason), E-NP-04 (one is waiting), E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(notice.owner_id):
        raise RuleViolation("E-ST-02", event=kind.label)
    with writing():
        notice.refresh_from_db()
        _check_stage(notice, at)
        if not reason.strip():
            raise RuleViolation("E-NP-02", field="reason")
        if notice.change_requests.filter(status=RequestState.PENDING.value).exists():
            raise RuleViolation("E-NP-04")
        check_consents(notice)
        request = ChangeRequest.objects.create(
            notice=notice,
            kind=kind.value,
            reason=reason.strip(),
            requested_by_id=by.person_id,
            requested_at=at,
        )
        evidence.record(
            "notice.change_requested", notice, {"kind": kind.value}, by=by, at=at
        )
        return request


def decide_change(
    request: ChangeRequest, *, approve: bool, reason: str, by: Actor, at: datetime
) -> Notice | None:
    """Grant or refuse a request; a granted change returns the successor's draft.

    1. Ends the current notice, its timer and its pending requests.
    2. For a change: a new draft with the old content, linked, full period (T-15).

    Raises:
        RuleViolation: E-CH-01, E-CH-02, E-LS-06 (refusal without reason),
            E-ST-01..04.
    """
    with writing():
        request = ChangeRequest.objects.select_for_update().get(pk=request.pk)
        notice = Notice.objects.get(pk=request.notice_id)
        kind = ChangeKind(request.kind)
        _check_decider(request, notice, by)
        if not approve and not reason.strip():
            raise RuleViolation("E-LS-06", field="reason")
        state = RequestState.APPROVED if approve else RequestState.REFUSED
        request.status = state.value
        request.decided_by_id = by.user_id
        request.decided_at = at
        request.decision_reason = reason.strip()
        request.save()
        evidence.record(
            f"notice.change_{request.status}",
            notice,
            {"kind": kind.value},
            by=by,
            at=at,
        )
        if not approve:
            return None
        _check_stage(notice, at)
        check_consents(notice)
        event = NoticeEvent(kind.value)
        _end(notice, event, ENDED_TEXT[kind], by=by, at=at)
        if kind is ChangeKind.REPLACE:
            return _draft_successor(notice, request, at=at)
        return None


def terminate_notice(notice: Notice, *, ground: str, by: Actor, at: datetime) -> Notice:
    """End a notice by the rule on objections; `ground` is public (D-51).

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04, E-NP-02 (no ground).
    """
    if not ground.strip():
        raise RuleViolation("E-NP-02", field="ground")
    with writing():
        _end(notice, NoticeEvent.TERMINATE, ground.strip(), by=by, at=at)
        return notice


def _check_stage(notice: Notice, at: datetime) -> None:
    """附件4十: only while the notice runs or is stopped, and before its close."""
    is_running = notice.status in {NoticeState.OPEN, NoticeState.SUSPENDED}
    is_over = (
        notice.status == NoticeState.OPEN
        and notice.close_at is not None
        and at >= notice.close_at
    )
    if not is_running or is_over:
        raise RuleViolation("E-CH-02")


def _check_decider(request: ChangeRequest, notice: Notice, by: Actor) -> None:
    event = ChangeKind(request.kind).label
    if request.status != RequestState.PENDING:
        state = RequestState(request.status).label
        raise RuleViolation("E-ST-01", state=state, event=event)
    if not roles_over(by, notice) & reviewers_of(notice.kind):
        raise RuleViolation("E-ST-02", event=event)
    if by.user_id == request.requested_by_id:
        raise RuleViolation("E-ST-03")


def _end(
    notice: Notice, event: NoticeEvent, text: str, *, by: Actor, at: datetime
) -> None:
    apply(NOTICE, notice, event, by=by, roles=roles_over(by, notice), at=at)
    notice.terminated_at = at
    notice.save(update_fields=["terminated_at"])
    stop_timer(notice, at=at)
    end_open_stop(notice, reason="公示终止", by=by, at=at)
    lapse_requests(notice, at=at)
    follow(notice, at=at, title="终止", text=text)
    notice_terminated.send(Notice, notice=notice, at=at)


def _draft_successor(notice: Notice, request: ChangeRequest, *, at: datetime) -> Notice:
    successor = Notice.objects.create(
        owner_id=notice.owner_id,
        kind=notice.kind,
        title=notice.title,
        values=notice.values,
        status=NoticeState.DRAFT.value,
        case_subject=notice.case_subject,
        predecessor=notice,
        created_by_id=request.requested_by_id,
        created_at=at,
        updated_at=at,
    )
    for row in notice.attachments.all():
        NoticeAttachment.objects.create(
            notice=successor,
            file_id=row.file_id,
            name=row.name,
            size=row.size,
            sha256=row.sha256,
            sm3=row.sm3,
            position=row.position,
        )
    return successor
