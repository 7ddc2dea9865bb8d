"""After a crash: what an interrupted upload left is removed, a reading goes on."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from cms.core import doctor, due, orphan_files, recovery
from cms.core.doctor import Finding, Severity
from cms.core.locks import writing
from cms.core.orphan_files import Orphan
from cms.rules.signed_papers import SignedPaperState
from cms.signed_papers import storage
from cms.signed_papers.models import FileIntent, SignedPaper
from cms.signed_papers.tasks import RECOGNIZE

LONGEST_UPLOAD = timedelta(minutes=15)
"""After that an upload without its row was killed: reading a file takes less."""
_log = logging.getLogger(__name__)


@recovery.register
def recover(at: datetime, age: timedelta = LONGEST_UPLOAD) -> int:
    """Close the intents of killed uploads, remove their bytes; return how many.

    A reading that lost its timer gets a new one. Safe to run at any time and by
    several processes: it holds the write lock while it looks and removes.
    """
    stale = FileIntent.objects.filter(finished_at=None, started_at__lte=at - age)
    if not stale.exists():
        closed = 0
    else:
        with writing():
            closed = sum(_close(intent, at) for intent in stale.order_by("id"))
    for signed in SignedPaper.objects.filter(status=SignedPaperState.READING.value):
        if not due.is_scheduled(RECOGNIZE, signed):
            cycle = due.next_cycle(RECOGNIZE, signed)
            due.schedule(RECOGNIZE, signed, at, cycle=cycle)
    return closed


def discard(intent: FileIntent, at: datetime) -> None:
    """Close the intent of an upload that was refused, and remove its bytes."""
    with writing():
        _close(intent, at)


@orphan_files.register_store
def remove_unreferenced(at: datetime, age: timedelta, *, delete: bool) -> list[Orphan]:
    """Return the stored files that neither a row nor an upload refers to.

    They come from a database that was set back; `delete` removes them.
    """
    found = []
    with writing():
        for sha256 in storage.stored_files():
            if storage.age_of(sha256, at) < age or _is_wanted(sha256):
                continue
            found.append(Orphan(storage.name_of(sha256), storage.size_of(sha256)))
            if delete:
                storage.delete(sha256, 0)
    return found


def missing_files() -> list[str]:
    """Return the hashes that rows refer to and that are not in the storage."""
    rows = SignedPaper.objects.values_list("sha256", flat=True).distinct()
    return sorted(one for one in rows if not storage.is_stored(one))


@doctor.examination
def signed_files(at: datetime) -> Iterator[Finding]:
    """Whether every signed paper still has its file."""
    missing = missing_files()
    if missing:
        text = f"缺少{len(missing)}个签署件文件，请从备份恢复：{missing[0]} 等。"
        yield Finding(Severity.FAULT, "签署件", text)


def _close(intent: FileIntent, at: datetime) -> int:
    storage.drop_unfinished(intent.pk)
    intent.finished_at = at
    intent.save(update_fields=["finished_at"])
    if not _is_wanted(intent.sha256):
        storage.delete(intent.sha256, intent.pk)
        _log.info("已清除中断的上传 %s", intent.sha256)
    return 1


def _is_wanted(sha256: str) -> bool:
    """Whether a row or an upload under way refers to a file."""
    return (
        SignedPaper.objects.filter(sha256=sha256).exists()
        or FileIntent.objects.filter(sha256=sha256, finished_at=None).exists()
    )
