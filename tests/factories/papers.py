"""Small Word files, made from paragraphs and tables."""

import io
from collections.abc import Callable, Sequence

from docx import Document
from docx.document import Document as WordDocument


def word_file(
    *paragraphs: str | Sequence[Sequence[str]],
    change: Callable[[WordDocument], None] | None = None,
) -> bytes:
    """Return a .docx: a text is a paragraph, rows of cells are a table."""
    document = Document()
    for item in paragraphs:
        if isinstance(item, str):
            document.add_paragraph(item)
            continue
        table = document.add_table(len(item), len(item[0]))
        for row, cells in zip(table.rows, item, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if change is not None:
        change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def texts(content: bytes) -> list[str]:
    """Return the paragraphs of a document's body, then the cells of its tables."""
    document = Document(io.BytesIO(content))
    cells = [
        "|".join(cell.text for cell in row.cells)
        for table in document.tables
        for row in table.rows
    ]
    return [paragraph.text for paragraph in document.paragraphs] + cells
