"""Reads the text of one document; run as a script of its own, with hard limits.

The document comes on standard input, its media type as the only argument; the
text goes out as UTF-8. A document may be built to exhaust memory or to loop,
so this never runs inside the server: `core.attachments` starts it. It imports
no part of the product and opens no file or socket.
"""

import io
import resource
import sys
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_TEXT = 4_000_000
MAX_PARTS = 2_000
MAX_PART_BYTES = 60_000_000
UNREADABLE = 3
# Text of one of these stands together; between two of them a line ends.
_BLOCKS = frozenset({"p", "si", "c", "comment", "TextCode"})
_OFD = "application/ofd"
_PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."


def read_text(body: bytes, media_type: str) -> Iterator[str]:
    """Yield the pieces of text of a document; other types have none."""
    if media_type == _PDF:
        yield from _pdf(body)
    elif media_type.startswith(_OFFICE) or media_type == _OFD:
        yield from _package(body)


def _pdf(body: bytes) -> Iterator[str]:
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


def _package(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        endings = (".xml", ".rels")
        parts = [p for p in package.infolist() if p.filename.endswith(endings)]
        if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_PART_BYTES:
            raise ValueError("document too large when unpacked")
        for part in parts:
            yield from _xml(package.read(part))


def _xml(body: bytes) -> Iterator[str]:
    """Yield the text of each paragraph or cell, its runs joined."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise ValueError("document type declarations are not allowed")
    seen: set[ElementTree.Element] = set()
    root = ElementTree.fromstring(body)  # noqa: S314  no entities, limited process
    for element in root.iter():
        if element.tag.rpartition("}")[2] in _BLOCKS and element not in seen:
            seen.update(element.iter())
            yield "".join(element.itertext())
    for element in root.iter():
        if element not in seen:
            yield element.text or ""
            yield element.get("Target", "")  # addresses of links


def main() -> int:
    """Limit this process, then read the document from standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    left = MAX_TEXT
    try:
        for piece in read_text(sys.stdin.buffer.read(), sys.argv[1]):
            sys.stdout.buffer.write(piece[:left].encode("utf-8", "replace") + b"\n")
            left -= len(piece)
            if left <= 0:
                return UNREADABLE
    except Exception:  # whatever a hostile document brings about
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
