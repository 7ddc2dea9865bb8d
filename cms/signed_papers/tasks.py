"""Text recognition of scanned pages: by a timer, outside the write lock, resumable.

Each turn takes a few pages, stores each as soon as it is read, and leaves a timer
for the next turn. While a turn runs, the timer stands a little ahead: should the
process be killed, another goes on with the page at hand.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import models, transaction

from cms.case_documents.signed_text import Page, recognize
from cms.core import clock, due
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.rules.signed_papers import SignedPaperEvent, SignedPaperState
from cms.signed_papers import storage
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.reading import (
    NOT_RECOGNIZED,
    ReadPages,
    concluded,
    pages_from,
    pages_to_json,
)
from cms.signed_papers.steps import lock, step

RECOGNIZE = "signed_paper.recognize"
PAGES_A_TURN = 4
LONGEST_PAGE = timedelta(minutes=3)


@due.register(RECOGNIZE)
def recognize_later(signed: models.Model, at: datetime) -> None:
    """Start a turn after the commit; set the timer that goes on after a crash."""
    ahead = clock.now() + LONGEST_PAGE
    due.schedule(RECOGNIZE, signed, ahead, cycle=due.next_cycle(RECOGNIZE, signed))
    transaction.on_commit(partial(take_turn, signed.pk, at=at), robust=True)


def take_turn(pk: int, *, at: datetime) -> SignedPaper:
    """Recognize the next pages of a signed paper, or finish its reading."""
    signed = SignedPaper.objects.select_related("paper__template").get(pk=pk)
    if signed.status != SignedPaperState.READING:
        return signed
    waiting = _waiting(signed)
    body = storage.read(signed.sha256)
    for page in recognize(body, waiting[:PAGES_A_TURN]):
        if not _keep(signed, page):
            return signed
    signed.refresh_from_db()
    if _waiting(signed):
        _move_timer(signed, clock.now())
        return signed
    read = concluded(signed.paper, pages_from(signed.page_texts), NOT_RECOGNIZED)
    return finish(signed, read, at=at)


def finish(signed: SignedPaper, read: ReadPages, *, at: datetime) -> SignedPaper:
    """Keep a comparison and let the paper go on to its person."""
    with writing():
        fresh = lock(signed)
        if fresh.status != SignedPaperState.READING:
            return fresh
        fresh.comparison, fresh.method = read.comparison, read.method
        fresh.unread_reason = read.reason
        fresh.save(update_fields=["comparison", "method", "unread_reason"])
        event = SignedPaperEvent(read.event)
        step(fresh, event, by=SYSTEM, at=at, payload={"method": read.method})
        due.cancel(RECOGNIZE, fresh, at=at)
        return fresh


def _waiting(signed: SignedPaper) -> list[int]:
    """Return the numbers of the pages that are still to be recognized."""
    return [
        row["number"]
        for row in signed.page_texts
        if not row["text"].strip() and not row["is_tried"]
    ]


def _keep(signed: SignedPaper, page: Page) -> bool:
    """Store one page; return whether the reading still goes on."""
    with writing():
        fresh = lock(signed)
        if fresh.status != SignedPaperState.READING:
            return False
        rows = fresh.page_texts
        tried = {row["number"] for row in rows if row["is_tried"]} | {page.number}
        known = {one.number: one for one in pages_from(rows)} | {page.number: page}
        fresh.text = pages_to_json((known[no] for no in sorted(known)), tried)
        fresh.pages_tried = len(tried)
        fresh.save(update_fields=["text", "pages_tried"])
        _move_timer(fresh, clock.now() + LONGEST_PAGE)
        return True


def _move_timer(signed: SignedPaper, to: datetime) -> None:
    """Move the open timer; without one, set the next."""
    cycle = due.next_cycle(RECOGNIZE, signed)
    if due.is_scheduled(RECOGNIZE, signed):
        cycle -= 1
    due.schedule(RECOGNIZE, signed, to, cycle=cycle)
