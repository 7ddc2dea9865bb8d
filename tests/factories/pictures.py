"""Small pictures and Word files that hold them."""

import io
import struct
import zlib

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Cm


def png(width: int = 4, height: int = 2, color: bytes = b"\xc0\x10\x10") -> bytes:
    """Return a PNG of one color."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + color * width) * height, 9)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def add_picture(document: WordDocument, text: str, width: float = 4) -> None:
    """Add a square picture of `width` cm with an alternative text."""
    run = document.add_paragraph().add_run()
    shape = run.add_picture(io.BytesIO(png(2, 2)), Cm(width), Cm(width))
    shape._inline.docPr.set("descr", text)


def annex(*paragraphs: str) -> bytes:
    """Return a Word file with a heading, a list, a picture and a table."""
    document = Document()
    document.add_heading("附件标题", 2)
    for text in paragraphs:
        document.add_paragraph(text, style="List Number")
    document.add_picture(io.BytesIO(png(6, 3, b"\x10\xc0\x10")), Cm(3))
    document.add_table(1, 2).rows[0].cells[1].text = "表内"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
