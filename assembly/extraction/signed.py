"""Text page by page, and by OCR where a page is only a picture."""

import base64
import shutil
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assembly.extraction.process import Limits, ask_reader, run_whole

LANGUAGES = "chi_sim+eng"
_RECOGNITION_MEMORY = 2 * 1024 * 1024 * 1024
REASONS = {
    "not_pdf": "这份文件不是PDF，也不是可以转换的图片。",
    "encrypted": "这份PDF已加密或设了打开密码，请另存为不加密的PDF后重新上传。",
    "broken": "这份文件已损坏，读不出内容，请重新扫描或另存后上传。",
    "too_large": "这份文件展开后过大，无法读取，请降低扫描分辨率后重新上传。",
    "too_slow": "读取这份文件用时过长，已停止，请另存为普通PDF后重新上传。",
    "too_many_pages": "这份文件的页数超过上限，请拆分后上传。",
}


class Unreadable(Exception):
    """A file cannot be read; `reason` is a key of `REASONS`, the text tells it."""

    def __init__(self, reason: str) -> None:
        """Keep the reason's name; the words come from the table."""
        super().__init__(REASONS[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its text, whether that was recognized."""

    number: int
    text: str
    is_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; `textless` are the pages that stayed without text."""

    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(page.text for page in self.pages)

    @property
    def textless(self) -> tuple[int, ...]:
        """Numbers of the pages without text."""
        return tuple(page.number for page in self.pages if not page.text.strip())

    @property
    def method(self) -> str:
        """How it was read: text, ocr, mixed, or none."""
        kinds = {page.is_ocr for page in self.pages if page.text.strip()}
        if not kinds:
            return "none"
        return "mixed" if len(kinds) == 2 else ("ocr" if True in kinds else "text")


def read_pdf(body: bytes, *, limits: Limits | None = None) -> Reading:
    """Return the text of a PDF page by page; pictures go through OCR where it is.

    Raises:
        Unreadable: encrypted, broken, endless or too large.
    """
    limits = limits or Limits()
    reading = read_text(body, limits=limits)
    pages = {page.number: page for page in reading.pages}
    if has_recognition() and reading.textless:
        found = recognize(body, reading.textless, limits=limits)
        pages |= {page.number: page for page in found if page.is_ocr}
    return Reading(tuple(pages[number] for number in sorted(pages)))


def read_text(body: bytes, *, limits: Limits | None = None) -> Reading:
    """Return the text layer of a PDF page by page, without recognizing pictures.

    Raises:
        Unreadable: encrypted, broken, endless or too large.
    """
    lines, end = ask_reader("text", body, limits or Limits())
    if end != "done":
        raise Unreadable(end)
    return Reading(tuple(Page(int(one["page"]), one["text"]) for one in lines))


def recognize(
    body: bytes, numbers: Sequence[int], *, limits: Limits | None = None
) -> Iterator[Page]:
    """Yield the pages of those numbers as OCR reads them, one after the other.

    A page without a picture, or of which nothing can be read, comes without text.
    """
    limits = limits or Limits()
    lines, end = ask_reader("images", body, limits)
    # The text layer was readable; where the pictures are not, pages stay empty.
    images = {int(one["page"]): one["image"] for one in lines} if end == "done" else {}
    for number in numbers:
        image = base64.b64decode(images.get(number, ""))
        text = _recognize(image, limits) if image else ""
        yield Page(number, text, is_ocr=bool(text.strip()))


def pictures_to_pdf(
    pictures: Iterable[bytes], *, limits: Limits | None = None
) -> bytes:
    """Return one PDF of pictures (JPEG, PNG, TIFF) in their order, a page each.

    Raises:
        Unreadable: one of them is no picture, broken or too large.
    """
    body = b"".join(struct.pack(">Q", len(item)) + item for item in pictures)
    lines, end = ask_reader("pictures", body, limits or Limits())
    if end != "done":
        raise Unreadable(end)
    return base64.b64decode(lines[0]["pdf"])


@cache
def has_recognition() -> bool:
    """Whether tesseract with simplified Chinese is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = run_whole([program, "--list-langs"], b"", 10)
    return listed is not None and b"chi_sim" in listed.stdout.split()


def _recognize(picture: bytes, limits: Limits) -> str:
    program = shutil.which("tesseract") or "tesseract"
    command = [program, "stdin", "stdout", "-l", LANGUAGES, "--psm", "6"]
    done = run_whole(
        command, picture, limits.recognition_seconds, memory=_RECOGNITION_MEMORY
    )
    if done is None or done.returncode:
        return ""
    return done.stdout.decode("utf-8", "replace")
