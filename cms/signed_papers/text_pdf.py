"""A plain PDF of Chinese text, without an office program: for the demo's signed copy.

The font is the reader's own (STSong-Light, as all PDF readers know it); a map from
codes to characters lets programs read the text.
"""

import textwrap
import zlib
from collections.abc import Iterable, Iterator

_WIDTH, _LINES, _SIZE, _LEADING = 38, 44, 11, 16
_LEFT, _TOP = 80, 770
_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CMapName /Plain def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n"
    b"endcmap end end"
)


def text_pdf(text: str) -> bytes:
    """Return a PDF of A4 pages with the lines of a text, long ones wrapped."""
    pages = list(_pages(_wrapped(text.splitlines())))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (7 + 2 * i) for i in range(len(pages)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000"
        b"/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 "
        b"880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        _stream(_TO_UNICODE),
    ]
    for place, content in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (8 + 2 * place),
            _stream(content),
        ]
    return _file(objects)


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(
            line, _WIDTH, drop_whitespace=False, break_on_hyphens=False
        ) or [""]


def _pages(lines: Iterable[str]) -> Iterator[bytes]:
    rows = list(lines)
    for start in range(0, max(1, len(rows)), _LINES):
        shown = b"".join(
            b"<%s> Tj T*\n" % row.encode("utf-16-be").hex().encode()
            for row in rows[start : start + _LINES]
        )
        head = b"BT /F1 %d Tf %d TL %d %d Td\n" % (_SIZE, _LEADING, _LEFT, _TOP)
        yield head + shown + b"ET"


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % len(packed)
    return head + packed + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + ending % (len(objects) + 1, start)
