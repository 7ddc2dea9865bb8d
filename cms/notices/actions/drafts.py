"""Drafting and submitting a notice: the unit's transfer office."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import new as new_hash

from cms.core.actors import Actor
from cms.core.locks import take_write_lock, writing
from cms.core.models import PrivateFile
from cms.core.transitions import apply
from cms.notices.actions.screening import refuse_personal_data
from cms.notices.models import Notice, NoticeAttachment
from cms.notices.periods import check_plan, review_due
from cms.rules.notices import (
    NOTICE,
    FieldKind,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    check_fields,
    fields_of,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from notation.visible_text import visible

MAX_ATTACHMENTS = 10


@writing()
def create_notice(
    owner_id: int, kind: NoticeKind, *, by: Actor, at: datetime, case_subject: str = ""
) -> Notice:
    """Start a draft for a unit whose transfer office the actor belongs to.

    Raises:
        RuleViolation: E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(owner_id):
        raise RuleViolation("E-ST-02", event="起草公示")
    return Notice.objects.create(
        owner_id=owner_id,
        kind=kind.value,
        title="",
        status=NoticeState.DRAFT.value,
        case_subject=case_subject,
        created_by_id=by.person_id,
        created_at=at,
        updated_at=at,
    )


def save_draft(
    notice: Notice,
    *,
    title: str,
    values: Mapping[str, str],
    planned_close_on: date | None,
    by: Actor,
    at: datetime,
) -> Notice:
    """Keep what was typed, complete or not, as far as it can be seen.

    Unknown fields are dropped, and so are invisible characters.

    Raises:
        RuleViolation: E-ST-02, E-ST-04, E-NT-02 (no longer a draft).
    """
    with writing():
        _lock_draft(notice, by)
        notice.title = visible(title, in_one_line=True)
        notice.values = {
            spec.name: visible(
                values[spec.name], in_one_line=spec.kind is not FieldKind.TEXT
            )
            for spec in fields_of(notice.kind)
            if spec.name in values
        }
        notice.planned_close_on = planned_close_on
        notice.updated_at = at
        notice.version += 1
        notice.save()
        return notice


def attach_file(notice: Notice, file: PrivateFile, *, by: Actor) -> NoticeAttachment:
    """Add an uploaded file of the same owner to a draft.

    Raises:
        RuleViolation: E-ST-02, E-ST-04, E-NT-02, E-NP-01 (too many files).
    """
    with writing():
        _lock_draft(notice, by)
        position = notice.attachments.count()
        if position >= MAX_ATTACHMENTS:
            raise RuleViolation("E-NP-01", n=MAX_ATTACHMENTS, field="file")
        with file.file.open("rb") as content:
            sm3 = new_hash("sm3", content.read()).hexdigest()
        return NoticeAttachment.objects.create(
            notice=notice,
            file=file,
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            sm3=sm3,
            position=position,
        )


def detach_file(notice: Notice, attachment_id: int, *, by: Actor) -> None:
    """Take a file off a draft; the stored file itself stays."""
    with writing():
        _lock_draft(notice, by)
        notice.attachments.get(pk=attachment_id).delete()


def delete_draft(notice: Notice, *, by: Actor) -> None:
    """Delete a draft that was never submitted.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04, E-NT-02.
    """
    with writing():
        _lock_draft(notice, by)
        if notice.submitted_at is not None:
            raise RuleViolation(
                "E-ST-01", state=NoticeState(notice.status).label, event="删除草稿"
            )
        for attachment in notice.attachments.all():
            attachment.delete()
        notice.delete()


def submit_notice(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Hand the draft in for the form check.

    1. Refuses an incomplete notice, a hidden insider, personal data, and a
       planned end that would be too early or too late if it were published now.
    2. Sets the check's due instant (FORMAL_REVIEW), if the calendar knows it.

    Raises:
        RuleViolations: E-LS-01, E-OT-07, E-SE-02; RuleViolation: E-NT-01, E-NP-05,
            E-ST-01..04.
    """
    check_fields(notice.kind, notice.title, notice.values)
    refuse_personal_data(notice)
    check_plan(notice, at)
    with writing():
        apply(
            NOTICE,
            notice,
            NoticeEvent.SUBMIT,
            by=by,
            roles=by.roles_in(notice.owner_id),
            at=at,
        )
        notice.submitted_by_id = by.user_id
        notice.submitted_at = at
        notice.review_due_at = review_due(at)
        notice.review_reason = ""
        notice.save(
            update_fields=[
                "submitted_by",
                "submitted_at",
                "review_due_at",
                "review_reason",
            ]
        )
        return notice


@writing()
def set_review_limits() -> None:
    """Give a limit to the form checks that wait without one (T-07)."""
    waiting = NoticeState.AWAITING_REVIEW.value
    for notice in Notice.objects.filter(status=waiting, review_due_at=None):
        if notice.submitted_at is not None:
            notice.review_due_at = review_due(notice.submitted_at)
            notice.save(update_fields=["review_due_at"])


def revise_notice(notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Open a rejected notice again for editing."""
    apply(
        NOTICE,
        notice,
        NoticeEvent.REVISE,
        by=by,
        roles=by.roles_in(notice.owner_id),
        at=at,
    )
    return notice


def _lock_draft(notice: Notice, by: Actor) -> None:
    """Lock the row; refuse strangers, stale copies and what is not a draft."""
    if Role.TRANSFER_OFFICE not in by.roles_in(notice.owner_id):
        raise RuleViolation("E-ST-02", event="编辑公示草稿")
    take_write_lock()
    fresh = Notice.objects.select_for_update().get(pk=notice.pk)
    if fresh.published_at is not None:
        raise RuleViolation("E-NT-02")
    if fresh.status != NoticeState.DRAFT:
        raise RuleViolation(
            "E-ST-01", state=NoticeState(fresh.status).label, event="编辑草稿"
        )
    if fresh.version != notice.version:
        raise RuleViolation("E-ST-04")
