"""Text of an uploaded paper, as far as the scan for personal data needs it.

Word, Excel and OFD are read whole. Of a PDF the text strings are read through
every character map of the file; a scanned picture holds no text to read.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

_LIMIT = 40 * 1024 * 1024
_TEXT_PARTS = re.compile(r"(word|xl)/.*\.xml|.*Content\.xml", re.IGNORECASE)
_BLOCK_ENDS = re.compile(r"</(?:w:p|si|c|ofd:TextObject|w:tc)>|<w:br/>")
_TAGS = re.compile(r"<[^>]*>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_STRING = re.compile(
    rb"\((?P<plain>(?:\\.|[^\\()])*)\)|<(?P<hexed>[0-9A-Fa-f\s]+)>|(?P<end>T[*dDm]|ET)"
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MAPPED = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")

CharacterMap = dict[int, str]


def read_text(name: str, content: bytes) -> str:
    """Return the text of a file by its extension; pictures have none."""
    extension = name.rpartition(".")[2].lower()
    if extension in {"docx", "xlsx", "ofd"}:
        return _read_zip(content)
    if extension == "pdf":
        return _read_pdf(content)
    return ""


def _read_zip(content: bytes) -> str:
    """Join the text parts of an office archive, one line for each block."""
    texts = []
    left = _LIMIT
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not _TEXT_PARTS.fullmatch(entry.filename) or entry.file_size > left:
                continue
            left -= entry.file_size
            source = archive.read(entry).decode("utf-8", errors="replace")
            plain = _TAGS.sub("", _BLOCK_ENDS.sub("\n", source))
            texts.append(html.unescape(plain))
    return "\n".join(texts)


def _read_pdf(content: bytes) -> str:
    streams = list(_inflated(content))
    maps: list[CharacterMap] = [
        _character_map(stream) for stream in streams if b"begincmap" in stream
    ]
    lines = [
        line
        for stream in streams
        if b"begincmap" not in stream and b"ET" in stream
        for line in _lines(stream)
    ]
    texts = [b"".join(parts).decode("latin-1") for parts in lines]
    for one in maps:
        width = 2 if max(one, default=0) > 0xFF else 1
        texts += [_mapped(b"".join(parts), one, width) for parts in lines]
        texts += [_mapped(b"".join(parts), one, 2) for parts in lines if width == 1]
    return "\n".join(text for text in texts if text.strip())


def _inflated(content: bytes) -> Iterator[bytes]:
    left = _LIMIT
    for match in _STREAM.finditer(content):
        raw = match[1]
        try:
            data = zlib.decompressobj().decompress(raw, left)
        except zlib.error:
            data = raw if b"BT" in raw or b"begincmap" in raw else b""
        left -= len(data)
        if data:
            yield data
        if left <= 0:
            return


def _lines(stream: bytes) -> Iterator[list[bytes]]:
    """Yield the strings of each line; moving the pen to a new line ends one."""
    parts: list[bytes] = []
    for match in _STRING.finditer(stream):
        if match["end"] is not None:
            if parts:
                yield parts
            parts = []
        elif match["hexed"] is not None:
            digits = re.sub(rb"\s", b"", match["hexed"])
            parts.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        else:
            parts.append(_ESCAPED.sub(_unescape, match["plain"]))
    if parts:
        yield parts


def _unescape(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    if mark.isdigit():
        return bytes([int(mark, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(mark, mark)


def _character_map(stream: bytes) -> CharacterMap:
    found: CharacterMap = {}
    for kind, body in _MAPPED.findall(stream):
        codes = [int(code, 16) for code in _HEX.findall(body)]
        if kind == b"bfchar":
            found.update(
                (code, _character(target))
                for code, target in zip(codes[::2], codes[1::2], strict=False)
            )
            continue
        if b"[" in body:
            found.update(_listed(body))
            continue
        for low, high, target in zip(
            codes[::3], codes[1::3], codes[2::3], strict=False
        ):
            for offset in range(min(high - low, 0xFFFF) + 1):
                found[low + offset] = _character(target + offset)
    return found


def _listed(body: bytes) -> Iterator[tuple[int, str]]:
    """Yield the characters of ranges that list their targets in brackets."""
    for low, targets in re.findall(
        rb"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>\s*\[([^\]]*)\]", body
    ):
        for offset, target in enumerate(_HEX.findall(targets)):
            yield int(low, 16) + offset, _character(int(target, 16))


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _mapped(raw: bytes, characters: CharacterMap, width: int) -> str:
    codes = (
        int.from_bytes(raw[place : place + width], "big")
        for place in range(0, len(raw), width)
    )
    return "".join(characters.get(code, "") for code in codes)
