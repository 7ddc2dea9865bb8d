"""Every Word file of the library opens in LibreOffice and loses no sentence."""

import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from assembly.drafting.markup import parse
from assembly.errors import Fault
from assembly.lint import commented_copy
from assembly.outline import outline
from tests.papers import OUTLINES, ROOT, squeezed, static_texts
from tests.programs import need

pytestmark = pytest.mark.libreoffice
FOOTER = re.compile(r"第\d+页共\d+页|—\d+—")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return a folder with the PDF of every paper, named family-name.pdf."""
    office = need("libreoffice")
    found = tmp_path_factory.mktemp("papers")
    for path in OUTLINES:
        word = path.with_name(path.name.removesuffix(".outline.txt") + ".docx")
        (found / f"{path.parent.name}-{word.name}").write_bytes(word.read_bytes())
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{found}/profile",
         "--convert-to", "pdf", "--outdir", str(found), *map(str, found.glob("*.docx"))],
        check=True, capture_output=True, timeout=300,
        env=os.environ | {"FONTCONFIG_FILE": str(ROOT / "assembly" / "fonts.conf")},
    )  # fmt: skip
    return found


def test_outline_survives_an_edit_in_an_office_program(tmp_path):
    office = need("libreoffice")
    path = ROOT / "templates_docx" / "use_then_pay" / "letter_of_intent.docx"
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "docx", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert outline(tmp_path / path.name) == outline(path)


@pytest.mark.parametrize(
    "path", OUTLINES, ids=lambda path: path.parent.name + "/" + path.name.split(".")[0]
)
def test_pdf_has_every_sentence(path, folder):
    reader = need("pdftotext")
    name = path.name.removesuffix(".outline.txt")
    pdf = folder / f"{path.parent.name}-{name}.pdf"

    text = subprocess.run(
        [reader, "-raw", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    source = path.read_text(encoding="utf-8")
    printed = FOOTER.sub("", squeezed(text))
    if header := squeezed(parse(source).header):
        printed = printed.replace(header, "")

    lost = [
        sentence
        for sentence in static_texts(source)
        if FOOTER.sub("", sentence) not in printed
    ]
    assert (len(pages) >= 1, lost) == (True, [])


def test_commented_copy_opens_with_its_comments(tmp_path):
    office = need("libreoffice")
    path = ROOT / "templates_docx" / "use_then_pay" / "letter_of_intent.docx"
    fault = Fault("E-AL-03", "误用了全角符号", part="word/document.xml", paragraph=3)
    copy = tmp_path / "commented.docx"
    copy.write_bytes(commented_copy(path, [fault]))

    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "odt", "--outdir", str(tmp_path), str(copy)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    with zipfile.ZipFile(tmp_path / "commented.odt") as archive:
        content = archive.read("content.xml").decode()
    notes = re.findall(
        r"<office:annotation .*?</office:annotation>", content, re.DOTALL
    )
    assert [
        re.sub("<[^>]+>", "", note).endswith("E-AL-03 误用了全角符号") for note in notes
    ] == [True]
