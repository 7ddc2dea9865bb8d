"""Relationships and content types of a Word file, read and added to."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from assembly.engine.sources import CONTENT_TYPES, DECLARATION, W, parse_xml
from assembly.zip_writer import Member, deflated

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONSHIPS = f"{{{_PACKAGE}relationships}}"
_TYPES = f"{{{_PACKAGE}content-types}}"


class Relations:
    """The relationships of one part, to which a document adds its own."""

    def __init__(self, part: str, content: bytes) -> None:
        """Read the relationships of `part`; empty content has none."""
        folder, name = posixpath.split(part)
        self.name = posixpath.join(folder, "_rels", f"{name}.rels")
        empty = f'<Relationships xmlns="{_RELATIONSHIPS[1:-1]}"/>'.encode()
        self._root = parse_xml(content or empty, self.name)

    @property
    def targets(self) -> dict[str, tuple[str, str]]:
        """Return kind and target of each relationship within the file, by id."""
        return {
            str(entry.get("Id")): (str(entry.get("Type")), str(entry.get("Target")))
            for entry in self._root
            if entry.get("TargetMode") != "External"
        }

    def add(self, identifier: str, kind: str, target: str) -> None:
        """Add a relationship to a member of the file (`/word/…`)."""
        etree.SubElement(
            self._root,
            _RELATIONSHIPS + "Relationship",
            Id=identifier,
            Type=kind,
            Target=target,
        )

    def member(self) -> Member:
        """Return the member that holds the relationships."""
        return xml_member(self.name, self._root)


def relations_of(part: str, members: Mapping[str, Member]) -> Relations:
    """Return the relationships of a part of a Word file."""
    empty = Relations(part, b"")
    member = members.get(empty.name)
    return Relations(part, member.content()) if member else empty


@dataclass(frozen=True, slots=True)
class PartKind:
    """A part that a file may lack: its name, content type and relationship."""

    name: str
    kind: str
    content_type: str
    root: str


STYLES = PartKind(
    "word/styles.xml", f"{_OFFICE}/styles", f"{_WORD}.styles+xml", "styles"
)
NUMBERING = PartKind(
    "word/numbering.xml",
    f"{_OFFICE}/numbering",
    f"{_WORD}.numbering+xml",
    "numbering",
)


def with_part(
    members: Mapping[str, Member], owner: str, part: PartKind
) -> dict[str, Member]:
    """Return the members with a part of `owner`, an empty one if there was none."""
    relations = relations_of(owner, members)
    if any(kind == part.kind for kind, _ in relations.targets.values()):
        return dict(members)
    relations.add(f"rIdAnnex{part.root}", part.kind, f"/{part.name}")
    types = parse_xml(members[CONTENT_TYPES].content(), CONTENT_TYPES)
    etree.SubElement(
        types,
        _TYPES + "Override",
        PartName=f"/{part.name}",
        ContentType=part.content_type,
    )
    root = etree.Element(W + part.root, nsmap={"w": W[1:-1]})
    return {
        **members,
        part.name: xml_member(part.name, root),
        relations.name: relations.member(),
        CONTENT_TYPES: xml_member(CONTENT_TYPES, types),
    }


def with_media_types(
    members: Mapping[str, Member], types: Mapping[str, str]
) -> dict[str, Member]:
    """Return the members with the content types of files by their extension."""
    root = parse_xml(members[CONTENT_TYPES].content(), CONTENT_TYPES)
    known = {str(entry.get("Extension")).lower() for entry in root}
    for extension, kind in types.items():
        if extension not in known:
            entry = etree.Element(
                _TYPES + "Default", Extension=extension, ContentType=kind
            )
            root.insert(0, entry)
    return {**members, CONTENT_TYPES: xml_member(CONTENT_TYPES, root)}


def xml_member(name: str, root: etree._Element) -> Member:
    """Return a member that holds a tree."""
    xml = DECLARATION + etree.tostring(root, encoding="unicode")
    return deflated(name, xml.encode())
