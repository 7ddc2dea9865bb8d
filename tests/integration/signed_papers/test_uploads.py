"""Uploads: what is refused, what is kept for a person, what is stored (AS-09)."""

import errno
import io
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from PIL import Image

from cms.case_documents.actions import assemble_paper, file_paper
from cms.case_documents.kinds import case_behind
from cms.core import clock
from cms.core.evidence.verification import verify
from cms.core.models import EvidenceEntry
from cms.core.orphan_files import delete_orphans, find_orphans
from cms.rules.violations import RuleViolation
from cms.signed_papers import actions, recovery, storage
from cms.signed_papers.actions import UploadedPage
from cms.signed_papers.models import FileIntent, SignedPaper
from cms.signed_papers.reading import UNREAD_WORDS
from cms.signed_papers.text_pdf import text_pdf
from tests.factories.case_documents import make_full_case
from tests.factories.notices import at
from tests.factories.signed_papers import assembled, signed_pdf, upload
from tests.unit.assembly.hostile_pdfs import hostile

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")
# What each hostile file leads to: a refusal, or the reason why a person looks.
EXPECTED = {
    "not_a_pdf": "E-FL-02",
    "html": "E-FL-02",
    "encrypted": "E-FL-04",
    "truncated": "E-FL-03",
    "empty_body": "broken",
    "xref_loop": "broken",
    "page_tree_loop": "broken",
    "million_pages": "too_large",
    "deflate_bomb": "no_recognition",
    "nested_arrays": "no_recognition",
    "nested_dictionaries": "broken",
    "recursive_form": "no_recognition",
    "font_bomb": "too_large",
    "reference_to_itself": "broken",
    "length_loop": "no_recognition",
    "many_operators": "no_recognition",
}


@pytest.fixture
def paper(templates, actors):
    case = make_full_case(actors, when=MADE)
    return assembled(actors, case, "D-22", when=MADE)


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    backend = "django.core.files.storage.FileSystemStorage"
    folder = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "private")}}
    settings.STORAGES = {**settings.STORAGES, "private": folder}


def refused(act, *arguments, **named) -> str:
    with pytest.raises(RuleViolation) as caught:
        act(*arguments, **named)
    return caught.value.code


def send(actors, paper, *bodies, who="tto", reason=""):
    files = [UploadedPage(f"{n}.pdf", body) for n, body in enumerate(bodies)]
    by = actors.actor(who)
    return actions.upload_signed_paper(
        paper, files, replacement_reason=reason, by=by, at=WHEN
    )


def test_hostile_files_are_refused_in_words_or_kept_for_a_person(
    actors, paper, monkeypatch
):
    monkeypatch.setattr("cms.signed_papers.reading.has_recognition", lambda: False)
    files = hostile()
    assert set(files) == set(EXPECTED)
    for name, expected in EXPECTED.items():
        if expected.startswith("E-"):
            assert refused(send, actors, paper, files[name]) == expected, name
            assert not SignedPaper.objects.exclude(status="withdrawn").exists(), name
            continue
        signed = send(actors, paper, files[name])
        assert (signed.status, signed.unread_reason) == ("to_examine", expected), name
        assert "人工核对后归档" in UNREAD_WORDS[signed.unread_reason]
        assert storage.read(signed.sha256) == files[name]
        actions.withdraw_signed_paper(
            signed, "试验文件", version=signed.version, by=actors.actor("tto"), at=WHEN
        )
    assert set(storage.stored_files()) == set(
        SignedPaper.objects.values_list("sha256", flat=True)
    )


def test_more_pages_than_one_paper_has_are_refused(actors, paper):
    assert refused(send, actors, paper, text_pdf("\n" * 44 * 1_001)) == "E-SG-12"
    assert storage.stored_files() == []


def test_file_is_stored_encrypted_under_its_hash_once(actors, paper, tmp_path):
    body = signed_pdf(paper)

    signed = send(actors, paper, body)

    assert signed.sha256 == sha256(body).hexdigest()
    (stored,) = (tmp_path / "private" / "signed").glob("*/*")
    assert (stored.name, b"%PDF" in stored.read_bytes()) == (signed.sha256, False)
    assert storage.read(signed.sha256) == body
    actions.withdraw_signed_paper(
        signed, "重传", version=signed.version, by=actors.actor("tto"), at=WHEN
    )
    before = stored.stat().st_mtime_ns
    again = send(actors, paper, body)
    assert (again.sha256, stored.stat().st_mtime_ns) == (signed.sha256, before)


