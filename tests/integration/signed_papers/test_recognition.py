"""Text recognition: by turns, with progress, resumable, and without the program."""

import pytest

from cms.case_documents.signed_text import Page, Reading, lines_of
from cms.core import due
from cms.core.models import DueEvent
from cms.signed_papers import actions, reading, recovery, tasks
from cms.signed_papers.models import SignedPaper
from tests.factories.case_documents import make_full_case
from tests.factories.notices import at
from tests.factories.signed_papers import assembled, upload

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")
PAGES = 6


@pytest.fixture
def scan(templates, actors, monkeypatch):
    """A scan of six pages whose text the recognition gives page by page."""
    paper = assembled(actors, make_full_case(actors, when=MADE), "D-22", when=MADE)
    text = lines_of(paper).splitlines()
    size = len(text) // PAGES + 1
    parts = ["\n".join(text[n * size : (n + 1) * size]) for n in range(PAGES)]
    pages = {no: Page(no, part, True) for no, part in enumerate(parts, 1)}
    empty = Reading(tuple(Page(no, "") for no in pages))
    monkeypatch.setattr(reading, "has_recognition", lambda: True)
    monkeypatch.setattr(reading, "read_text", lambda body: empty)
    monkeypatch.setattr(
        tasks, "recognize", lambda body, numbers: (pages[no] for no in numbers)
    )
    return upload(actors, paper, when=WHEN)


def waiting(signed) -> int:
    rows = DueEvent.objects.filter(kind=tasks.RECOGNIZE, fired_at=None)
    subject = f"signed_papers.SignedPaper:{signed.pk}"
    return rows.filter(subject=subject, cancelled_at=None).count()


def test_pages_are_recognized_by_turns_and_then_compared(scan):
    assert (scan.status, scan.pages_unread, scan.pages_tried) == ("reading", 6, 0)
    assert waiting(scan) == 1

    scan = tasks.take_turn(scan.pk, at=WHEN)
    assert (scan.status, scan.pages_tried) == ("reading", tasks.PAGES_A_TURN)
    scan = tasks.take_turn(scan.pk, at=WHEN)

    assert (scan.status, scan.pages_tried, scan.method) == ("to_compare", 6, "ocr")
    assert scan.found_changes == []
    assert waiting(scan) == 0


def test_timer_starts_a_turn_after_the_commit(scan, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        due.sweep(until=WHEN)

    scan.refresh_from_db()
    assert scan.pages_tried == tasks.PAGES_A_TURN
    assert waiting(scan) == 1


def test_page_without_text_sends_the_copy_to_a_person(scan, monkeypatch):
    def nothing(body, numbers):
        return (Page(no, "") for no in numbers)

    monkeypatch.setattr(tasks, "recognize", nothing)
    for _ in range(2):
        scan = tasks.take_turn(scan.pk, at=WHEN)

    assert (scan.status, scan.unread_reason) == ("to_examine", "not_recognized")


def test_office_does_not_have_to_wait(scan, actors):
    by = actors.actor("tto")

    left = actions.give_up_recognition(scan, version=scan.version, by=by, at=WHEN)

    assert (left.status, left.unread_reason) == ("to_examine", "given_up")
    assert waiting(scan) == 0
    assert tasks.take_turn(scan.pk, at=WHEN).pages_tried == 0


def test_reading_that_lost_its_timer_gets_a_new_one(scan):
    DueEvent.objects.filter(kind=tasks.RECOGNIZE).update(fired_at=WHEN)
    assert waiting(scan) == 0

    recovery.recover(WHEN)

    assert waiting(scan) == 1


def test_page_shows_progress_and_refreshes_without_script(scan, actors, client_as):
    tasks.take_turn(scan.pk, at=WHEN)
    case = SignedPaper.objects.get().case.partition(":")[2]
    office, url = client_as(actors.people["tto"]), f"/my/papers/grant/{case}/signed/"

    page = office.get(f"{url}{scan.pk}/")
    still = office.get(f"{url}{scan.pk}/?refresh=no")

    assert "已识别 4/6 页" in page.text
    assert (page["Refresh"], "Refresh" in still) == ("5", False)
    skipped = office.post(
        f"{url}{scan.pk}/skip/", {"version": SignedPaper.objects.get().version}
    )
    assert skipped.status_code == 302
    assert "请逐页人工核对后归档" in office.get(f"{url}{scan.pk}/").text
