"""Announcements (公告): written and published by two people, never changed."""

from datetime import datetime
from hashlib import new as new_hash

from django.utils.timezone import localtime

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.numbering import next_number
from cms.core.pages import add_page, save_page
from cms.core.transitions import apply
from cms.notices.actions.public_page import get_index
from cms.notices.actions.screening import refuse_hits
from cms.notices.models import Announcement, AnnouncementPage
from cms.rules.notices import (
    ANNOUNCEMENT,
    AnnouncementEvent,
    AnnouncementKind,
    AnnouncementState,
    normalized,
    short_code,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from notation.visible_text import visible

_STAFF = frozenset({Role.BUREAU, Role.PLATFORM})


@writing()
def create_announcement(
    kind: AnnouncementKind, *, title: str, body: str, by: Actor, at: datetime
) -> Announcement:
    """Start a draft.

    Raises:
        RuleViolation: E-ST-02.
    """
    if not by.roles & _STAFF:
        raise RuleViolation("E-ST-02", event="起草公告")
    return Announcement.objects.create(
        kind=kind.value,
        title=visible(title, in_one_line=True),
        body=visible(body),
        status=AnnouncementState.DRAFT.value,
        created_by_id=by.person_id,
        created_at=at,
    )


@writing()
def correct_announcement(
    announcement: Announcement, *, by: Actor, at: datetime
) -> Announcement:
    """Start the correction of a published announcement as a new, linked draft.

    Raises:
        RuleViolation: E-ST-01 (not published), E-ST-02.
    """
    if announcement.published_at is None:
        state = AnnouncementState(announcement.status).label
        raise RuleViolation("E-ST-01", state=state, event="更正")
    draft = create_announcement(
        AnnouncementKind.CORRECTION,
        title=f"关于《{announcement.title}》的更正公告"[:120],
        body=announcement.body,
        by=by,
        at=at,
    )
    draft.corrects = announcement
    draft.save(update_fields=["corrects"])
    return draft


def save_announcement(
    announcement: Announcement, *, title: str, body: str, by: Actor
) -> Announcement:
    """Keep the draft's text.

    Raises:
        RuleViolation: E-NT-02 (published), E-ST-01, E-ST-02, E-ST-04.
    """
    if not by.roles & _STAFF:
        raise RuleViolation("E-ST-02", event="编辑公告")
    with writing():
        fresh = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if fresh.published_at is not None:
            raise RuleViolation("E-NT-02")
        if fresh.status != AnnouncementState.DRAFT:
            state = AnnouncementState(fresh.status).label
            raise RuleViolation("E-ST-01", state=state, event="编辑")
        if fresh.version != announcement.version:
            raise RuleViolation("E-ST-04")
        announcement.title = visible(title, in_one_line=True)
        announcement.body = visible(body)
        announcement.version += 1
        announcement.save(update_fields=["title", "body", "version"])
        return announcement


def submit_announcement(
    announcement: Announcement, *, by: Actor, at: datetime
) -> Announcement:
    """Hand the draft to a second person.

    Raises:
        RuleViolation: E-LS-01, E-ST-01, E-ST-02, E-ST-04; RuleViolations: E-SE-02.
    """
    parts = (("标题", announcement.title), ("正文", announcement.body))
    missing = [label for label, text in parts if not text.strip()]
    if missing:
        raise RuleViolation("E-LS-01", field="title", fields="、".join(missing))
    refuse_hits([("title", announcement.title), ("body", announcement.body)])
    with writing():
        apply(
            ANNOUNCEMENT,
            announcement,
            AnnouncementEvent.SUBMIT,
            by=by,
            roles=by.roles,
            at=at,
        )
        announcement.submitted_by_id = by.user_id
        announcement.submitted_at = at
        announcement.return_reason = ""
        announcement.save(
            update_fields=["submitted_by", "submitted_at", "return_reason"]
        )
        return announcement


def return_announcement(
    announcement: Announcement, *, reason: str, by: Actor, at: datetime
) -> Announcement:
    """Send the draft back with a reason.

    Raises:
        RuleViolation: E-NP-02 (no reason), E-ST-01..04.
    """
    if not reason.strip():
        raise RuleViolation("E-NP-02", field="reason")
    with writing():
        apply(
            ANNOUNCEMENT,
            announcement,
            AnnouncementEvent.RETURN,
            by=by,
            roles=by.roles,
            at=at,
        )
        announcement.return_reason = reason.strip()
        announcement.save(update_fields=["return_reason"])
        return announcement


def publish_announcement(
    announcement: Announcement, *, issuer: str, by: Actor, at: datetime
) -> AnnouncementPage:
    """Publish: number, fixed text, hashes, page; link a correction to its original.

    Raises:
        RuleViolation: E-ST-01..04; RuleViolations: E-SE-02.
    """
    refuse_hits([("title", announcement.title), ("body", announcement.body)])
    with writing():
        number = next_number("GG", localtime(at).year)
        text = _text_of(announcement, number, issuer)
        sha256 = new_hash("sha256", text.encode()).hexdigest()
        sm3 = new_hash("sm3", text.encode()).hexdigest()
        apply(
            ANNOUNCEMENT,
            announcement,
            AnnouncementEvent.PUBLISH,
            by=by,
            roles=by.roles,
            at=at,
            payload={"number": number, "sha256": sha256, "sm3": sm3},
        )
        announcement.number = number
        announcement.text = text
        announcement.sha256 = sha256
        announcement.sm3 = sm3
        announcement.code = short_code("announcement", number, sha256)
        announcement.published_at = at
        announcement.save()
        return _write_page(announcement, issuer, at=at)


def _text_of(announcement: Announcement, number: str, issuer: str) -> str:
    lines = [
        AnnouncementKind(announcement.kind).label,
        f"编号：{number}",
        f"标题：{announcement.title}",
        f"发布机构：{issuer}",
    ]
    if announcement.corrects:
        lines.append(f"更正的公告：{announcement.corrects.number}")
    return normalized("\n".join([*lines, announcement.body]))


def _write_page(
    announcement: Announcement, issuer: str, *, at: datetime
) -> AnnouncementPage:
    original = announcement.corrects
    page = AnnouncementPage(
        title=announcement.title,
        slug=announcement.number,
        number=announcement.number,
        kind=announcement.kind,
        issuer=issuer,
        body=announcement.body,
        text=announcement.text,
        sha256=announcement.sha256,
        sm3=announcement.sm3,
        code=announcement.code,
        published_at=at,
        corrects_number=original.number if original else "",
    )
    add_page(get_index(at=at), page, at=at)
    if original:
        corrected = AnnouncementPage.objects.get(number=original.number)
        corrected.corrected_by = [*corrected.corrected_by, announcement.number]
        save_page(corrected, at=at)
    return page
