"""The outline: one line a paragraph, readable in a diff, equal to a Word file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

from assembly.drafting.faults import outline_fault

LAYOUTS = ("contract", "notice", "form", "letter")
# Longest first, so that a title's number line is not read as a title.
PREFIXES = {
    "### ": "subheading",
    "## ": "heading",
    "#- ": "subtitle",
    "# ": "title",
    "§ ": "clause",
    ">> ": "right",
    "> ": "flush",
    "^ ": "center",
    "+ ": "item",
    "~ ": "note",
}
SPACED = {"title", "heading", "subheading", "clause"}
# Twips: the least width of one part, and how far stored widths are off.
SMALLEST_UNIT, ROUNDING, MOST_UNITS = 100, 4, 60
CELL_PREFIXES = {"! ": "label", "^ ": "center", ">> ": "right"}
MERGED_LEFT, MERGED_UP = "<", "^"
# A full-width space is text: it indents and stands for a blank to fill in.
BLANKS = " \t\r"
NEEDS_ESCAPE = re.compile(r"[#>^+~§@|\\]")
CELL_NEEDS_ESCAPE = re.compile(r"[!^>\\<]")
CLAUSE = re.compile(r"\{\{ article\.([a-z][a-z0-9_]*) \}\}　(.*)", re.S)
CLAUSE_NAME = re.compile(r"([a-z][a-z0-9_]*)\s+(\S.*)")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `text` keeps **bold** marks and ⏎ for a line break."""

    kind: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of the grid; kinds < and ^ only continue their neighbor."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Row:
    """One row; a row tag such as {%tr for … %} is a row of a single cell."""

    cells: tuple[Cell, ...]
    is_header: bool = False

    @property
    def is_tag(self) -> bool:
        """Tell whether the row only carries a row tag and never prints."""
        return len(self.cells) == 1 and self.cells[0].text.startswith("{%tr")


@dataclass(frozen=True)
class Table:
    """A grid with relative column widths."""

    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    has_borders: bool = True


@dataclass(frozen=True)
class PageBreak:
    """The next block starts on a new page."""


Block = Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Outline:
    """A whole paper."""

    layout: str
    header: str
    blocks: tuple[Block, ...]


