"""A process killed at any instant of upload, reading and filing leaves no half case."""

import random
import signal
from datetime import timedelta

import pytest

from cms.case_documents.signed_text import Page, Reading, lines_of
from cms.core.encryption import new_salt
from cms.core.evidence.verification import verify
from cms.payments.models import Payment
from cms.rules.empowerment import EmpowermentMode
from cms.rules.signed_papers import OPEN, SignedPaperState
from cms.signed_papers import actions, reading, recovery, storage, tasks
from cms.signed_papers.models import FileIntent, SignedPaper
from cms.signed_papers.text_pdf import text_pdf
from tests import processes
from tests.factories.notices import at
from tests.factories.signed_papers import (
    CLOSED,
    OPENED,
    assembled,
    filing_of,
    make_signable_case,
)

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")
KILLS, SEED = 200, 20_261_119
NONE_YOUNGER = timedelta(0)
FILE_CALLS = ("fsync", "replace", "open")


class Story:
    """Uploads a scan of one grant (M3: signs the case, has a price), recognizes its pages, files it."""

    def __init__(self, cast) -> None:
        self.by = cast.actor("tto")
        self.case = make_signable_case(
            cast, EmpowermentMode.M3, opened=at(OPENED), closed=at(CLOSED)
        )
        self.paper = assembled(cast, self.case, "D-19", when=MADE)
        text = lines_of(self.paper)
        half = text.index("\n", len(text) // 2)
        self.pages = [Page(1, text[:half], True), Page(2, text[half:], True)]
        self.body = text_pdf(text)

    def tell(self) -> None:
        """Withdraw what an earlier life left open, then go the whole way."""
        states = [state.value for state in OPEN]
        for left in SignedPaper.objects.filter(paper=self.paper, status__in=states):
            actions.withdraw_signed_paper(
                left, "重新上传", version=left.version, by=self.by, at=WHEN
            )
        signed = tasks.take_turn(self.upload().pk, at=WHEN)
        actions.file_signed_paper(
            signed,
            filing_of(signed),
            version=signed.version,
            salt=new_salt(),
            by=self.by,
            at=WHEN,
        )

    def upload(self) -> SignedPaper:
        """Upload the scan, and leave it at that."""
        files = [actions.UploadedPage("签署件.pdf", self.body)]
        return actions.upload_signed_paper(self.paper, files, by=self.by, at=WHEN)

    def is_filed(self) -> bool:
        """Whether case, paper, copy and payments are all filed; else none is."""
        self.case.refresh_from_db()
        self.paper.refresh_from_db()
        copies = SignedPaper.objects.filter(
            paper=self.paper, status=SignedPaperState.FILED.value
        )
        contract = f"empowerment.EmpowermentCase:{self.case.pk}"
        facts = {
            self.case.signed_on is not None,
            self.case.status == "signed",
            self.paper.status == "filed",
            copies.count() == 1,
            Payment.objects.filter(contract=contract).exists(),
        }
        assert len(facts) == 1, facts
        return facts.pop()


@pytest.fixture
def scanned(monkeypatch):
    """Read every upload as a scan of two pages; the story gives their text."""
    told = {}
    empty = Reading((Page(1, ""), Page(2, "")))
    monkeypatch.setattr(reading, "has_recognition", lambda: True)
    monkeypatch.setattr(reading, "read_text", lambda body: empty)
    monkeypatch.setattr(
        tasks,
        "recognize",
        lambda body, numbers: iter([told["pages"][no - 1] for no in numbers]),
    )
    return told


def assert_nothing_is_left() -> None:
    """Every stored file has its row, every row its file, no intent is open."""
    wanted = set(SignedPaper.objects.values_list("sha256", flat=True))
    assert set(storage.stored_files()) == wanted
    assert recovery.missing_files() == []
    assert not FileIntent.objects.filter(finished_at=None).exists()
    assert storage.unfinished_files() == []


@pytest.mark.django_db(transaction=True)
def test_two_hundred_kills_leave_each_case_filed_or_not(
    own_private_files, templates, actors, scanned, tmp_path
):
    chosen = random.Random(SEED)
    story = Story(actors)
    scanned["pages"] = story.pages
    story.upload()  # so that what is counted withdraws an open copy first
    story.body += b"% again\n"
    whole = processes.count_boundaries(story.tell, tmp_path, calls=FILE_CALLS)
    assert story.is_filed()
    story = Story(actors)
    scanned["pages"] = story.pages
    filed, killed = 0, 0
    while killed < KILLS:
        story.body += b"%% %d\n" % killed  # another scan of the same paper
        boundary = chosen.randint(1, whole)
        ended = processes.run_until_killed(story.tell, boundary, calls=FILE_CALLS)
        killed += ended == processes.Ended(None, signal.SIGKILL)

        recovery.recover(WHEN + timedelta(hours=1), NONE_YOUNGER)

        assert_nothing_is_left()
        if story.is_filed():
            filed += 1
            story = Story(actors)
            scanned["pages"] = story.pages
    assert verify().findings == []
    assert 0 < filed < KILLS / 2
