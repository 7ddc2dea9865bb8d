"""Signed papers read as hostile input: reasons, limits, OCR (AS-09)."""

import io
import resource
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageDraw, ImageFont

from assembly.extraction import (
    Limits,
    Page,
    Reading,
    Unreadable,
    has_recognition,
    pictures_to_pdf,
    read_pdf,
)
from assembly.extraction.signed import REASONS
from tests.unit.assembly.hostile_pdfs import harmless, hostile, one_page, stream

LIMITS = Limits(cpu_seconds=3, wait_seconds=20, memory=400 * 1024 * 1024)
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
# Where two answers are right, both are told: a slow machine stops the file earlier.
EXPECTED = {
    "not_a_pdf": {"not_pdf"},
    "html": {"not_pdf"},
    "encrypted": {"encrypted"},
    "truncated": {"broken"},
    "empty_body": {"broken"},
    "xref_loop": {"broken"},
    "page_tree_loop": {"broken"},
    "million_pages": {"too_many_pages", "too_slow", "too_large"},
    "deflate_bomb": {"too_large", "broken", "no_text"},
    "nested_arrays": {"broken", "no_text"},
    "nested_dictionaries": {"broken", "no_text"},
    "recursive_form": {"broken", "no_text"},
    "font_bomb": {"broken", "too_large", "too_slow", "no_text"},
    "reference_to_itself": {"broken"},
    "length_loop": {"broken", "no_text"},
    "many_operators": {"too_slow", "too_large", "broken", "no_text"},
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Build the hostile files once."""
    return hostile()


@pytest.mark.parametrize("name", EXPECTED)
def test_hostile_pdf_is_answered_with_a_named_reason_in_bounds(
    name: str, files: dict[str, bytes]
) -> None:
    started = time.monotonic()
    try:
        outcome = "no_text" if read_pdf(files[name], limits=LIMITS).textless else "read"
    except Unreadable as refusal:
        outcome = refusal.reason
        assert str(refusal) == REASONS[outcome]
    assert outcome in EXPECTED[name]
    assert time.monotonic() - started < 20
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak < 1024 * 1024  # kB; OCR of other tests included


def test_every_hostile_file_has_its_expectation(files: dict[str, bytes]) -> None:
    assert set(files) == set(EXPECTED)


@pytest.mark.parametrize("name", harmless())
def test_active_content_is_not_run(name: str) -> None:
    assert read_pdf(harmless()[name], limits=LIMITS) == Reading((Page(1, ""),))


def test_text_comes_page_by_page() -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    content = stream(b"BT /F1 12 Tf 50 700 Td (Price 3,200,000.00) Tj ET")
    reading = read_pdf(one_page(content, font, resources=b"/Font<</F1 5 0 R>>"))
    assert reading.pages == (Page(1, "Price 3,200,000.00"),)
    assert reading.method == "text"


def picture(words: str, form: str) -> bytes:
    """Return a picture with a line of Chinese."""
    image = Image.new("RGB", (1200, 300), "white")
    font = ImageFont.truetype(SERIF, 56)
    ImageDraw.Draw(image).text((60, 100), words, "black", font)
    made = io.BytesIO()
    image.save(made, form)
    return made.getvalue()


@pytest.mark.skipif(not has_recognition(), reason="no tesseract with chi_sim")
def test_pictures_become_one_pdf_and_are_recognized() -> None:
    words = "合同总价叁佰贰拾万元整"
    forms = ("JPEG", "PNG", "TIFF")
    reading = read_pdf(pictures_to_pdf(picture(words, form) for form in forms))
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert [page.is_ocr for page in reading.pages] == [True] * 3
    for page in reading.pages:
        assert "合同总价" in page.text.replace(" ", "")
    assert reading.method == "ocr"


@pytest.mark.parametrize("body", [b"no picture", b""])
def test_pictures_that_are_none_are_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        pictures_to_pdf([body], limits=LIMITS)
    assert refused.value.reason in {"broken", "not_pdf"}


def test_the_server_never_loads_the_reader_of_pdfs() -> None:
    code = (
        "import sys; from assembly.extraction import read_pdf, Unreadable\n"
        "try: read_pdf(b'%PDF-1.7')\nexcept Unreadable: pass\n"
        "print(any(name.startswith('pypdf') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
