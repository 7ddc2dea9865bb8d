"""A Word file compiled: its parts functions of the data, the rest laid down once."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assembly.engine.compiler import CompiledPart
from assembly.engine.mending import mend
from assembly.engine.reading import Reason
from assembly.engine.sources import CONTENT_TYPES, DECLARATION
from assembly.errors import Fault, fault
from assembly.numbering import Numbers
from assembly.zip_writer import Archive, Member

_LEVEL = 6
_DECLARATION = DECLARATION.encode()
# Pieces handed to the compressor at a time, so that a large table needs little room.
_BATCH = 4096


@dataclass(frozen=True)
class CompiledDocument:
    """A Word file whose parts are functions of the data."""

    parts: tuple[CompiledPart, ...]
    archive: Archive

    @property
    def reasons(self) -> tuple[Fault, ...]:
        """Return what could not be proven when the parts were compiled."""
        return tuple(
            _reason(part, reason) for part in self.parts for reason in part.reasons
        )

    def assemble(
        self, context: dict[str, Any], stamp: Member, extra: Sequence[Member] = ()
    ) -> tuple[bytes, str]:
        """Return the file filled with `context`, and its SHA-256.

        Raises:
            AssemblyError: a value is missing or may not stand in a document.
        """
        numbers = Numbers()
        members = []
        for part in self.parts:
            pieces = part.pieces(context)
            if part.has_marks:
                if part.source.kind == "body":
                    numbers.count(pieces)
                pieces = [numbers.write(piece) for piece in pieces]
            if part.reasons:
                is_body = part.source.kind == "body"
                pieces = [mend(part.name, "".join(pieces), is_body)]
            members.append(_member(part, pieces))
        return self.archive.close((*members, *extra, stamp))


def lay_out(
    parts: Sequence[CompiledPart], members: Mapping[str, Member]
) -> CompiledDocument:
    """Return the document of compiled parts, all other members laid down."""
    filled = {part.name for part in parts}
    rest = [member for name, member in members.items() if name not in filled]
    rest.sort(key=lambda member: member.name != CONTENT_TYPES)
    return CompiledDocument(tuple(parts), Archive(rest))


def _reason(part: CompiledPart, reason: Reason) -> Fault:
    number = part.source.paragraph_at(reason.line) if reason.line else 0
    quote = part.source.quote(number)
    return fault("W-AS-01", reason=reason.text).at(part.name, number, quote)


def _member(part: CompiledPart, pieces: list[str]) -> Member:
    statics = part.statics.get
    worker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    raw: list[bytes] = []
    crc = size = 0
    for start in range(0, len(pieces), _BATCH):
        batch = pieces[start : start + _BATCH]
        chunk = b"".join([statics(piece) or piece.encode() for piece in batch])
        if not start:
            chunk = _DECLARATION + chunk
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        raw.append(worker.compress(chunk))
    raw.append(worker.flush())
    return Member(part.name, b"".join(raw), crc, size)
