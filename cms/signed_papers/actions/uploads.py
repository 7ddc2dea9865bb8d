"""Uploading a signed copy: checked, read, stored once, never half (AS-09).

The order is: checks, reading (no lock held), intent, bytes, row. Whatever kills the
process between two of them is put right by `recovery`.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import DatabaseError

from cms.case_documents.bundle import bundle_name
from cms.case_documents.kinds import case_behind
from cms.case_documents.models import Paper
from cms.case_documents.signed_text import Unreadable, pictures_to_pdf
from cms.core import due, evidence
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.rules.signed_papers import (
    MEGABYTE,
    MOST_BYTES,
    MOST_PICTURES,
    OPEN,
    SignedPaperEvent,
    SignedPaperState,
)
from cms.rules.violations import RuleViolation
from cms.signed_papers import storage
from cms.signed_papers.models import FileIntent, SignedPaper
from cms.signed_papers.reading import ReadPages, pages_to_json, read_upload
from cms.signed_papers.recovery import discard, recover
from cms.signed_papers.steps import require_office, step
from cms.signed_papers.tasks import RECOGNIZE

_PDF, _PICTURES = b"%PDF-", (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HEAD, _TAIL = 1_024, 2_048


@dataclass(frozen=True, slots=True)
class UploadedPage:
    """One uploaded file: what its owner called it, and its bytes."""

    name: str
    body: bytes


def upload_signed_paper(
    paper: Paper,
    files: Sequence[UploadedPage],
    *,
    replacement_reason: str = "",
    by: Actor,
    at: datetime,
) -> SignedPaper:
    """Take in the signed copy of one assembled version: a PDF, or pictures in order.

    1. Checks who, the state of the case's copies, and the files by their content.
    2. Reads the text layer and compares it, in a limited process, without a lock.
    3. Stores the bytes under their hash, then the row; scanned pages get a timer.

    Raises:
        RuleViolation: E-ST-02, E-SG-12 to E-SG-16, E-SG-19 to E-SG-21 (no room),
            E-FL-01 (too large), E-FL-03 to E-FL-05.
    """
    require_office(paper.owner_id, by, "上传签署件")
    reason = replacement_reason.strip()
    _check_copies(paper, reason)
    body = _joined(files)
    digest = sha256(body).hexdigest()
    _check_file(paper, digest)
    recover(at)
    read = read_upload(paper, body)
    with storage.refusing_full_disk():
        intent = _intend(digest, at)
        try:
            storage.write(digest, body, intent.pk)
            return _keep(paper, intent, len(body), read, reason, by=by, at=at)
        except (OSError, DatabaseError, RuleViolation):
            # Where not even this can be written, the sweep will do it.
            with suppress(DatabaseError):
                discard(intent, at)
            raise


def _check_copies(paper: Paper, reason: str) -> SignedPaper | None:
    """Return the filed copy that this one is to replace, None where there is none.

    Raises:
        RuleViolation: E-SG-14, E-SG-15, E-SG-21.
    """
    copies = SignedPaper.objects.filter(case=paper.case, instrument=paper.instrument)
    if copies.filter(status__in=[state.value for state in OPEN]).exists():
        raise RuleViolation("E-SG-14")
    filed = copies.filter(status=SignedPaperState.FILED.value).first()
    if filed is None:
        return None
    if filed.paper_id != paper.pk:
        raise RuleViolation("E-SG-21", n=filed.paper.number)
    if not reason:
        raise RuleViolation("E-SG-15", field="replacement_reason")
    return filed


def _check_file(paper: Paper, digest: str) -> None:
    """Refuse a file that is in the archive as another paper of the case."""
    other = SignedPaper.objects.filter(
        case=paper.case, sha256=digest, status=SignedPaperState.FILED.value
    ).first()
    if other is not None:
        title = f"{other.instrument} {other.title}"
        raise RuleViolation("E-SG-16", field="files", instrument=title)


def _joined(files: Sequence[UploadedPage]) -> bytes:
    """Return one PDF: the one that was uploaded, or the pictures' in their order."""
    for file in files:
        _check_size(file)
    if not files:
        raise RuleViolation("E-FL-05", field="files", name="签署件")
    if sum(len(file.body) for file in files) > MOST_BYTES:
        _refuse_size("全部文件", sum(len(file.body) for file in files))
    if len(files) == 1 and _PDF in files[0].body[:_HEAD]:
        return _whole(files[0])
    if any(_PDF in file.body[:_HEAD] for file in files) or len(files) > MOST_PICTURES:
        raise RuleViolation("E-SG-13", field="files")
    for file in files:
        if not file.body.startswith(_PICTURES):
            types = "pdf、jpg、jpeg、png"
            raise RuleViolation("E-FL-02", field="files", name=file.name, types=types)
    try:
        return pictures_to_pdf([file.body for file in files])
    except Unreadable as error:
        raise RuleViolation(
            "E-SG-12", field="files", reason=str(error).rstrip("。")
        ) from error


