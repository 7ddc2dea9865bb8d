"""Private files: told by content, hashed, read by those who may, each view logged."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from cms.core import file_types, private_files
from cms.core.models import EvidenceEntry, PrivateFile
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.evidence import AT

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def image(form: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(stream, form)
    return stream.getvalue()


def package(*names: str, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
SOUND = {
    "合同.pdf": (PDF, "application/pdf"),
    "公文.ofd": (package("OFD.xml"), "application/ofd"),
    "合同.DOCX": (
        DOCX,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "清单.xlsx": (
        package("xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "图.png": (image("PNG"), "image/png"),
    "图.jpg": (image("JPEG"), "image/jpeg"),
    "图.jpeg": (image("JPEG"), "image/jpeg"),
}


def store(cast: Cast, name: str, content: bytes, purpose: str = "test") -> PrivateFile:
    upload = SimpleUploadedFile(name, content)
    return private_files.store(
        upload, by=cast.actor("tto"), owner_id=cast.unit.pk, purpose=purpose, at=AT
    )


def encrypted_zip() -> bytes:
    content = bytearray(DOCX)
    start = content.rindex(b"PK\x01\x02")
    content[start + 8] |= 1  # the flag in the last directory entry
    return bytes(content)


@pytest.mark.parametrize("name", SOUND)
def test_sound_file_is_kept_with_its_hash(actors: Cast, name: str) -> None:
    content, media_type = SOUND[name]

    row = PrivateFile.objects.get(pk=store(actors, name, content).pk)

    assert (row.name, row.size, row.media_type) == (name, len(content), media_type)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert (row.owner, row.uploaded_by) == (actors.unit, actors.user("tto"))
    assert row.file.name.startswith("test/2026/11/")
    assert name.split(".", maxsplit=1)[0] not in row.file.name
    with row.file.open("rb") as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "E-FL-05"),
        ("大.pdf", PDF + b" " * private_files.MAX_BYTES, "E-FL-01"),
        ("程序.exe", b"MZ", "E-FL-02"),
        ("网页.html", b"<script>", "E-FL-02"),
        ("图.svg", b"<svg/>", "E-FL-02"),
        ("宏.docm", DOCX, "E-FL-02"),
        ("无扩展名", PDF, "E-FL-02"),
        ("网页.pdf", b"<html>", "E-FL-03"),
        ("截断.pdf", PDF[:20], "E-FL-03"),
        ("图.pdf", image("PNG"), "E-FL-03"),
        ("图.png", image("JPEG"), "E-FL-03"),
        ("图.jpg", PDF, "E-FL-03"),
        ("半.png", image("PNG")[:40], "E-FL-03"),
        ("表.docx", package("xl/workbook.xml"), "E-FL-03"),
        ("坏.docx", b"PK\x03\x04broken", "E-FL-03"),
        ("加密.pdf", PDF.replace(b"<<>>\n%%", b"<</Encrypt 1>>\n%%"), "E-FL-04"),
        ("加密.docx", encrypted_zip(), "E-FL-04"),
        ("宏.docx", package("word/document.xml", "word/vbaProject.bin"), "E-FL-04"),
        ("越界.docx", package("word/document.xml", "../../etc/x"), "E-FL-04"),
        ("绝对.docx", package("word/document.xml", "/etc/x"), "E-FL-04"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_file_is_refused_and_not_kept(actors: Cast, name, content, code) -> None:
    with pytest.raises(RuleViolation) as refused:
        store(actors, name, content)

    assert refused.value.code == code
    assert name in refused.value.message
    assert not PrivateFile.objects.exists()


def test_bursting_package_is_refused(actors: Cast, monkeypatch) -> None:
    monkeypatch.setattr(file_types, "_MAX_INFLATED", 10_000)
    bomb = package("word/document.xml", **{"word/media/a.bin": b"0" * 20_000})

    with pytest.raises(RuleViolation) as refused:
        store(actors, "弹.docx", bomb)

    assert refused.value.code == "E-FL-04"


def test_package_with_too_many_or_repeated_parts_is_refused(
    actors: Cast, monkeypatch
) -> None:
    monkeypatch.setattr(file_types, "_MAX_ENTRIES", 3)
    stream = io.BytesIO(DOCX)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", b"<other/>")
    many = package("word/document.xml", "a", "b", "c")

    for content in (stream.getvalue(), many):
        with pytest.raises(RuleViolation) as refused:
            store(actors, "包.docx", content)
        assert refused.value.code == "E-FL-04"


def test_huge_picture_is_refused(actors: Cast, monkeypatch) -> None:
    monkeypatch.setattr(file_types, "_MAX_PIXELS", 15)

    with pytest.raises(RuleViolation) as refused:
        store(actors, "图.png", image("PNG"))

    assert refused.value.code == "E-FL-04"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\用户\\合同.pdf", "合同.pdf"),
        ("../../etc/合同.pdf", "合同.pdf"),
        ("合\u202e同\x00.pdf", "合同.pdf"),
        ('a<b>:"c|d?.pdf', "abcd.pdf"),
        (" . 合同 .pdf", "合同 .pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
        ("e\u0301.pdf", "é.pdf"),
        (".pdf", "pdf"),
    ],
)
def test_name_is_cleaned(given: str, kept: str) -> None:
    assert private_files.clean_name(given) == kept


def test_owner_reads_and_the_view_is_logged(actors: Cast, client_as) -> None:
    file = store(actors, "合同.pdf", PDF)

    answer = client_as(actors.user("apv")).get(f"/files/{file.pk}/")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "%E5%90%88%E5%90%8C.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    entry = EvidenceEntry.objects.get(kind="private_file.viewed")
    assert entry.actor_id == actors.user("apv").pk
    assert entry.subject == f"core.PrivateFile:{file.pk}"
    assert entry.payload == {"purpose": "test", "owner": actors.unit.pk}


@pytest.mark.parametrize("name", ["tto2", "ent", "stb", "admin"])
def test_stranger_gets_404_and_no_trace(actors: Cast, client_as, name: str) -> None:
    file = store(actors, "合同.pdf", PDF)

    client = client_as(actors.user(name))

    foreign, absent = client.get(f"/files/{file.pk}/"), client.get("/files/9999/")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert not EvidenceEntry.objects.filter(kind="private_file.viewed").exists()


def test_anonymous_is_sent_to_sign_in(actors: Cast, client) -> None:
    file = store(actors, "合同.pdf", PDF)

    answer = client.get(f"/files/{file.pk}/")

    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next=/files/{file.pk}/"


def test_stored_bytes_have_no_public_address(actors: Cast, client_as) -> None:
    file = store(actors, "合同.pdf", PDF)

    for base in ("/media/", "/private/", "/static/", "/"):
        path = f"{base}{file.file.name}"
        assert client_as(actors.user("tto")).get(path).status_code == 404


def test_uploader_reads_his_file_without_owner(actors: Cast) -> None:
    by = actors.actor("ent")
    file = private_files.store(
        SimpleUploadedFile("a.pdf", PDF), by=by, owner_id=None, purpose="test", at=AT
    )

    assert private_files.may_read(by, file)
    assert not private_files.may_read(actors.actor("tto"), file)


def test_purpose_says_who_may_read(actors: Cast, monkeypatch) -> None:
    monkeypatch.setattr(private_files, "_readable", {})
    file = store(actors, "合同.pdf", PDF, purpose="secret")

    @private_files.readable("secret")
    def bureau_only(actor, file):
        return actor.has(Role.BUREAU)

    assert private_files.open_for(actors.actor("stb"), file.pk, at=AT) == file
    with pytest.raises(Http404):
        private_files.open_for(actors.actor("tto"), file.pk, at=AT)
    with pytest.raises(RuntimeError, match="two rules"):
        private_files.readable("secret")(lambda actor, file: True)
