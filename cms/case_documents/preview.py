"""A paper as a web page shows it: its paragraphs and tables, in order."""

import io
import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assembly.drafting.markup import PageBreak, Paragraph, Table
from assembly.outline import read_outline

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell with the columns and rows it spans."""

    text: SafeString
    kind: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """A paragraph of a kind, or a table."""

    kind: str
    text: str = ""
    header: list[list[PreviewCell]] = field(default_factory=list)
    rows: list[list[PreviewCell]] = field(default_factory=list)


def preview(document: bytes) -> list[PreviewBlock]:
    """Return the blocks of a Word file that we assembled."""
    blocks = read_outline(io.BytesIO(document)).blocks
    return [_block(one) for one in blocks if not isinstance(one, PageBreak)]


def _block(block: Paragraph | Table) -> PreviewBlock:
    if isinstance(block, Paragraph):
        return PreviewBlock(block.kind, _text(block.text))
    header = [row for row in block.rows if row.is_header]
    rows = [row for row in block.rows if not row.is_header]
    return PreviewBlock(
        "table",
        header=[_cells(row.cells) for row in header],
        rows=[_cells(row.cells) for row in rows],
    )


def _cells(cells: tuple[object, ...]) -> list[PreviewCell]:
    shown: list[PreviewCell] = []
    for cell in cells:
        kind, text = cell.kind, cell.text  # type: ignore[attr-defined]
        if kind == "<" and shown:
            last = shown[-1]
            shown[-1] = PreviewCell(last.text, last.kind, last.columns + 1)
        elif kind == "^":
            shown.append(PreviewCell(SafeString("〃"), "center"))
        else:
            shown.append(PreviewCell(_text(text), kind))
    return shown


def _text(text: str) -> SafeString:
    """Return a text escaped, with its bold passages and line breaks."""
    html = _BOLD.sub(r"<strong>\1</strong>", escape(text)).replace("⏎", "<br>")
    return mark_safe(html)  # noqa: S308  escaped above