def test_text_at_rest_is_encrypted(actors, paper):
    signed = upload(actors, paper, when=WHEN)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, comparison FROM signed_papers_signedpaper WHERE id = %s",
            [signed.pk],
        )
        row = cursor.fetchone()
    assert [value[:3] for value in row] == ["v1.", "v1."]
    assert "许可" in signed.page_texts[0]["text"]


def test_pictures_become_one_pdf_in_order(actors, paper, monkeypatch):
    monkeypatch.setattr("cms.signed_papers.reading.has_recognition", lambda: False)
    pictures = []
    for color, form in (("white", "PNG"), ("gray", "JPEG")):
        stream = io.BytesIO()
        Image.new("RGB", (60, 80), color).save(stream, form)
        pictures.append(stream.getvalue())

    signed = send(actors, paper, *pictures)

    assert (signed.status, signed.pages) == ("to_examine", 2)
    assert (signed.unread_reason, signed.method) == ("no_recognition", "none")
    assert storage.read(signed.sha256).startswith(b"%PDF-")


def test_refusals_of_uploads(actors, paper, monkeypatch):
    body = signed_pdf(paper)
    png = io.BytesIO()
    Image.new("RGB", (6, 8)).save(png, "PNG")

    assert refused(send, actors, paper, body, who="res") == "E-ST-02"
    assert refused(send, actors, paper, body, who="tto2") == "E-ST-02"
    assert refused(send, actors, paper) == "E-FL-05"
    assert refused(send, actors, paper, b"") == "E-FL-05"
    assert refused(send, actors, paper, body, png.getvalue()) == "E-SG-13"
    with monkeypatch.context() as patch:
        patch.setattr("cms.signed_papers.actions.uploads.MOST_BYTES", len(body) - 1)
        assert refused(send, actors, paper, body) == "E-FL-01"
    send(actors, paper, body)
    assert refused(send, actors, paper, body) == "E-SG-14"


def test_full_disk_is_told_and_nothing_changes(actors, paper, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    entries = EvidenceEntry.objects.count()
    monkeypatch.setattr("cms.signed_papers.storage.os.fsync", full)

    code = refused(send, actors, paper, signed_pdf(paper))

    assert code == "E-SG-20"
    assert SignedPaper.objects.count() == 0
    assert EvidenceEntry.objects.count() == entries
    assert (storage.stored_files(), storage.unfinished_files()) == ([], [])
    assert not FileIntent.objects.filter(finished_at=None).exists()


def test_cleaner_takes_unreferenced_files_and_leaves_the_others(actors, paper):
    signed = upload(actors, paper, when=WHEN)
    storage.write("a" * 64, b"left over", 99)
    later = clock.now() + timedelta(days=2)

    assert [one.name for one in find_orphans(at=later)] == [storage.name_of("a" * 64)]
    delete_orphans(at=later)

    assert storage.stored_files() == [signed.sha256]
    assert recovery.missing_files() == []
    storage.delete(signed.sha256, 0)
    assert recovery.missing_files() == [signed.sha256]
    (found,) = recovery.signed_files(later)
    assert "缺少1个签署件文件" in found.text
    assert verify().findings == []


def test_paper_in_the_archive_is_not_assembled_anew(actors, paper):
    file_paper(paper, by=actors.actor("tto"), at=WHEN)

    code = refused(
        assemble_paper,
        case_behind(paper.case),
        "D-22",
        salt="00" * 16,
        by=actors.actor("tto"),
        at=WHEN,
    )
    assert code == "E-SG-23"


def test_rotation_of_keys_seals_stored_files_anew_once(actors, paper, settings):
    settings.FIELD_KEYS = ["k1:first-secret"]
    signed = upload(actors, paper, when=WHEN)
    body = storage.read(signed.sha256)
    settings.FIELD_KEYS = ["k2:second-secret", "k1:first-secret"]

    counts = [storage.reseal(), storage.reseal()]

    assert counts == [1, 0]
    settings.FIELD_KEYS = ["k2:second-secret"]
    assert storage.read(signed.sha256) == body
    assert storage.stored_files() == [signed.sha256]
