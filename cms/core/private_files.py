"""Private files (案卷附件): checked, hashed, kept out of every public place.

An upload is stored at once and a draft refers to it by id, so it survives a
form that is refused. Who may read a file is said for each purpose by the
feature that owns it (`@readable("application")`); where nobody says, only
members of the owning organization and the uploader may.
"""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.file_types import (
    FILE_TYPES,
    DamagedFile,
    FileType,
    UnsafeFile,
    check_content,
)
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.rules.violations import RuleViolation

MAX_BYTES = 20 * 1024 * 1024
_MAX_NAME = 100
_UNPRINTABLE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\ufeff]')

Readable = Callable[[Actor, PrivateFile], bool]
_readable: dict[str, Readable] = {}


def readable(purpose: str) -> Callable[[Readable], Readable]:
    """Register who may read files of a purpose: `may_read(actor, file)`."""

    def keep(may_read: Readable) -> Readable:
        if _readable.setdefault(purpose, may_read) is not may_read:
            raise RuntimeError(f"two rules for files of {purpose}")
        return may_read

    return keep


def store(
    upload: UploadedFile,
    *,
    by: Actor,
    owner_id: int | None,
    purpose: str,
    at: datetime,
) -> PrivateFile:
    """Check and keep an upload; return its row.

    Raises:
        RuleViolation: E-FL-01 (too large), E-FL-02 (type not allowed), E-FL-03
            (content is not what the name says), E-FL-04 (encrypted, macros),
            E-FL-05 (empty).
    """
    name = clean_name(upload.name or "")
    kind = _checked_type(name, upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    path = f"{purpose}/{at:%Y/%m}/{uuid.uuid4().hex}.{kind.extension}"
    row = PrivateFile(
        name=name,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        media_type=kind.media_type,
        purpose=purpose,
        owner_id=owner_id,
        uploaded_by_id=by.person_id,
        uploaded_at=at,
    )
    row.file.save(path, upload, save=False)
    with writing():
        row.save(force_insert=True)
    return row


def clean_name(name: str) -> str:
    """Return the bare file name: no folders, no control or bidi characters."""
    bare = unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name)
    bare = _UNPRINTABLE.sub("", bare).strip(" .")
    stem, dot, extension = bare.rpartition(".")
    return f"{stem[:_MAX_NAME]}{dot}{extension}" if stem else bare[:_MAX_NAME]


def _checked_type(name: str, upload: UploadedFile) -> FileType:
    size = upload.size or 0
    if not size:
        raise RuleViolation("E-FL-05", name=name)
    if size > MAX_BYTES:
        raise RuleViolation(
            "E-FL-01", name=name, size=f"{size / 2**20:.1f} MB", limit="20 MB"
        )
    kind = FILE_TYPES.get(name.rpartition(".")[2].lower())
    if kind is None:
        types = "、".join(FILE_TYPES)
        raise RuleViolation("E-FL-02", name=name, types=types)
    try:
        check_content(kind, upload)
    except DamagedFile as error:
        raise RuleViolation("E-FL-03", name=name) from error
    except UnsafeFile as error:
        raise RuleViolation("E-FL-04", name=name) from error
    return kind


def may_read(actor: Actor, file: PrivateFile) -> bool:
    """Whether the actor may read the file, by the rule of its purpose."""
    if actor.user_id is None:
        return False
    rule = _readable.get(file.purpose, _is_own)
    return rule(actor, file)


def _is_own(actor: Actor, file: PrivateFile) -> bool:
    if actor.user_id == file.uploaded_by_id:
        return True
    return file.owner_id is not None and bool(actor.roles_in(file.owner_id))


def open_for(actor: Actor, file_id: int, *, at: datetime) -> PrivateFile:
    """Return a file for reading and log the view in the evidence.

    Raises:
        Http404: there is none, or the actor may not read it.
    """
    file = PrivateFile.objects.filter(pk=file_id).first()
    if file is None or not may_read(actor, file):
        raise Http404
    with writing():
        payload = {"purpose": file.purpose, "owner": file.owner_id}
        evidence.record("private_file.viewed", file, payload, by=actor, at=at)
    return file


def inline_response(file: PrivateFile) -> HttpResponse:
    """Return a stored picture to be shown inline: not cached, not sniffed."""
    with file.file.open("rb") as stream:
        response = HttpResponse(stream.read(), content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
