"""Reads the text of one document; run as a script of its own, with hard limits.

The document comes on standard input, its media type as the only argument; the
text goes out as UTF-8. A document may be built to exhaust memory or to loop,
so this never runs inside the server: `core.attachments` starts it. It imports
no part of the product and opens no file or socket.
"""

import io
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_TEXT = 4_000_000
MAX_PARTS = 2_000
MAX_PART_BYTES = 60_000_000
UNREADABLE = 3
MAX_DEPTH = 3
MAX_BOOKMARKS = 20_000
# Text of one of these stands together; between two of them a line ends.
_BLOCKS = frozenset({"p", "si", "c", "comment", "TextCode"})
# Attributes that a reader sees: addresses of links, names of sheets, alternative
# texts of pictures, hints.
_SHOWN: tuple[str, ...] = (
    "Target",
    "name",
    "title",
    "descr",
    "alt",
    "tooltip",
    "display",
)
_SHOWN += ("prompt", "promptTitle", "error", "errorTitle")
_HEADINGS = frozenset(
    f"{place}{what}"
    for place in ("odd", "even", "first")
    for what in ("Header", "Footer")
)
# `&C` and `&"Arial,Bold"` in the header of a sheet say where and how, not what.
_CODES = re.compile(r'&(?:"[^"]*"|[A-Z]|K[0-9A-F]{6}|[0-9]{1,3} )')
# Drawings (vml) are written like XML, but often not well.
_PLAIN = (".txt", ".vml", ".csv", ".htm", ".html", ".mht", ".rtf", ".json")
_PACKAGES = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".ofd")
# Numbers in a binary part, in either of the two ways in which Office writes text.
_NUMBERS = (rb"[0-9Xx \-]{11,40}", rb"(?:[0-9Xx \-]\x00){11,40}")
_OFD = "application/ofd"
_PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."


def read_text(body: bytes, media_type: str) -> Iterator[str]:
    """Yield the pieces of text of a document; other types have none."""
    if media_type == _PDF:
        yield from _pdf(body)
    elif media_type.startswith(_OFFICE) or media_type == _OFD:
        yield from _package(body)


def _pdf(body: bytes, depth: int = 0) -> Iterator[str]:
    from pypdf import PdfReader  # slow import

    reader = PdfReader(io.BytesIO(body))
    for value in (reader.metadata or {}).values():
        yield str(value)
    for page in reader.pages:
        yield page.extract_text()
        for note in page.get("/Annots") or ():
            yield str(note.get_object().get("/Contents") or "")
    for name, field in (reader.get_fields() or {}).items():
        yield f"{name} {field.get('/V') or ''}"
    yield from _titles(reader.root_object.get("/Outlines"))
    for name, bodies in reader.attachments.items():
        for one in bodies:
            yield from _part(name, one, depth + 1)


def _titles(outline: Any) -> Iterator[str]:
    """Yield the bookmarks of a PDF; where they lead to does not matter."""
    waiting, read = [outline], 0
    while waiting:
        entry = waiting.pop()
        if entry is None:
            continue
        read += 1
        if read > MAX_BOOKMARKS:
            raise ValueError("bookmarks without end")
        entry = entry.get_object()
        yield str(entry.get("/Title") or "")
        waiting += [entry.get("/Next"), entry.get("/First")]


def _package(body: bytes, depth: int = 0) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = [part for part in package.infolist() if _is_read(part.filename)]
        if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_PART_BYTES:
            raise ValueError("document too large when unpacked")
        for part in parts:
            yield from _part(part.filename, package.read(part), depth)


def _is_read(name: str) -> bool:
    """Whether a part may hold text: all but pictures, sounds and fonts."""
    kinds = (".xml", ".rels", ".bin", ".pdf", *_PLAIN, *_PACKAGES)
    return name.lower().endswith(kinds)


def _part(name: str, body: bytes, depth: int) -> Iterator[str]:
    """Yield the text of a part of a package, or of a file inside a document."""
    if depth > MAX_DEPTH:
        raise ValueError("documents inside documents, too deep")
    lower = name.lower()
    if lower.endswith((".xml", ".rels")):
        yield from _xml(body)
    elif lower.endswith(_PACKAGES):
        yield from _package(body, depth + 1)
    elif lower.endswith(".pdf"):
        yield from _pdf(body, depth + 1)
    elif lower.endswith(_PLAIN):
        yield body.decode("utf-8", "replace")
        yield body.decode("gb18030", "replace")
    else:
        for pattern in _NUMBERS:
            for found in re.findall(pattern, body):
                yield found.replace(b"\x00", b"").decode("ascii")


def _xml(body: bytes) -> Iterator[str]:
    """Yield the text of each paragraph or cell, its runs joined, and other text.

    Attributes count where a reader sees them.
    """
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise ValueError("document type declarations are not allowed")
    seen: set[ElementTree.Element] = set()
    root = ElementTree.fromstring(body)  # noqa: S314  no entities, limited process
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind in _BLOCKS and element not in seen:
            seen.update(element.iter())
            yield "".join(element.itertext())
        elif kind in _HEADINGS:
            seen.add(element)
            yield _CODES.sub(" ", element.text or "")
        for name in _SHOWN:
            yield element.get(name, "")
    for element in root.iter():
        if element not in seen:
            yield element.text or ""


def main() -> int:
    """Limit this process, then read the document from standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    left = MAX_TEXT
    # A line of a PDF may go on in the next one; a paragraph or a cell does not.
    end = b"\n" if sys.argv[1] == _PDF else b"\n\n"
    try:
        for piece in read_text(sys.stdin.buffer.read(), sys.argv[1]):
            sys.stdout.buffer.write(piece[:left].encode("utf-8", "replace") + end)
            left -= len(piece)
            if left <= 0:
                return UNREADABLE
    except Exception:  # whatever a hostile document brings about
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
