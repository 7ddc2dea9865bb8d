"""Reading a paper: every view is logged, as with other private files."""

from collections.abc import Iterable
from datetime import datetime

from cms.case_documents.models import Paper
from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing


def note_readings(
    papers: Iterable[Paper], form: str, *, by: Actor, at: datetime
) -> None:
    """Log that somebody took several papers at once: as `zip` or `packet`."""
    with writing():
        for paper in papers:
            note_reading(paper, form, by=by, at=at)


def note_reading(paper: Paper, form: str, *, by: Actor, at: datetime) -> None:
    """Log that somebody saw a paper: as `page`, `docx`, `pdf` or `redline`."""
    payload: dict[str, object] = {
        "instrument": paper.instrument,
        "number": paper.number,
        "form": form,
        "sha256": paper.sha256,
    }
    with writing():
        evidence.record("paper.read", paper, payload, by=by, at=at)
