"""Outline 大纲: a Word file read back as one line a paragraph."""

import zipfile
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from assembly.drafting.markup import (
    BLANKS,
    MERGED_LEFT,
    MERGED_UP,
    Block,
    Cell,
    Outline,
    PageBreak,
    Paragraph,
    Row,
    Table,
    ratio,
    serialize,
)
from assembly.drafting.styles import NAMES, PAGES, TABLE_STYLES
from assembly.drafting.xml import WORD_URI

W = f"{{{WORD_URI}}}"
KINDS = {name: kind for kind, (_, name) in NAMES.items()}
LAYOUTS = {page.category: layout for layout, page in PAGES.items()}
SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr"}


def outline(source: str | Path | BinaryIO) -> str:
    """Return the outline of a .docx in normal form."""
    return serialize(read_outline(source))


def read_outline(source: str | Path | BinaryIO) -> Outline:
    """Return the blocks of a .docx: paragraphs, tables, page breaks."""
    with zipfile.ZipFile(source) as file:
        return _Reader(file).outline()


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


class _Reader:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.names = file.namelist()
        self.kinds: dict[str, str] = {}
        self.borderless: set[str] = set()
        self._read_styles()

    def outline(self) -> Outline:
        body = self._part("word/document.xml").find(f"{W}body")
        blocks: list[Block] = []
        for child in body if body is not None else ():
            if child.tag == f"{W}p":
                blocks += self._paragraph(child)
            elif child.tag == f"{W}tbl":
                blocks.append(self._table(child))
        return Outline(self._layout(), self._header(), tuple(blocks))

    def _part(self, name: str) -> etree._Element:
        return _parsed(self.file.read(name))

    def _read_styles(self) -> None:
        if "word/styles.xml" not in self.names:
            return
        for style in self._part("word/styles.xml").iter(f"{W}style"):
            style_id = style.get(f"{W}styleId", "")
            name_element = style.find(f"{W}name")
            name = "" if name_element is None else name_element.get(f"{W}val", "")
            if name in KINDS:
                self.kinds[style_id] = KINDS[name]
            elif name == TABLE_STYLES[False][1]:
                self.borderless.add(style_id)

    def _layout(self) -> str:
        if "docProps/core.xml" in self.names:
            for element in self._part("docProps/core.xml"):
                if etree.QName(element).localname == "category":
                    return LAYOUTS.get(element.text or "", "contract")
        return "contract"

    def _header(self) -> str:
        names = (name for name in self.names if name.startswith("word/header"))
        if name := next(names, ""):
            lines = (_text(p) for p in self._part(name).iter(f"{W}p"))
            return " ".join(line for line in lines if line)
        return ""

    def _kind(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        style_id = "" if style is None else style.get(f"{W}val", "")
        return self.kinds.get(style_id, "body")

    def _paragraph(self, element: etree._Element) -> list[Block]:
        kind = self._kind(element)
        if any(br.get(f"{W}type") == "page" for br in element.iter(f"{W}br")):
            return [PageBreak()]
        text = _text(element)
        if not text or kind == "spacer":
            return []
        return [Paragraph("tag" if text.startswith("{%p") else kind, text)]

    def _table(self, element: etree._Element) -> Table:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        style_id = "" if style is None else style.get(f"{W}val")
        widths = [int(col.get(f"{W}w", "1")) for col in element.iter(f"{W}gridCol")]
        rows = tuple(self._row(row) for row in element.iter(f"{W}tr"))
        return Table(ratio(widths), rows, style_id not in self.borderless)

    def _row(self, element: etree._Element) -> Row:
        is_header = element.find(f"{W}trPr/{W}tblHeader") is not None
        cells: list[Cell] = []
        for tc in element.iter(f"{W}tc"):
            cells.append(self._cell(tc))
            span = tc.find(f"{W}tcPr/{W}gridSpan")
            if span is not None and not cells[-1].text.startswith("{%tr"):
                count = int(span.get(f"{W}val", "1")) - 1
                cells += [Cell(MERGED_LEFT)] * count
        return Row(tuple(cells), is_header)

    def _cell(self, element: etree._Element) -> Cell:
        merge = element.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val", "continue") == "continue":
            return Cell(MERGED_UP)
        paragraphs = list(element.iter(f"{W}p"))
        kind = self._kind(paragraphs[0]).removeprefix("cell.")
        if kind not in ("label", "center", "right"):
            kind = "text"
        return Cell(kind, "⏎".join(_text(paragraph) for paragraph in paragraphs))


def _text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph with ** around bold and ⏎ for line breaks."""
    pieces: list[tuple[bool, str]] = []
    for run in _runs(paragraph):
        bold = run.find(f"{W}rPr/{W}b")
        is_bold = bold is not None and bold.get(f"{W}val", "1") not in ("0", "false")
        text = "".join(_run_text(child) for child in run)
        if pieces and pieces[-1][0] == is_bold:
            pieces[-1] = (is_bold, pieces[-1][1] + text)
        elif text:
            pieces.append((is_bold, text))
    marked = (f"**{text}**" if is_bold else text for is_bold, text in pieces)
    return "".join(marked).strip(BLANKS)


def _runs(element: etree._Element) -> list[etree._Element]:
    found = []
    for child in element:
        if child.tag == f"{W}r":
            found.append(child)
        elif child.tag not in SKIPPED:
            found += _runs(child)
    return found


def _run_text(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag == f"{W}tab":
        return "\t"
    if element.tag in (f"{W}br", f"{W}cr"):
        return "⏎"
    return ""
