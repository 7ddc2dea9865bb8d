"""Personal data in attachments is found; hostile documents do no harm."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from cms.core import attachments, document_text
from cms.core.attachments import UnreadableDocument, check_public_file, read_document
from cms.core.models import PrivateFile
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from tests.factories.parties import REGISTERED_AT, make_person

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{OFFICE}wordprocessingml.document"
XLSX = f"{OFFICE}spreadsheetml.sheet"
PDF = "application/pdf"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*runs: str, **parts: str | bytes) -> bytes:
    """Return a document whose one paragraph holds the runs."""
    body = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    files = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>'
        f"<w:p>{body}</w:p></w:body></w:document>",
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return stream.getvalue()


def xlsx(*values: object, title: str = "", header: str = "", prompt: str = "") -> bytes:
    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(list(values))
    sheet.title = title or sheet.title
    sheet.oddHeader.center.text = header
    if prompt:
        hint = DataValidation(type="list", formula1='"x"', prompt=prompt)
        hint.add("A1")
        sheet.add_data_validation(hint)
    book.save(stream)
    return stream.getvalue()


def pdf(
    text: str, *, bookmark: str = "", inside: bytes = b"", **metadata: str
) -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    lines = " 0 -20 Td ".join(f"({line}) Tj" for line in text.split("\n"))
    content.set_data(f"BT /F1 12 Tf 20 100 Td {lines} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    if bookmark:
        above = writer.add_outline_item(title="1", page_number=0)
        writer.add_outline_item(title=bookmark, page_number=0, parent=above)
    if inside:
        writer.add_attachment("data.xlsx", inside)
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    writer.write(stream)
    return stream.getvalue()


def nested(depth: int) -> bytes:
    """Return a document in a document in a document …."""
    body = docx("x")
    for _ in range(depth):
        body = docx("x", **{"word/embeddings/a.docx": body})
    return body


@pytest.fixture
def keep(db):
    person = make_person(Role.TRANSFER_OFFICE)

    def make(body: bytes, media_type: str, name: str = "说明.docx") -> PrivateFile:
        file = PrivateFile(
            name=name,
            size=len(body),
            sha256="0" * 64,
            media_type=media_type,
            purpose="test",
            uploaded_by=person,
            uploaded_at=REGISTERED_AT,
        )
        file.file.save("test/file", ContentFile(body), save=False)
        file.save()
        return file

    return make


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (docx("请致电138", "0013", "8000"), DOCX),
        (docx("正文", **{"word/comments.xml": "<c><p>13800138000</p></c>"}), DOCX),
        (docx("正文", **{"docProps/core.xml": "<x><y>13800138000</y></x>"}), DOCX),
        (
            docx(
                "正文",
                **{
                    "word/_rels/document.xml.rels": '<R><L Target="tel:13800138000"/></R>'
                },
            ),
            DOCX,
        ),
        (xlsx("联系", 13800138000), XLSX),
        (xlsx("手机 138-0013-8000"), XLSX),
        (pdf("Tel 13800138000"), PDF),
        (pdf("clean", Author="13800138000"), PDF),
        (
            docx("", **{"Doc_0/a.xml": "<o><TextCode>13800138000</TextCode></o>"}),
            "application/ofd",
        ),
        (xlsx("无", title="13800138000"), XLSX),
        (xlsx("无", header="13800138000"), XLSX),
        (xlsx("无", prompt="13800138000"), XLSX),
        (docx("正文", **{"word/a.xml": '<a descr="13800138000"/>'}), DOCX),
        (docx("正文", **{"word/embeddings/a.xlsx": xlsx(13800138000)}), DOCX),
        (
            docx("正文", **{"word/embeddings/a.bin": "\0".join("13800138000") + "\0"}),
            DOCX,
        ),
        (docx("正文", **{"word/chunk.html": "<br>13800138000"}), DOCX),
        (pdf("clean", bookmark="13800138000"), PDF),
        (pdf("clean", inside=xlsx(13800138000)), PDF),
    ],
    ids=[
        "docx_runs",
        "docx_comment",
        "docx_properties",
        "docx_link",
        "xlsx_number",
        "xlsx_text",
        "pdf_text",
        "pdf_metadata",
        "ofd",
        "xlsx_sheet_name",
        "xlsx_header",
        "xlsx_prompt",
        "docx_alternative_text",
        "docx_embedded_workbook",
        "docx_embedded_object",
        "docx_chunk",
        "pdf_bookmark",
        "pdf_embedded_workbook",
    ],
)
def test_mobile_in_a_document_is_refused(keep, body, media_type):
    with pytest.raises(RuleViolation) as caught:
        check_public_file(keep(body, media_type), field="attachment")

    assert caught.value.code == "E-SE-02"
    assert caught.value.field == "attachment"
    assert "说明.docx：手机号138****8000" in caught.value.message


def test_identity_number_over_two_lines_of_a_page_is_refused(keep):
    with pytest.raises(RuleViolation) as caught:
        check_public_file(keep(pdf("450202198001\n010010"), PDF))

    assert "身份证号450202********0010" in caught.value.message


def test_mobile_in_the_name_of_a_file_is_refused(keep):
    with pytest.raises(RuleViolation) as caught:
        check_public_file(keep(docx("正文"), DOCX, "张示例13800138000.docx"))

    assert caught.value.code == "E-SE-02"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (docx("专利号ZL201810123456.5，金额1234567.89元"), DOCX),
        (xlsx("产值", 1234567.89), XLSX),
        (pdf("ZL201810123456.5"), PDF),
        (pdf("clean", bookmark="ZL201810123456.5", inside=xlsx("产值", 1)), PDF),
        (xlsx("450202", "198001010010"), XLSX),  # two cells, not one number
        (b"\x89PNG", "image/png"),
    ],
    ids=["docx", "xlsx", "pdf", "pdf_with_parts", "two_cells", "picture"],
)
def test_clean_document_passes(keep, body, media_type):
    assert check_public_file(keep(body, media_type)) is None


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"not a pdf", PDF),
        (b"PK\x03\x04 broken", DOCX),
        (docx("x", **{"word/a.xml": "<!DOCTYPE a><a/>"}), DOCX),
        (docx("x", **{"word/a.xml": "<a>" + "0" * 70_000_000 + "</a>"}), DOCX),
        (docx("x", **{f"word/{n}.xml": "<a/>" for n in range(2_001)}), DOCX),
        (docx("字" * 4_000_001), DOCX),
        (nested(5), DOCX),
    ],
    ids=["broken_pdf", "broken_zip", "doctype", "bomb", "many_parts", "long", "nested"],
)
def test_unreadable_document_is_refused(keep, body, media_type):
    with pytest.raises(RuleViolation) as caught:
        check_public_file(keep(body, media_type))

    assert caught.value.code == "E-SE-03"
    assert "说明.docx" in caught.value.message


def test_endless_reader_is_stopped(monkeypatch, tmp_path):
    script = tmp_path / "endless.py"
    script.write_text("while True: pass")
    monkeypatch.setattr(attachments, "READER", script)
    monkeypatch.setattr(attachments, "SECONDS", 0.5)

    with pytest.raises(UnreadableDocument):
        read_document(b"", PDF)


def test_reader_imports_nothing_of_the_product():
    source = attachments.READER.read_text()

    assert "from cms" not in source
    assert "import cms" not in source
    assert "django" not in source


def test_pieces_of_a_paragraph_are_read_once():
    pieces = list(document_text.read_text(docx("甲", "乙"), DOCX))

    assert [piece for piece in pieces if piece] == ["甲乙"]


def test_other_types_have_no_text():
    assert list(document_text.read_text(b"x", "application/zip")) == []