def _whole(file: UploadedPage) -> bytes:
    """Return a PDF that begins and ends as one; a torn transfer does not."""
    if not file.body.startswith(_PDF) or b"%%EOF" not in file.body[-_TAIL:]:
        raise RuleViolation("E-FL-03", field="files", name=file.name)
    return file.body


def _check_size(file: UploadedPage) -> None:
    if not file.body:
        raise RuleViolation("E-FL-05", field="files", name=file.name)
    if len(file.body) > MOST_BYTES:
        _refuse_size(file.name, len(file.body))


def _refuse_size(name: str, size: int) -> None:
    raise RuleViolation(
        "E-FL-01",
        field="files",
        name=name,
        size=f"{size / MEGABYTE:.1f} MB",
        limit=f"{MOST_BYTES // MEGABYTE} MB",
    )


@writing()
def _intend(digest: str, at: datetime) -> FileIntent:
    return FileIntent.objects.create(sha256=digest, started_at=at)


def _keep(
    paper: Paper,
    intent: FileIntent,
    size: int,
    read: ReadPages,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> SignedPaper:
    """Make the row, its evidence and its timer, and close the intent, in one."""
    with writing():
        filed = _check_copies(paper, reason)
        signed = _row(paper, intent.sha256, size, read, by, at)
        signed.replaces, signed.replacement_reason = filed, reason[:300]
        signed.save(force_insert=True)
        intent.finished_at = at
        intent.save(update_fields=["finished_at"])
        payload: dict[str, object] = {
            "instrument": signed.instrument,
            "paper": paper.sha256,
            "file": signed.sha256,
            "size": size,
            "pages": signed.pages,
        }
        evidence.record("signed_paper.uploaded", signed, payload, by=by, at=at)
        step(signed, read.event, by=SYSTEM, at=at, payload={"method": read.method})
        if read.event is SignedPaperEvent.RECOGNIZE:
            due.schedule(RECOGNIZE, signed, at)
        return signed


def _row(
    paper: Paper, digest: str, size: int, read: ReadPages, by: Actor, at: datetime
) -> SignedPaper:
    case = case_behind(paper.case)
    return SignedPaper(
        paper=paper,
        case=paper.case,
        case_title=case.title,  # type: ignore[attr-defined]
        case_number=case.number,  # type: ignore[attr-defined]
        mode=bundle_name(case),
        owner_id=paper.owner_id,
        instrument=paper.instrument,
        title=paper.title,
        sha256=digest,
        size=size,
        pages=len(read.pages),
        pages_unread=len(read.unread),
        method=read.method,
        unread_reason=read.reason,
        text=pages_to_json(read.pages),
        comparison=read.comparison,
        uploaded_by_id=by.person_id,
        uploaded_at=at,
        submitted_by_id=by.person_id,
        created_at=at,
    )
