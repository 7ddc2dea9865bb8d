"""A packet: the PDFs of a bundle as one file, with contents, numbers, bookmarks."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from assembly.drafting import draft
from assembly.pdf import Converter, page_count

_FONT, _SIZE, _BOTTOM, _RIGHT = "/PacketNumber", 8, 14, 24


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One paper of a packet: what the contents call it, and its PDF (our own)."""

    number: str
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `page` counts from 1 through the whole packet."""

    number: str
    title: str
    page: int
    pages: int


def build_packet(
    title: str, enclosures: Sequence[Enclosure], converter: Converter
) -> bytes:
    """Merge PDFs behind a contents page; objects that are the same are kept once.

    Each page is numbered “n / N” at its lower right; the bookmarks lead to the
    contents and to each paper.

    Raises:
        ValueError: nothing is enclosed; NotAvailable, ConversionFailed: the
            contents page could not be made.
    """
    if not enclosures:
        raise ValueError("a packet needs at least one paper")
    readers = [PdfReader(io.BytesIO(enclosure.pdf)) for enclosure in enclosures]
    lengths = [len(reader.pages) for reader in readers]
    contents = _contents(title, enclosures, lengths, converter)
    return _merge(title, contents, enclosures, readers)


def _merge(
    title: str,
    contents: bytes,
    enclosures: Sequence[Enclosure],
    readers: Sequence[PdfReader],
) -> bytes:
    writer = PdfWriter()
    writer.append(io.BytesIO(contents), outline_item="目录", import_outline=False)
    for enclosure, reader in zip(enclosures, readers, strict=True):
        name = f"{enclosure.number} {enclosure.title}".strip()
        writer.append(reader, outline_item=name, import_outline=False)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    _number_pages(writer)
    writer.add_metadata({"/Title": title})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def entries(
    enclosures: Sequence[Enclosure], lengths: Sequence[int], contents_pages: int
) -> list[Entry]:
    """Return the lines of the contents when it takes `contents_pages` pages."""
    starts = accumulate(lengths, initial=contents_pages + 1)
    return [
        Entry(enclosure.number, enclosure.title, start, length)
        for enclosure, start, length in zip(enclosures, starts, lengths, strict=False)
    ]


def contents_outline(title: str, lines: Sequence[Entry]) -> str:
    """Return the contents page as an outline (`assembly.drafting`)."""
    rows = [
        f"| {place} | {line.number} | {_cell(line.title)} | {line.page} | {line.pages}"
        for place, line in enumerate(lines, 1)
    ]
    head = [
        "@layout form",
        f"# {_cell(title)}",
        "^ 目录",
        "@columns 2 3 12 3 3",
        "|! 序号 | 编号 | 文书名称 | 起始页 | 页数",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _cell(text: str) -> str:
    """Return a text that cannot end its cell."""
    return text.replace("|", "｜").replace("\n", " ")


def _contents(
    title: str,
    enclosures: Sequence[Enclosure],
    lengths: Sequence[int],
    converter: Converter,
) -> bytes:
    """Draw the contents; a longer one moves the papers, so it is drawn again."""
    assumed = 1
    while True:
        lines = entries(enclosures, lengths, assumed)
        made = converter.convert(draft(contents_outline(title, lines)))
        taken = page_count(made)
        if taken <= assumed:
            return made
        assumed = taken


def _number_pages(writer: PdfWriter) -> None:
    """Write “n / N” on each page: one more content stream, one shared font."""
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    total = len(writer.pages)
    opening = _stream(writer, b"q\n")
    for place, page in enumerate(writer.pages, 1):
        words = f"{place} / {total}"
        x = float(page.mediabox.right) - _RIGHT - _SIZE * 0.5 * len(words)
        mark = f"Q q BT {_FONT} {_SIZE} Tf {x:.1f} {_BOTTOM} Td ({words}) Tj ET Q\n"
        closing = _stream(writer, mark.encode())
        old = page.get("/Contents")
        page[NameObject("/Contents")] = ArrayObject(
            [opening, *_parts(page, old), closing]
        )
        _give_font(page, font)


def _stream(writer: PdfWriter, content: bytes) -> PdfObject:
    stream = StreamObject()
    stream.set_data(content)
    return writer._add_object(stream)


def _parts(page: DictionaryObject, contents: PdfObject | None) -> list[PdfObject]:
    if contents is None:
        return []
    held = contents.get_object()
    if isinstance(held, ArrayObject):
        return list(held)
    return [page.raw_get("/Contents")]


def _give_font(page: DictionaryObject, font: PdfObject) -> None:
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()))
    fonts = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    fonts[NameObject(_FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
