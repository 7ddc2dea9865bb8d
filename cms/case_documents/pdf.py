"""PDFs of papers: made one after the other beside the requests, kept encrypted.

A request never waits long. What is made is kept by the hash of what it is made from,
so that every process finds it; a file that marks the work keeps two processes from
making the same PDF at once.
"""

import base64
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings

from assembly import AssemblyError
from assembly.pdf import Warm, find_program
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.core.encryption import Undecipherable, decrypt, encrypt

_CONTEXT = "case_documents.pdf"
_STALE = 600
"""Seconds after which a mark of work or failure no longer counts."""
PATIENCE = 2.0
"""Seconds that a request waits for a PDF: a warm converter needs less."""
Make = Callable[[], bytes]


class Making(StrEnum):
    """How far a PDF is."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


@cache
def converter() -> Warm:
    """Return the converter of this process; it starts with the first paper."""
    return Warm(tries=1)


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="pdf")


def can_convert() -> bool:
    """Whether this server makes PDFs."""
    return find_program() is not None


def kept(key: str) -> bytes | None:
    """Return the PDF that is kept under a key, None where there is none."""
    try:
        text = _place(key).read_text("ascii")
        return base64.b64decode(decrypt(text, _CONTEXT))
    except (OSError, Undecipherable):
        return None


def is_kept(key: str) -> bool:
    """Whether there is a PDF under a key, without reading it."""
    return _place(key).exists()


def start(key: str, make: Make) -> Making:
    """Have a PDF made, unless it is there, under way or has just failed."""
    if is_kept(key):
        return Making.READY
    if _is_fresh(_place(key, "failed")):
        return Making.FAILED
    if _claim(key):
        _worker().submit(_make, key, make)
    return Making.WAITING


def obtain(key: str, make: Make, *, patience: float = PATIENCE) -> Making:
    """Have a PDF made and wait a little for it."""
    if is_kept(key):
        return Making.READY
    if _is_fresh(_place(key, "failed")):
        return Making.FAILED
    if _claim(key):
        work: Future[None] = _worker().submit(_make, key, make)
        try:
            work.result(patience)
        except TooLate:
            return Making.WAITING
    return start(key, make)


def try_again(keys: Sequence[str]) -> None:
    """Forget that PDFs have failed."""
    for key in keys:
        _place(key, "failed").unlink(missing_ok=True)


def pdf_of(paper: Paper) -> Making:
    """Have the PDF of a paper made, waiting a little; `kept(paper.sha256)` has it."""
    return obtain(paper.sha256, maker_of(paper))


def maker_of(paper: Paper) -> Make:
    """Return what makes the PDF of a paper; its file is read at once."""
    if is_kept(paper.sha256):
        return bytes
    document = document_of(paper)
    return lambda: converter().convert(document)


def _make(key: str, make: Make) -> None:
    try:
        _keep(key, make())
    except AssemblyError:
        _place(key, "failed").touch()
    finally:
        _place(key, "making").unlink(missing_ok=True)


def _keep(key: str, content: bytes) -> None:
    place = _place(key)
    beside = place.with_suffix(f".{os.getpid()}")
    beside.write_text(encrypt(base64.b64encode(content).decode(), _CONTEXT), "ascii")
    beside.replace(place)


def _claim(key: str) -> bool:
    """Mark that this process makes a PDF; False where another already does."""
    mark = _place(key, "making")
    mark.parent.mkdir(parents=True, exist_ok=True)
    if not _is_fresh(mark):
        mark.unlink(missing_ok=True)
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _is_fresh(mark: Path) -> bool:
    try:
        return time.time() - mark.stat().st_mtime < _STALE
    except FileNotFoundError:
        return False


def _place(key: str, mark: str = "") -> Path:
    folder = Path(settings.DATA_DIR) / "paper_pdfs"
    return folder / (f"{key}.{mark}" if mark else key)
