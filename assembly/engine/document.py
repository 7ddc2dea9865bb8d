"""A Word file compiled: its parts functions of the data, the rest laid down once."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assembly.engine.annexes import Annexes
from assembly.engine.compiler import CompiledPart
from assembly.engine.mending import mend
from assembly.engine.pictures import (
    MEDIA_TYPES,
    Slot,
    picture_context,
    picture_members,
    read_pictures,
)
from assembly.engine.reading import Reason
from assembly.engine.relations import (
    NUMBERING,
    STYLES,
    relations_of,
    with_media_types,
    with_part,
)
from assembly.engine.sources import CONTENT_TYPES, DECLARATION
from assembly.engine.stitching import stitch
from assembly.errors import AssemblyError, Fault, fault
from assembly.numbering import Numbers
from assembly.zip_writer import Archive, Member, stored

# Half the time of level 6 for a file 3 % larger.
_LEVEL = 3
_DECLARATION = DECLARATION.encode()
# Pieces handed to the compressor at a time, so that a large table needs little room.
_BATCH = 4096
Files = Mapping[str, bytes]
Packing = Callable[[CompiledPart, Sequence[bytes]], Member]


@dataclass(frozen=True)
class CompiledDocument:
    """A Word file whose parts are functions of the data."""

    parts: tuple[CompiledPart, ...]
    slots: tuple[Slot, ...] = ()
    annexes: frozenset[str] = frozenset()
    archive: Archive = field(default_factory=lambda: Archive(()), repr=False)
    members: Mapping[str, Member] = field(default_factory=dict, repr=False)

    def laid_out(self, members: Mapping[str, Member]) -> "CompiledDocument":
        """Return the document with all members that no data change laid down."""
        kept = dict(members)
        replaced = {part.name for part in self.parts}
        replaced |= {relations_of(slot.part, kept).name for slot in self.slots}
        if self.slots or self.annexes:
            kept = with_media_types(kept, MEDIA_TYPES)
        if self.annexes:
            body = self.parts[0].name
            kept = with_part(with_part(kept, body, STYLES), body, NUMBERING)
            replaced |= {relations_of(body, kept).name, STYLES.name, NUMBERING.name}
        rest = [member for name, member in kept.items() if name not in replaced]
        rest.sort(key=lambda member: member.name != CONTENT_TYPES)
        return replace(self, archive=Archive(rest), members=kept)

    @property
    def reasons(self) -> tuple[Fault, ...]:
        """Return what could not be proven when the parts were compiled."""
        return tuple(
            _reason(part, reason) for part in self.parts for reason in part.reasons
        )

    def filled(
        self,
        context: dict[str, Any],
        images: Files,
        documents: Files,
        packing: Packing,
    ) -> list[Member]:
        """Return the members that the data fill.

        Raises:
            AssemblyError: a value is missing or may not stand in a document.
        """
        extra: list[Member] = []
        if self.slots or self.annexes or images or documents:
            extra = self._add_files(context, images, documents)
        members = [packing(part, pieces) for part, pieces in self.fill(context)]
        return members + extra

    def fill(self, context: dict[str, Any]) -> list[tuple[CompiledPart, list[bytes]]]:
        """Return each part with its pieces, the body first and numbers written."""
        numbers = Numbers()
        filled = []
        for part in self.parts:
            pieces: list[Any] = part.pieces(context)
            if part.has_marks:
                _number(part, pieces, numbers)
            if part.reasons:
                is_body = part.source.kind == "body"
                pieces = [mend(part.name, b"".join(pieces), is_body)]
            filled.append((part, pieces))
        return filled

    def _add_files(
        self, context: dict[str, Any], images: Files, documents: Files
    ) -> list[Member]:
        """Put pictures and documents into `context`; return the members they add."""
        unknown = sorted(documents.keys() - self.annexes)
        if unknown:
            raise AssemblyError(
                fault(
                    "E-AS-16",
                    f"documents.{name}",
                    name=name,
                    reason="模板中没有它的位置",
                )
                for name in unknown
            )
        pictures = read_pictures(images, self.slots)
        context |= picture_context(self.slots, pictures)
        changed = {slot.part for slot in self.slots}
        body = self.parts[0].name
        if self.annexes:
            changed.add(body)
        relations = {part: relations_of(part, self.members) for part in changed}
        extra = picture_members(self.slots, pictures, relations)
        if self.annexes:
            annexes = Annexes(self.members, body, relations[body])
            context |= annexes.context(documents)
            extra += annexes.added()
        return extra + [relations[part].member() for part in sorted(changed)]


def _reason(part: CompiledPart, reason: Reason) -> Fault:
    number = part.source.paragraph_at(reason.line) if reason.line else 0
    quote = part.source.quote(number)
    return fault("W-AS-01", reason=reason.text).at(part.name, number, quote)


def _number(part: CompiledPart, pieces: list[Any], numbers: Numbers) -> None:
    """Write the numbers of clauses into the pieces that hold their marks."""
    marked = [place for place, piece in enumerate(pieces) if type(piece) is not bytes]
    if part.source.kind == "body":
        numbers.count(pieces[place] for place in marked)
    for place in marked:
        pieces[place] = numbers.write(pieces[place]).encode()


def stitched(part: CompiledPart, pieces: Sequence[bytes]) -> Member:
    """Return the member of a filled part, made quickly and larger."""
    if part.is_short:
        return stored(part.name, _DECLARATION + b"".join(pieces))
    return stitch(part.name, [_DECLARATION, *pieces], part.stretches)


def packed(part: CompiledPart, pieces: Sequence[bytes]) -> Member:
    """Return the member of a filled part, compressed whole."""
    if part.is_short:
        return stored(part.name, _DECLARATION + b"".join(pieces))
    worker = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    raw: list[bytes] = []
    crc = size = 0
    for start in range(0, len(pieces), _BATCH):
        chunk = b"".join(pieces[start : start + _BATCH])
        if not start:
            chunk = _DECLARATION + chunk
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        raw.append(worker.compress(chunk))
    raw.append(worker.flush())
    return Member(part.name, b"".join(raw), crc, size)
