"""PDFs of papers: made one after the other beside the requests, kept encrypted.

A request never waits long. What is made is kept by the hash of what it is made from,
so that every process finds it; a file that marks the work keeps two processes from
making the same PDF at once.
"""

import base64
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings

from assembly.pdf import Warm, find_program
from cms.case_documents.actions.papers import document_of
from cms.case_documents.models import Paper
from cms.core.encryption import Undecipherable, decrypt, encrypt

logger = logging.getLogger(__name__)
_CONTEXT = "case_documents.pdf"
_STALE = timedelta(minutes=10)
"""After which a mark of work or failure no longer counts."""
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
    """Return the PDF that is kept under a key, None where there is none.

    One that the present keys do not open is taken away, to be made anew.
    """
    try:
        return base64.b64decode(decrypt(_place(key).read_text("ascii"), _CONTEXT))
    except Undecipherable:
        _place(key).unlink(missing_ok=True)
    except OSError:
        pass
    return None


def is_kept(key: str) -> bool:
    """Whether there is a PDF under a key, without reading it."""
    return _place(key).exists()


def start(key: str, make: Make, *, at: datetime) -> Making:
    """Have a PDF made, unless it is there, under way or has just failed."""
    state = _state(key, at)
    if state is None:
        _claim_and_submit(key, make, at)
    return state or Making.WAITING


def obtain(key: str, make: Make, *, at: datetime) -> Making:
    """Have a PDF made and wait a little for it."""
    state = _state(key, at)
    if state is not None:
        return state
    work = _claim_and_submit(key, make, at)
    if work is not None:
        try:
            work.result(PATIENCE)
        except TooLate:
            return Making.WAITING
    return _state(key, at) or Making.WAITING


def try_again(keys: Sequence[str]) -> None:
    """Forget that PDFs have failed."""
    for key in keys:
        _place(key, "failed").unlink(missing_ok=True)


def pdf_of(paper: Paper, *, at: datetime) -> Making:
    """Have the PDF of a paper made, waiting a little; `kept(paper.sha256)` has it."""
    return obtain(paper.sha256, maker_of(paper), at=at)


def maker_of(paper: Paper) -> Make:
    """Return what makes the PDF of a paper; its file is read at once."""
    document = document_of(paper)
    return lambda: converter().convert(document)


def _state(key: str, at: datetime) -> Making | None:
    """Return what is settled about a PDF, None while it is to be made or under way."""
    if is_kept(key):
        return Making.READY
    return Making.FAILED if _is_fresh(_place(key, "failed"), at) else None


def _claim_and_submit(key: str, make: Make, at: datetime) -> Future[None] | None:
    """Give the work to the worker, None where a process is at it already."""
    mark = _place(key, "making")
    mark.parent.mkdir(parents=True, exist_ok=True)
    if not _is_fresh(mark, at):
        mark.unlink(missing_ok=True)
    try:
        with mark.open("x") as stream:
            stream.write(at.isoformat())
    except FileExistsError:
        return None
    return _worker().submit(_make, key, make, at)


def _make(key: str, make: Make, at: datetime) -> None:
    """Make one PDF; whatever goes wrong is told to the next who asks for it."""
    try:
        _keep(key, make())
    except Exception:
        logger.exception("PDF %s", key)
        _place(key, "failed").write_text(at.isoformat())
    finally:
        _place(key, "making").unlink(missing_ok=True)


def _keep(key: str, content: bytes) -> None:
    place = _place(key)
    beside = place.with_suffix(f".{os.getpid()}")
    beside.write_text(encrypt(base64.b64encode(content).decode(), _CONTEXT), "ascii")
    beside.replace(place)


def _is_fresh(mark: Path, at: datetime) -> bool:
    try:
        return at - datetime.fromisoformat(mark.read_text()) < _STALE
    except (FileNotFoundError, ValueError):
        return False


def _place(key: str, mark: str = "") -> Path:
    folder = Path(settings.DATA_DIR) / "paper_pdfs"
    return folder / (f"{key}.{mark}" if mark else key)