def reduced(widths: list[int]) -> tuple[int, ...]:
    """Divide widths by what they share, so that 2 2 4 and 1 1 2 are the same."""
    divisor = gcd(*widths) or 1
    return tuple(width // divisor for width in widths)


def ratio(widths: list[int]) -> tuple[int, ...]:
    """Return relative widths of measured columns, in small numbers where it can be.

    Office programs round the widths that they store by a few twips.
    """
    if not widths or gcd(*widths) >= SMALLEST_UNIT:
        return reduced(widths)
    whole = sum(widths)
    for units in range(len(widths), MOST_UNITS + 1):
        parts = [round(width * units / whole) for width in widths]
        errors = (
            abs(width - part * whole / units)
            for width, part in zip(widths, parts, strict=True)
        )
        if 0 not in parts and max(errors) <= ROUNDING:
            return reduced(parts)
    return reduced(widths)


def split_cells(line: str) -> list[str]:
    """Split a row at | outside of tags; \\| is a plain bar."""
    cells, start, position = [], 0, 0
    while position < len(line):
        if tag := TAG.match(line, position):
            position = tag.end()
        elif line.startswith("\\|", position):
            position += 2
        elif line[position] == "|":
            cells.append(line[start:position])
            start = position = position + 1
        else:
            position += 1
    return [cell.strip(BLANKS) for cell in [*cells, line[start:]]]


def parse(text: str) -> Outline:
    """Read outline text; AssemblyError names the line that is wrong."""
    return _Parser(text).outline()


class _Parser:
    def __init__(self, text: str) -> None:
        self.lines: Iterator[tuple[int, str]] = (
            (number, line.strip(BLANKS))
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip(BLANKS)
        )
        self.layout = ""
        self.header = ""
        self.blocks: list[Block] = []
        self.rows: list[Row] = []
        self.columns: tuple[int, ...] = ()
        self.has_borders = True

    def outline(self) -> Outline:
        for number, line in self.lines:
            self._read(number, line)
        self._close_table()
        if not self.layout:
            raise outline_fault(1, "", "首行须为 @layout contract|notice|form|letter")
        return Outline(self.layout, self.header, tuple(self.blocks))

    def _read(self, number: int, line: str) -> None:
        if line.startswith("|"):
            self._read_row(number, line)
        elif line.startswith("@"):
            self._read_setting(number, line)
        else:
            self._close_table()
            self.blocks.append(self._paragraph(line))

    def _read_setting(self, number: int, line: str) -> None:
        name, _, value = line[1:].partition(" ")
        if name in ("layout", "header", "page") or self.rows:
            self._close_table()
        if name == "layout" and value in LAYOUTS and not self.layout:
            self.layout = value
        elif name == "header":
            self.header = value.strip(BLANKS)
        elif name == "page":
            self.blocks.append(PageBreak())
        elif name == "borders" and value == "none":
            self.has_borders = False
        elif name == "columns" and re.fullmatch(r"[1-9]\d*( +[1-9]\d*)*", value):
            self.columns = reduced([int(width) for width in value.split()])
        else:
            raise outline_fault(number, line, "不认识的设置")

    def _read_row(self, number: int, line: str) -> None:
        is_header = line.startswith("|!")
        row = Row(
            tuple(
                _cell(cell, is_header) for cell in split_cells(line[1 + is_header :])
            ),
            is_header,
        )
        width = len(self.columns)
        if not width and not row.is_tag:
            self.columns = (1,) * len(row.cells)
        elif not row.is_tag and len(row.cells) != width:
            raise outline_fault(number, line, f"应为{width}格，实为{len(row.cells)}格")
        if row.cells[0].kind == MERGED_LEFT:
            raise outline_fault(number, line, "首格左边没有可合并的格")
        self.rows.append(row)

    def _close_table(self) -> None:
        if self.rows:
            columns = self.columns or (1,)
            self.blocks.append(Table(columns, tuple(self.rows), self.has_borders))
            self.rows, self.columns, self.has_borders = [], (), True

    def _paragraph(self, line: str) -> Paragraph:
        if line.startswith("{%p"):
            return Paragraph("tag", line)
        for prefix, kind in PREFIXES.items():
            if line.startswith(prefix):
                text = line[len(prefix) :].strip(BLANKS)
                if kind == "clause" and (found := CLAUSE_NAME.fullmatch(text)):
                    text = f"{{{{ article.{found[1]} }}}}　{found[2]}"
                return Paragraph(kind, text)
        return Paragraph("body", line.removeprefix("\\"))


def _cell(text: str, is_header: bool) -> Cell:
    if text in (MERGED_LEFT, MERGED_UP):
        return Cell(text)
    kind = "label" if is_header else "text"
    for prefix, found in CELL_PREFIXES.items():
        if text.startswith(prefix):
            kind, text = found, text[len(prefix) :].strip(BLANKS)
            break
    else:
        text = re.sub(r"^\\(?!\|)", "", text)
    return Cell(kind, text.replace("\\|", "|"))


def serialize(outline: Outline) -> str:
    """Print an outline in its normal form, ending with a line feed."""
    lines = [f"@layout {outline.layout}"]
    if outline.header:
        lines.append(f"@header {outline.header}")
    previous: Block | None = None
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            if block.kind in SPACED or not isinstance(previous, Paragraph):
                lines.append("")
            lines.append(_paragraph_line(block))
        elif isinstance(block, PageBreak):
            lines += ["", "@page"]
        else:
            lines += ["", *_table_lines(block, isinstance(previous, Table))]
        previous = block
    return "\n".join(lines) + "\n"


def _paragraph_line(paragraph: Paragraph) -> str:
    kind, text = paragraph.kind, paragraph.text
    if kind == "tag":
        return text
    if kind == "body":
        return f"\\{text}" if NEEDS_ESCAPE.match(text) else text
    if kind == "clause" and (found := CLAUSE.fullmatch(text)):
        text = f"{found[1]} {found[2]}"
    prefix = next(key for key, value in PREFIXES.items() if value == kind)
    return f"{prefix}{text}".strip(BLANKS)


def _table_lines(table: Table, follows_table: bool) -> list[str]:
    lines = []
    if len(set(table.columns)) > 1 or follows_table:
        lines.append("@columns " + " ".join(map(str, table.columns)))
    if not table.has_borders:
        lines.append("@borders none")
    for row in table.rows:
        cells = " | ".join(_cell_text(cell, row.is_header) for cell in row.cells)
        lines.append(
            f"|! {cells}".rstrip(BLANKS)
            if row.is_header
            else f"| {cells}".rstrip(BLANKS)
        )
    return lines


def _cell_text(cell: Cell, is_header: bool) -> str:
    if cell.kind in (MERGED_LEFT, MERGED_UP):
        return cell.kind
    tags = TAG.findall(cell.text)
    pieces = [piece.replace("|", "\\|") for piece in TAG.split(cell.text)]
    text = "".join(a + b for a, b in zip(pieces, [*tags, ""], strict=True))
    if cell.kind == ("label" if is_header else "text"):
        return f"\\{text}" if CELL_NEEDS_ESCAPE.match(text) else text
    prefix = next(key for key, kind in CELL_PREFIXES.items() if kind == cell.kind)
    return f"{prefix}{text}".rstrip(BLANKS)
