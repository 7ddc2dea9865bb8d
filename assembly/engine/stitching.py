"""Deflate stitched together: static text deflated once, values stored in between.

A deflate stream may change from compressed to stored blocks at any byte boundary. The
static texts of a part are compressed once, each by itself and up to the head of a
stored block; a value then is that block's content. A document costs a few copies, and
is about half as large again as one that is compressed whole.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence

from assembly.zip_writer import Member

_LENGTHS = struct.Struct("<HH")
_LONGEST = 0xFFFF
# The head of a stored block, and of the last block of all, which is empty.
_HEAD = b"\0"
_EMPTY = _LENGTHS.pack(0, _LONGEST)
_LAST = b"\3\0"


def prepare(texts: Iterable[bytes]) -> dict[bytes, bytes]:
    """Return the texts that gain by it, compressed up to the head of a stored block."""
    prepared: dict[bytes, bytes] = {}
    for text in texts:
        worker = zlib.compressobj(9, zlib.DEFLATED, -15)
        stretch = worker.compress(text) + worker.flush(zlib.Z_SYNC_FLUSH)
        if len(stretch) < len(text):
            prepared[text] = stretch.removesuffix(_EMPTY)
    return prepared


def stitch(
    name: str, pieces: Sequence[bytes], prepared: Mapping[bytes, bytes]
) -> Member:
    """Return the member that holds `pieces`."""
    stretch_of, lengths = prepared.get, _LENGTHS.pack
    out = [_HEAD]
    stored: list[bytes] = []
    for piece in pieces:
        stretch = stretch_of(piece)
        if stretch is None:
            stored.append(piece)
            continue
        between = b"".join(stored)
        stored.clear()
        size = len(between)
        if size <= _LONGEST:
            out += (lengths(size, size ^ _LONGEST), between, stretch)
        else:
            out += (*_blocks(between), stretch)
    out += _blocks(b"".join(stored))
    out.append(_LAST)
    content = b"".join(pieces)
    return Member(name, b"".join(out), zlib.crc32(content), len(content))


def _blocks(content: bytes) -> list[bytes]:
    """Return stored blocks, the head of the first being written already."""
    blocks = []
    for start in range(0, len(content) or 1, _LONGEST):
        part = content[start : start + _LONGEST]
        if start:
            blocks.append(_HEAD)
        blocks += [_LENGTHS.pack(len(part), len(part) ^ _LONGEST), part]
    return blocks
