"""A zip writer whose output depends on its input alone: fixed dates, fixed order.

Members that never change are laid down once (`Archive`); a document is those bytes,
the members that the data fill, and the directory.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STORED = 0
DEFLATED = 8
_UTF8_NAMES = 0x0800
# 1980-01-01 00:00, the first instant that the format knows.
_DATE = 0x0021
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LARGEST = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive as it lies there; `raw` is deflated or stored."""

    name: str
    raw: bytes
    crc: int
    size: int
    method: int = DEFLATED

    def content(self) -> bytes:
        """Return the bytes of the file itself."""
        if self.method == STORED:
            return self.raw
        return zlib.decompress(self.raw, -15, self.size or 1)


def deflated(name: str, content: bytes, level: int = 9) -> Member:
    """Return a member with `content` deflated."""
    worker = zlib.compressobj(level, zlib.DEFLATED, -15)
    raw = worker.compress(content) + worker.flush()
    return Member(name, raw, zlib.crc32(content), len(content))


def stored(name: str, content: bytes) -> Member:
    """Return a member with `content` as it is."""
    return Member(name, content, zlib.crc32(content), len(content), STORED)


class Archive:
    """Members laid down once, to which each document adds its own."""

    __slots__ = ("_count", "_digest", "_directory", "_prefix")

    def __init__(self, members: Iterable[Member]) -> None:
        """Lay down `members` in their order."""
        chosen = tuple(members)
        self._prefix, self._directory = _lay_down(chosen, 0)
        self._count = len(chosen)
        self._digest = hashlib.sha256(self._prefix)

    def close(self, members: Sequence[Member]) -> tuple[bytes, str]:
        """Return the archive with `members` added, and its SHA-256 in hexadecimal.

        Raises:
            OverflowError: the archive would be larger than 4 GiB.
        """
        tail = self._tail(members)
        digest = self._digest.copy()
        digest.update(tail)
        return self._prefix + tail, digest.hexdigest()

    def close_unhashed(self, members: Sequence[Member]) -> bytes:
        """Return the archive with `members` added; OverflowError beyond 4 GiB."""
        return self._prefix + self._tail(members)

    def _tail(self, members: Sequence[Member]) -> bytes:
        start = len(self._prefix)
        bodies, directory = _lay_down(members, start)
        total = len(self._directory) + len(directory)
        count = self._count + len(members)
        offset = start + len(bodies)
        if offset + total > _LARGEST:
            raise OverflowError("archive larger than 4 GiB")
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, total, offset, 0)
        return b"".join((bodies, self._directory, directory, end))


def write(members: Iterable[Member]) -> bytes:
    """Return an archive of `members` in their order."""
    return Archive(members).close_unhashed(())


def _lay_down(members: Sequence[Member], offset: int) -> tuple[bytes, bytes]:
    bodies: list[bytes] = []
    directory: list[bytes] = []
    for member in members:
        name = member.name.encode()
        flags = 0 if member.name.isascii() else _UTF8_NAMES
        raw = member.raw
        shared = (flags, member.method, 0, _DATE, member.crc, len(raw), member.size)
        local = _LOCAL.pack(b"PK\x03\x04", 20, *shared, len(name), 0)
        central = _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, *shared, len(name), 0, 0, 0, 0, 0, offset
        )
        bodies += (local, name, raw)
        directory += (central, name)
        offset += len(local) + len(name) + len(raw)
    return b"".join(bodies), b"".join(directory)
