"""A template of a paper: compiled once, filled as often as wanted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assembly import receipt
from assembly.engine.compiler import compile_part, parse
from assembly.engine.document import lay_out
from assembly.engine.members import read_bytes, read_members
from assembly.engine.sandbox import sandbox
from assembly.engine.sources import parse_xml, part_kinds, read_source
from assembly.engine.values import ARTICLE, REFERENCE
from assembly.errors import Fault
from assembly.numbering import Marks

_MARKS = {"article": Marks(ARTICLE), "ref": Marks(REFERENCE)}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was assembled, with its receipt and its own SHA-256."""

    content: bytes
    sha256: str
    receipt: receipt.Receipt


class Template:
    """A Word template, compiled; nothing about it changes afterwards."""

    def __init__(self, content: bytes, name: str) -> None:
        """Compile the bytes of a .docx; `name` is for messages.

        Raises:
            AssemblyError: it is no Word file, or its tags are wrong.
        """
        self.name = name
        self.version = hashlib.sha256(content).hexdigest()
        members = read_members(content, name)
        members, self._stamp = receipt.prepare(members, self.version)
        environment = sandbox()
        sources = [
            source
            for part, kind in part_kinds(members).items()
            if (
                source := read_source(
                    part, kind, parse_xml(members[part].content(), part)
                )
            )
        ]
        parts = [
            compile_part(source, parse(source, environment), environment)
            for source in sources
        ]
        self._document = lay_out(parts, members)

    @property
    def path(self) -> str:
        """Return "fast", or "docxtpl" where some part must be mended each time."""
        return "docxtpl" if self.reasons else "fast"

    @property
    def reasons(self) -> tuple[Fault, ...]:
        """Return why the template takes the slow path, with places."""
        return self._document.reasons

    def render(self, data: Mapping[str, Any], *, salt: str = "") -> bytes:
        """Return the document filled with `data`.

        Raises:
            AssemblyError: every fault of the data that was found.
        """
        return self.assemble(data, salt=salt).content

    def assemble(self, data: Mapping[str, Any], *, salt: str = "") -> Paper:
        """Return the document filled with `data`, its hash and its receipt.

        Raises:
            AssemblyError: every fault of the data that was found.
        """
        hashed = receipt.data_hash(data, salt)
        context = {**data, **_MARKS}
        content, digest = self._document.assemble(context, self._stamp.member(hashed))
        return Paper(content, digest, receipt.Receipt(self.version, hashed))


def load_template(path: Path | str) -> Template:
    """Return the template of a .docx file, compiled.

    Raises:
        AssemblyError: it cannot be read, or its tags are wrong.
    """
    return Template(read_bytes(path), Path(path).name)
