"""A template of a paper: compiled once, filled as often as wanted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assembly import receipt
from assembly.dictionary import Dictionary
from assembly.engine.compilation import compile_document
from assembly.engine.compiler import CompiledPart
from assembly.engine.document import Packing, packed, stitched
from assembly.engine.members import read_bytes, read_members
from assembly.errors import Fault
from assembly.guide import EMPTY, Guide, manifest_beside
from assembly.interview import ClauseReason, MissingValue, QuestionGroup
from assembly.manifest import Manifest
from assembly.numbering import marks

Files = Mapping[str, bytes]
NONE: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was assembled, with its receipt and its own SHA-256."""

    content: bytes
    sha256: str
    receipt: receipt.Receipt


class Template:
    """A Word template, compiled; nothing about it changes afterwards."""

    def __init__(
        self,
        content: bytes,
        name: str,
        manifest: Manifest | None = None,
        dictionary: Dictionary = EMPTY,
    ) -> None:
        """Compile the bytes of a .docx; `name` is for messages.

        Without a manifest the data are taken as they come: no types, no interview.

        Raises:
            AssemblyError: it is no Word file, its tags are wrong, or they read names
                that neither the manifest nor the dictionary know.
        """
        self.name = name
        self.content = content
        self.dictionary = dictionary
        members = read_members(content, name)
        document = compile_document(members)
        self.manifest = manifest
        self.guide: Guide | None = None
        if manifest is not None:
            read = [one for part in document.parts for one in part.references]
            self.guide = Guide(read, manifest, dictionary)
        knowledge = self.guide.fingerprint if self.guide else b""
        self.version = hashlib.sha256(content + knowledge).hexdigest()
        prepared, self._stamp = receipt.prepare(members, self.version)
        self._document = document.laid_out(prepared)
        self._marks = marks(
            sorted({c for part in document.parts for c in part.clauses})
        )

    @property
    def parts(self) -> tuple[CompiledPart, ...]:
        """Return the parts that hold tags, the body first."""
        return self._document.parts

    @property
    def title(self) -> str:
        """Return the title of the manifest, or the name of the file."""
        return self.manifest.title if self.manifest else self.name

    @property
    def path(self) -> str:
        """Return "fast", or "docxtpl" where some part must be mended each time."""
        return "docxtpl" if self.reasons else "fast"

    @property
    def reasons(self) -> tuple[Fault, ...]:
        """Return why the template takes the slow path, with places."""
        return self._document.reasons

    def lint(self) -> list[Fault]:
        """Return every fault that the author's desk finds; empty when there is none.

        Without a manifest nobody has declared any names, so none is unknown.
        """
        from assembly.lint import lint  # slow import: only authors need it

        known = self.dictionary if self.manifest is not None else None
        return lint(self.content, self.manifest, known)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of the data; without a manifest, of any."""
        return self.guide.schema() if self.guide else {"type": "object"}

    def questions(self) -> list[QuestionGroup]:
        """Return the questions of the interview in order; none without a manifest."""
        return self.guide.questions() if self.guide else []

    def missing(self, data: Mapping[str, Any]) -> list[MissingValue]:
        """Return the required values that are still to be filled."""
        return self.guide.missing(data) if self.guide else []

    def explain(self, data: Mapping[str, Any]) -> list[ClauseReason]:
        """Return for each clause of the manifest whether and why it stands."""
        return self.guide.explain(data) if self.guide else []

    def render(
        self,
        data: Mapping[str, Any],
        *,
        images: Files = NONE,
        documents: Files = NONE,
        salt: str = "",
    ) -> bytes:
        """Return the document filled with `data`; see `assemble`."""
        given = self.assemble(data, images=images, documents=documents, salt=salt)
        return given.content

    def assemble(
        self,
        data: Mapping[str, Any],
        *,
        images: Files = NONE,
        documents: Files = NONE,
        salt: str = "",
    ) -> Paper:
        """Return the document filled with `data`, its hash and its receipt.

        `images` and `documents` are the bytes of pictures (PNG, JPEG) and Word files
        for the placeholders `image: NAME` and `{{p subdoc.NAME }}`.

        Raises:
            AssemblyError: every fault of the data that was found.
        """
        return self._assemble(data, images, documents, salt, packed)

    def assemble_quickly(
        self,
        data: Mapping[str, Any],
        *,
        images: Files = NONE,
        documents: Files = NONE,
        salt: str = "",
    ) -> Paper:
        """Return the same document in less time, in a larger file.

        For large batches: the static text is compressed beforehand.
        """
        return self._assemble(data, images, documents, salt, stitched)

    def preview(
        self,
        data: Mapping[str, Any],
        *,
        images: Files = NONE,
        documents: Files = NONE,
    ) -> bytes:
        """Return the document to look at, as quickly as can be, without a receipt."""
        context = {**self._bind(data), **self._marks}
        members = self._document.filled(context, images, documents, stitched)
        stamp = self._stamp.member("")
        return self._document.archive.close_unhashed((*members, stamp))

    def receipt_for(
        self, data: Mapping[str, Any], *, salt: str = ""
    ) -> receipt.Receipt:
        """Return the receipt that a document of `data` carries, without making it.

        Raises:
            AssemblyError: every fault of the data, as `assemble` finds it.
        """
        hashed = receipt.data_hash(self._bind(data), salt)
        return receipt.Receipt(self.version, hashed)

    def _bind(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        return data if self.guide is None else self.guide.bind(data)

    def _assemble(
        self,
        data: Mapping[str, Any],
        images: Files,
        documents: Files,
        salt: str,
        packing: Packing,
    ) -> Paper:
        bound = self._bind(data)
        hashed = receipt.data_hash(bound, salt, _files(images, documents))
        members = self._document.filled(
            {**bound, **self._marks}, images, documents, packing
        )
        stamp = self._stamp.member(hashed)
        content, digest = self._document.archive.close((*members, stamp))
        return Paper(content, digest, receipt.Receipt(self.version, hashed))


def load_template(path: Path | str) -> Template:
    """Return the template of a .docx file, compiled, with the manifest beside it.

    Raises:
        AssemblyError: it cannot be read, or its tags or its manifest are wrong.
    """
    path = Path(path)
    manifest, dictionary = manifest_beside(path) or (None, EMPTY)
    return Template(read_bytes(path), path.name, manifest, dictionary)


def _files(images: Files, documents: Files) -> dict[str, bytes]:
    """Return all files given beside the data under names that say what they are."""
    if not images and not documents:
        return {}
    named = {f"images.{name}": content for name, content in images.items()}
    return named | {f"documents.{name}": content for name, content in documents.items()}
