"""The zip container of an upload, read without trusting its directory.

Entries must follow one another from the first byte to the directory, and the
directory must end the file: what hides before, between or after is refused.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from assembly.errors import AssemblyError, Fault, fault
from assembly.package.limits import Limits

CHUNK = 2**16
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DESCRIPTORS = (0, 12, 16)
_ENCRYPTED, _STREAMED = 1, 8
_NAME = re.compile(r"[A-Za-z0-9_\-\[\]() .%]+(?:/[A-Za-z0-9_\-\[\]() .%]+)*/?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of the archive as the directory describes it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


class Archive:
    """A .docx as a zip archive, opened under limits."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        """Read and check the directory; raises AssemblyError with all its faults."""
        self._stream = stream
        self._limits = limits
        self.entries: list[Entry] = []
        self._starts: dict[str, int] = {}
        start, length, count = self._find_directory()
        self.entries = list(self._read_directory(start, length))
        if len(self.entries) != count:
            raise AssemblyError(fault("E-AS-23", reason="压缩包目录与文件数不符"))
        faults = [*self._judge_names(), *self._judge_layout(start)]
        if faults:
            raise AssemblyError(faults[: limits.faults])

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Yield an entry's content piece by piece; raises AssemblyError early."""
        unpacked, crc = 0, 0
        for piece in self._inflate(entry):
            unpacked += len(piece)
            crc = zlib.crc32(piece, crc)
            self._judge_size(entry, unpacked)
            yield piece
        if unpacked != entry.size or crc != entry.crc:
            raise AssemblyError(fault("E-AS-23", reason=f"“{entry.name}”校验不符"))

    def _judge_size(self, entry: Entry, unpacked: int) -> None:
        limits = self._limits
        if unpacked > limits.entry_size or unpacked > entry.size:
            what, limit = f"“{entry.name}”解压后的大小", _megabytes(limits.entry_size)
            raise AssemblyError(fault("E-AS-24", what=what, limit=limit))
        if unpacked > limits.ratio_from and unpacked > entry.packed * limits.ratio:
            raise AssemblyError(fault("E-AS-25", name=entry.name, limit=limits.ratio))

    def _inflate(self, entry: Entry) -> Iterator[bytes]:
        self._stream.seek(self._starts[entry.name])
        left = entry.packed
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        while left > 0:
            packed = self._stream.read(min(CHUNK, left))
            if not packed:
                raise AssemblyError(fault("E-AS-23", reason="文件不完整"))
            left -= len(packed)
            if entry.method == 0:
                yield packed
                continue
            try:
                while packed:
                    yield engine.decompress(packed, CHUNK)
                    packed = engine.unconsumed_tail
            except zlib.error:
                reason = f"“{entry.name}”无法解压"
                raise AssemblyError(fault("E-AS-23", reason=reason)) from None
        if entry.method and (not engine.eof or engine.unused_data):
            raise AssemblyError(fault("E-AS-23", reason=f"“{entry.name}”长度不符"))

    def _find_directory(self) -> tuple[int, int, int]:
        """Return the directory's offset, length and number of entries."""
        stream, limits = self._stream, self._limits
        size = stream.seek(0, 2)
        if size > limits.file_size:
            what, limit = "文件大小", _megabytes(limits.file_size)
            raise AssemblyError(fault("E-AS-24", what=what, limit=limit))
        stream.seek(0)
        head = stream.read(8)
        if head == _OLE:
            raise AssemblyError(fault("E-AS-28"))
        stream.seek(max(0, size - 2**16 - _END.size))
        tail = stream.read()
        place = tail.rfind(b"PK\x05\x06")
        if place < 0 or len(tail) - place < _END.size:
            reason = "文件不完整" if head[:2] == b"PK" else "内容不是 Office 文件"
            raise AssemblyError(fault("E-AS-22", reason=reason))
        end = _END.unpack_from(tail, place)
        _, disk, first, here, count, length, start, comment = end
        if head[:4] != b"PK\x03\x04":
            raise AssemblyError(fault("E-AS-29", reason="压缩包之前有其他数据"))
        if comment or len(tail) - place != _END.size:
            raise AssemblyError(fault("E-AS-29", reason="压缩包之后有其他数据"))
        if disk or first or here != count:
            raise AssemblyError(fault("E-AS-23", reason="是分卷压缩包"))
        if count > limits.entries or length > limits.entries * (
            limits.name_length + 256
        ):
            raise AssemblyError(fault("E-AS-24", what="部件数", limit=limits.entries))
        if start + length + _END.size != size:
            raise AssemblyError(fault("E-AS-29", reason="压缩包目录前后有其他数据"))
        return start, length, count

    def _read_directory(self, start: int, length: int) -> Iterator[Entry]:
        self._stream.seek(start)
        directory = self._stream.read(length)
        place = 0
        while place + _CENTRAL.size <= len(directory):
            row = _CENTRAL.unpack_from(directory, place)
            if row[0] != b"PK\x01\x02":
                break
            flags, method, crc, packed, size = row[3], row[4], row[7], row[8], row[9]
            name_length, extra, comment, offset = row[10], row[11], row[12], row[16]
            place += _CENTRAL.size
            raw = directory[place : place + name_length]
            name = raw.decode("utf-8", "backslashreplace")
            place += name_length + extra + comment
            yield Entry(name, flags, method, crc, packed, size, offset)
        if place != len(directory):
            raise AssemblyError(fault("E-AS-23", reason="压缩包目录读不出来"))

    def _judge_names(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for entry in self.entries:
            steps = entry.name.split("/")
            too_long = len(entry.name) > self._limits.name_length
            if too_long or not _NAME.fullmatch(entry.name) or {".", ".."} & set(steps):
                yield fault("E-AS-26", name=entry.name[: self._limits.name_length])
            folded = entry.name.casefold()
            if folded in seen:
                yield fault("E-AS-27", name=entry.name)
            seen.add(folded)
            if entry.flags & _ENCRYPTED:
                yield fault("E-AS-28")
            elif entry.method not in {0, 8}:
                yield fault("E-AS-23", reason=f"“{entry.name}”的压缩方式不支持")
            if entry.name.endswith("/") and entry.size:
                yield fault("E-AS-26", name=entry.name)
            if entry.method == 0 and entry.packed != entry.size:
                yield fault("E-AS-23", reason=f"“{entry.name}”长度不符")

    def _judge_layout(self, directory: int) -> Iterator[Fault]:
        """Check that the entries fill the file up to the directory, in one row."""
        end = 0
        gaps: tuple[int, ...] = (0,)
        for entry in sorted(self.entries, key=lambda one: one.offset):
            if entry.offset - end not in gaps:
                yield fault("E-AS-29", reason=f"“{entry.name}”之前有其他数据或互相重叠")
                return
            self._stream.seek(entry.offset)
            local = self._stream.read(_LOCAL.size)
            if len(local) < _LOCAL.size or local[:4] != b"PK\x03\x04":
                yield fault("E-AS-23", reason=f"“{entry.name}”的文件头读不出来")
                return
            row = _LOCAL.unpack(local)
            flags, method, name_length, extra = row[2], row[3], row[9], row[10]
            name = self._stream.read(name_length).decode("utf-8", "backslashreplace")
            if (name, flags, method) != (entry.name, entry.flags, entry.method):
                yield fault("E-AS-23", reason=f"“{entry.name}”的文件头与目录不符")
            self._starts[entry.name] = entry.offset + _LOCAL.size + name_length + extra
            end = self._starts[entry.name] + entry.packed
            gaps = _DESCRIPTORS if entry.flags & _STREAMED else (0,)
        if directory - end not in gaps:
            yield fault("E-AS-29", reason="压缩包目录之前有其他数据")


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MB"
