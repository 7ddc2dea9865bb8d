"""What else the office does with an open copy; every view is logged (AS-10)."""

from datetime import datetime

from cms.core import due, evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.rules.signed_papers import SignedPaperEvent
from cms.rules.violations import RuleViolation
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.reading import GIVEN_UP, concluded, pages_from
from cms.signed_papers.steps import lock, require_office, step
from cms.signed_papers.tasks import RECOGNIZE

LIST = "signed_papers.SignedPaper:0"
"""The subject of log entries about the list as a whole."""


def withdraw_signed_paper(
    signed: SignedPaper, reason: str, *, version: int, by: Actor, at: datetime
) -> SignedPaper:
    """Take back a copy that is not filed, for example the wrong file; it stays kept.

    Raises:
        RuleViolation: E-SG-19, E-ST-01, E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-SG-19", field="reason")
    with writing():
        fresh = lock(signed, version)
        fresh.closing_reason = reason.strip()[:300]
        fresh.save(update_fields=["closing_reason"])
        step(fresh, SignedPaperEvent.WITHDRAW, by=by, at=at, reason=reason.strip())
        due.cancel(RECOGNIZE, fresh, at=at)
        return fresh


def give_up_recognition(
    signed: SignedPaper, *, version: int, by: Actor, at: datetime
) -> SignedPaper:
    """Go on without waiting for the text recognition; a person compares by hand.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    require_office(signed.owner_id, by, "不等文字识别")
    read = concluded(signed.paper, pages_from(signed.page_texts), GIVEN_UP)
    with writing():
        fresh = lock(signed, version)
        fresh.comparison, fresh.method = read.comparison, read.method
        fresh.unread_reason = GIVEN_UP
        fresh.save(update_fields=["comparison", "method", "unread_reason"])
        step(fresh, SignedPaperEvent.GIVE_UP_RECOGNITION, by=by, at=at)
        due.cancel(RECOGNIZE, fresh, at=at)
        return fresh


def note_viewing(signed: SignedPaper, form: str, *, by: Actor, at: datetime) -> None:
    """Log that somebody saw a signed copy: as `page`, `pdf`, or `comparison`."""
    payload: dict[str, object] = {
        "instrument": signed.instrument,
        "file": signed.sha256,
        "form": form,
    }
    with writing():
        evidence.record("signed_paper.read", signed, payload, by=by, at=at)


def note_listing(form: str, count: int, *, by: Actor, at: datetime) -> None:
    """Log that somebody read the list of filed papers: as `list` or `xlsx`."""
    payload: dict[str, object] = {"form": form, "count": count}
    with writing():
        evidence.record("signed_papers.listed", LIST, payload, by=by, at=at)
