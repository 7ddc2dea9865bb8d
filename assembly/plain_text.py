"""The text of a Word file, line by line, as a reader sees it: header, body, tables."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADER = re.compile(r"word/header[\w-]*\.xml")
_TEXT, _BREAKS, _TAB = f"{_W}t", (f"{_W}br", f"{_W}cr"), f"{_W}tab"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def plain_text(document: bytes) -> str:
    """Return the lines of a .docx: running headers once, then the body.

    A line is a paragraph or what stands between two line breaks in one. The
    document is one that we assembled; uploads go through `assembly.package` first.
    """
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        names = sorted(name for name in package.namelist() if _HEADER.fullmatch(name))
        parts = [package.read(name) for name in [*names, "word/document.xml"]]
    return "\n".join(line for part in parts for line in _lines(part))


def _lines(part: bytes) -> Iterator[str]:
    root = etree.fromstring(part, _PARSER)
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_pieces(paragraph))
        if text.strip():
            yield text


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(_TEXT, _TAB, *_BREAKS):
        if element.tag == _TEXT:
            yield element.text or ""
        else:
            yield "\t" if element.tag == _TAB else "\n"
