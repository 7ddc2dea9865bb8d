"""An uploaded .docx, read in one pass under limits, with all its faults at once."""

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from assembly.errors import AssemblyError, Fault, fault
from assembly.package.archive import Archive, Entry
from assembly.package.images import judge_image
from assembly.package.limits import (
    IMAGE_TYPES,
    LIMITS,
    MAIN_TYPE,
    REFUSED_PARTS,
    XML_TYPES,
    Limits,
)
from assembly.package.scanning import PartScanner

CONTENT_TYPES = "[Content_Types].xml"
ROOT = "_rels/.rels"
_IMAGES = frozenset(name for names in IMAGE_TYPES.values() for name in names)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: its id, its kind, and the member it points to."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """A .docx that passed: its members, their content types and relationships."""

    parts: Mapping[str, bytes] = field(repr=False)
    types: Mapping[str, str] = field(repr=False)
    relationships: Mapping[str, tuple[Relationship, ...]] = field(repr=False)
    main: str = "word/document.xml"

    def of_type(self, *kinds: str) -> list[str]:
        """Return the parts whose content type ends in one of `kinds` + `+xml`."""
        ends = tuple(f".{kind}+xml" for kind in kinds)
        return [name for name, kind in self.types.items() if kind.endswith(ends)]


def read_package(
    source: str | Path | bytes | BinaryIO, limits: Limits = LIMITS
) -> Package:
    """Read an upload; raises AssemblyError with every fault that was found."""
    if isinstance(source, (str, Path)):
        with Path(source).open("rb") as stream:
            return _Reader(stream, limits).read()
    if isinstance(source, bytes):
        return _Reader(io.BytesIO(source), limits).read()
    return _Reader(source, limits).read()


class _Reader:
    """Reads one upload; keeps what is wrong with it while reading on."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._archive = Archive(stream, limits)
        self._limits = limits
        self._parts: dict[str, bytes] = {}
        self._faults: list[Fault] = []
        self._declared: list[tuple[str, dict[str, str]]] = []
        self._links: dict[str, list[dict[str, str]]] = {}
        self._total = 0
        self._elements = 0
        self._is_partial = False

    def read(self) -> Package:
        """Read every member, then judge what only the whole shows."""
        for entry in self._archive.entries:
            if not entry.name.endswith("/"):
                self._read_entry(entry)
        if self._is_partial:  # what the whole would show is not known
            raise AssemblyError(self._faults[: self._limits.faults])
        types = dict(self._judge_types())
        relationships = self._judge_relationships()
        main = self._judge_main(types, relationships)
        if self._faults:
            raise AssemblyError(self._faults[: self._limits.faults])
        return Package(self._parts, types, relationships, main)

    def _read_entry(self, entry: Entry) -> None:
        kind = entry.name.rpartition(".")[2].lower()
        if kind not in {"xml", "rels"} | _IMAGES:
            self._faults.append(_foreign(entry.name, entry.name))
            return
        scanner = None
        if kind in {"xml", "rels"}:
            scanner = PartScanner(entry.name, self._limits, self._elements)
        content = bytearray()
        try:
            for piece in self._archive.chunks(entry):
                self._count(len(piece))
                content += piece
                if scanner is not None:
                    scanner.feed(piece)
            if scanner is not None:
                scanner.close()
        except TooLarge:
            raise
        except AssemblyError as refusal:
            self._faults.extend(refusal.faults)
            self._is_partial = True
            return
        finally:
            self._elements = self._elements if scanner is None else scanner.elements
        self._parts[entry.name] = bytes(content)
        if scanner is None:
            self._faults.extend(judge_image(entry.name, bytes(content), self._limits))
        else:
            self._keep(entry.name, scanner)

    def _keep(self, name: str, scanner: PartScanner) -> None:
        self._faults.extend(scanner.faults)
        if name == CONTENT_TYPES:
            self._declared = scanner.types
        elif name.endswith(".rels"):
            self._links[name] = scanner.relationships

    def _count(self, size: int) -> None:
        """Stop the whole reading when all members together are too large."""
        self._total += size
        if self._total > self._limits.total_size:
            limit = f"{self._limits.total_size // 2**20} MB"
            raise TooLarge([fault("E-AS-24", what="解压后的总大小", limit=limit)])

    def _judge_types(self) -> Iterator[tuple[str, str]]:
        """Yield each part with its content type; only listed types may come in."""
        defaults = {
            one.get("Extension", "").lower(): one.get("ContentType", "")
            for kind, one in self._declared
            if kind == "Default"
        }
        overrides = {
            one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
            for kind, one in self._declared
            if kind == "Override"
        }
        for name in self._parts:
            if name == CONTENT_TYPES:
                continue
            extension = name.rpartition(".")[2].lower()
            declared = overrides.get(name) or defaults.get(extension, "")
            is_image = extension in IMAGE_TYPES.get(declared, ())
            is_xml = declared in XML_TYPES and extension in {"xml", "rels"}
            if not (is_image or is_xml):
                self._faults.append(_foreign(name, declared or name))
            yield name, declared

    def _judge_relationships(self) -> dict[str, tuple[Relationship, ...]]:
        found: dict[str, tuple[Relationship, ...]] = {}
        for name, links in self._links.items():
            folder, _, own = name.rpartition("_rels/")
            source = posixpath.join(folder, own.removesuffix(".rels")) if own else ""
            kept = [self._judge_link(name, folder, link) for link in links]
            found[source] = tuple(link for link in kept if link is not None)
        return found

    def _judge_link(
        self, name: str, folder: str, link: dict[str, str]
    ) -> Relationship | None:
        target = link.get("Target", "")
        kind = link.get("Type", "").rpartition("/")[2]
        mode = link.get("TargetMode", "Internal")
        path = target.partition("#")[0]
        if mode != "Internal" or ":" in path or path.startswith("//") or "\\" in path:
            self._faults.append(fault("E-AS-31", part=name, name=name, target=target))
            return None
        full = posixpath.normpath(posixpath.join("/" + folder, unquote(path)))[1:]
        if full not in self._parts:
            reason = f"指向不存在的部件“{target}”"
            self._faults.append(fault("E-AS-30", part=name, name=name, reason=reason))
            return None
        return Relationship(link.get("Id", ""), kind, full)

    def _judge_main(
        self,
        types: Mapping[str, str],
        relationships: Mapping[str, tuple[Relationship, ...]],
    ) -> str:
        roots = [
            one.target
            for one in relationships.get("", ())
            if one.kind == "officeDocument"
        ]
        if CONTENT_TYPES not in self._parts or ROOT not in self._parts:
            self._faults.append(fault("E-AS-22", reason="缺少文档目录"))
        elif len(roots) != 1 or types.get(roots[0]) != MAIN_TYPE:
            reason = "没有正文，或是带宏的文档、模板（.docm、.dotx）"
            self._faults.append(fault("E-AS-22", reason=reason))
        else:
            return roots[0]
        return ""


class TooLarge(AssemblyError):
    """The whole upload is too large; reading on is pointless."""


def _foreign(name: str, says: str) -> Fault:
    folded = f"{name} {says}".lower()
    word = next((one for key, one in REFUSED_PARTS.items() if key in folded), "")
    return fault("E-AS-32", part=name, name=name, what=word or f"不支持的部件 {says}")
