"""Notices for tests; the units, prices and people in them are invented."""

import io
import zipfile
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.core import private_files
from cms.core.clock import SHANGHAI
from cms.core.models import PrivateFile
from cms.notices.actions import (
    approve_notice,
    attach_file,
    create_announcement,
    create_notice,
    decide_change,
    decide_extension,
    publish_announcement,
    publish_notice,
    request_change,
    request_extension,
    save_draft,
    submit_announcement,
    submit_notice,
)
from cms.notices.models import (
    Announcement,
    Extension,
    Notice,
    NoticeAttachment,
    NoticePage,
)
from cms.rules.notices import (
    AnnouncementKind,
    ChangeKind,
    FieldKind,
    NoticeKind,
    Venue,
    fields_of,
    rule_of,
)
from tests.conftest import Cast


def at(text: str) -> datetime:
    """Return an instant of Shanghai: `2026-09-25 10:00`, seconds as wanted."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def values_for(kind: NoticeKind, **changes: str) -> dict[str, str]:
    """Return complete contents of a kind with some values changed."""
    values = {}
    for spec in fields_of(kind):
        if spec.choices:
            values[spec.name] = spec.choices[0][0]
        elif spec.kind is FieldKind.INSTANT:
            values[spec.name] = "2027-06-01T09:00:00+08:00"
        elif spec.required:
            values[spec.name] = f"示例{spec.label}"
    return {**values, **changes}


def make_draft(
    cast: Cast,
    kind: NoticeKind = NoticeKind.LISTING,
    *,
    when: datetime,
    title: str = "示例成果公示",
    planned: date | None = None,
    **changes: str,
) -> Notice:
    """Create a complete draft of the first unit."""
    by = cast.actor("tto")
    notice = create_notice(cast.unit.pk, kind, by=by, at=when)
    return save_draft(
        notice,
        title=title,
        values=values_for(kind, **changes),
        planned_close_on=planned,
        by=by,
        at=when,
    )


def make_approved(
    cast: Cast,
    kind: NoticeKind = NoticeKind.LISTING,
    *,
    when: datetime,
    draft: Notice | None = None,
    title: str = "示例成果公示",
    planned: date | None = None,
    **changes: str,
) -> Notice:
    """Create a notice that passed the form check by the second pair of eyes."""
    notice = draft or make_draft(
        cast, kind, when=when, title=title, planned=planned, **changes
    )
    submit_notice(notice, by=cast.actor("tto"), at=when)
    return approve_notice(notice, by=cast.actor(checker_of(kind)), at=when)


def checker_of(kind: NoticeKind) -> str:
    """Return who checks a kind: the platform, or the unit's approver."""
    return "pla" if Venue.PLATFORM in venues_of(kind) else "apv"


def venues_of(kind: NoticeKind) -> tuple[Venue, ...]:
    """Return the required venues of a kind."""
    return rule_of(kind).required


def publish(cast: Cast, notice: Notice, venue: Venue, *, when: datetime) -> Notice:
    """Open one venue by whoever runs it; return the notice as stored."""
    person = "pla" if venue is Venue.PLATFORM else "tto"
    publish_notice(notice, venue, by=cast.actor(person), at=when)
    return Notice.objects.get(pk=notice.pk)


def make_open(
    cast: Cast,
    kind: NoticeKind = NoticeKind.LISTING,
    *,
    when: datetime,
    title: str = "示例成果公示",
    planned: date | None = None,
    **changes: str,
) -> Notice:
    """Create a notice that is open on all its required venues since `when`."""
    notice = make_approved(
        cast, kind, when=when, title=title, planned=planned, **changes
    )
    for venue in venues_of(kind):
        notice = publish(cast, notice, venue, when=when)
    return notice


def page_of(notice: Notice) -> NoticePage:
    """Return the public page of a notice."""
    return NoticePage.objects.get(number=notice.number)


def make_attachment(
    cast: Cast,
    notice: Notice,
    *,
    when: datetime,
    name: str = "说明.docx",
    text: str = "示例附件正文",
) -> NoticeAttachment:
    """Attach a small Word file with one paragraph."""
    by = cast.actor("tto")
    file = private_files.store(
        SimpleUploadedFile(name, word_file(text)),
        by=by,
        owner_id=notice.owner_id,
        purpose="notice",
        at=when,
    )
    return attach_file(notice, file, by=by)


def word_file(text: str) -> bytes:
    """Return a minimal .docx with one paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{text}</w:t>'
            "</w:r></w:p></w:body></w:document>",
        )
    return stream.getvalue()


def make_announcement(
    cast: Cast, *, when: datetime, title: str = "示例公告", body: str = "示例公告正文。"
) -> Announcement:
    """Publish an announcement: one person writes, another publishes."""
    row = create_announcement(
        AnnouncementKind.GENERAL,
        title=title,
        body=body,
        by=cast.actor("stb"),
        at=when,
    )
    submit_announcement(row, by=cast.actor("stb"), at=when)
    publish_announcement(row, issuer="示例市科技局", by=cast.actor("stb2"), at=when)
    return row


def consent(cast: Cast, *, when: datetime) -> PrivateFile:
    """Store the buyer's consent to an extension."""
    return private_files.store(
        SimpleUploadedFile("同意书.docx", word_file("同意延长")),
        by=cast.actor("tto"),
        owner_id=cast.unit.pk,
        purpose="notice_consent",
        at=when,
    )


def ask_extension(
    cast: Cast, notice: Notice, when: datetime, **changes: object
) -> Extension:
    """Ask for seven more days, with some terms changed."""
    values: dict[str, object] = {
        "days": 7,
        "reason": "受让人需补充材料",
        "consent": consent(cast, when=when),
        "by": cast.actor("tto"),
        "at": when,
        **changes,
    }
    return request_extension(notice, **values)  # type: ignore[arg-type]


def extend(cast: Cast, notice: Notice, when: datetime) -> Notice:
    """Grant seven more days; return the notice as stored."""
    extension = ask_extension(cast, notice, when)
    decide_extension(extension, approve=True, reason="", by=cast.actor("pla"), at=when)
    return Notice.objects.get(pk=notice.pk)


def change(
    cast: Cast, notice: Notice, when: datetime, kind: ChangeKind = ChangeKind.REPLACE
) -> Notice | None:
    """Grant a change; return the new notice, or None for an end."""
    request = request_change(
        notice, kind, reason="价格调整", by=cast.actor("tto"), at=when
    )
    return decide_change(
        request, approve=True, reason="", by=cast.actor("pla"), at=when
    )
