"""Receipt of a document: which template version and which data made it.

The hashes of template and data and the version of the engine are custom properties of
the Word file; the hash of the file itself cannot be, and is kept by whoever stores the
file. The salt of the data hash is never written into the file.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from lxml import etree

from assembly.engine.members import read_members
from assembly.engine.relations import xml_member
from assembly.engine.sources import CONTENT_TYPES, DECLARATION, parse_xml
from assembly.errors import AssemblyError, fault
from assembly.zip_writer import Member, stored

ENGINE_VERSION = "1"
PART = "docProps/custom.xml"
_ROOT_RELATIONS = "_rels/.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_TYPES = f"{{{_PACKAGE}content-types}}"
_RELATIONS = f"{{{_PACKAGE}relationships}}"
_CUSTOM = f"{{{_OFFICE}custom-properties}}"
_VALUES = _OFFICE + "docPropsVTypes"
_TEXT = f"{{{_VALUES}}}lpwstr"
_RELATION_TYPE = _OFFICE + "relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TEMPLATE, _DATA, _ENGINE = "assembly.template", "assembly.data", "assembly.engine"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What made a document; hashes are SHA-256 in hexadecimal."""

    template: str
    data: str
    engine: str = ENGINE_VERSION


def data_hash(
    data: Mapping[str, Any], salt: str = "", files: Mapping[str, bytes] | None = None
) -> str:
    """Return the salted hash of data in canonical form: keys sorted, no spaces.

    Files given beside the data are hashed with it, each by its name and own hash.
    """
    text = _CANONICAL.encode(data)
    digest = hashlib.sha256(f"{salt}\n{text}".encode("utf-8", "surrogatepass"))
    for name, content in sorted(files.items()) if files else ():
        digest.update(f"\n{name} {hashlib.sha256(content).hexdigest()}".encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {"decimal": format(value, "f")}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    raise AssemblyError(fault("E-AS-09", kind=f" {type(value).__name__} "))


_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)


class Stamp:
    """The custom properties of a template's documents, all but their hash laid out."""

    __slots__ = ("_after", "_before")

    def __init__(self, properties: etree._Element | None, template: str) -> None:
        """Keep the author's own properties and add those of the receipt."""
        names: dict[str | None, str] = {None: _CUSTOM[1:-1], "vt": _VALUES}
        root = etree.Element(_CUSTOM + "Properties", nsmap=cast(Any, names))
        ours = (_TEMPLATE, _DATA, _ENGINE)
        for entry in [] if properties is None else list(properties):
            if entry.get("name") not in ours:
                root.append(entry)
        for name, text in ((_TEMPLATE, template), (_ENGINE, ENGINE_VERSION)):
            _add(root, name, text)
        _add(root, _DATA, "@")
        for number, entry in enumerate(root, 2):
            entry.set("pid", str(number))
        xml = DECLARATION + etree.tostring(root, encoding="unicode")
        before, _, after = xml.rpartition("@")
        self._before, self._after = before.encode(), after.encode()

    def member(self, data: str) -> Member:
        """Return the member that holds the properties, for the hash of the data."""
        return stored(PART, b"".join((self._before, data.encode(), self._after)))


def prepare(
    members: Mapping[str, Member], template: str
) -> tuple[dict[str, Member], Stamp]:
    """Return the members without custom properties but announcing them, and these."""
    custom = members.get(PART)
    stamp = Stamp(parse_xml(custom.content(), PART) if custom else None, template)
    prepared = {name: member for name, member in members.items() if name != PART}
    types = parse_xml(prepared[CONTENT_TYPES].content(), CONTENT_TYPES)
    if not any(entry.get("PartName") == f"/{PART}" for entry in types):
        etree.SubElement(
            types, _TYPES + "Override", PartName=f"/{PART}", ContentType=_CONTENT_TYPE
        )
        prepared[CONTENT_TYPES] = xml_member(CONTENT_TYPES, types)
    relations = parse_xml(prepared[_ROOT_RELATIONS].content(), _ROOT_RELATIONS)
    if not any(entry.get("Type") == _RELATION_TYPE for entry in relations):
        etree.SubElement(
            relations,
            _RELATIONS + "Relationship",
            Id="rIdAssembly",
            Type=_RELATION_TYPE,
            Target=PART,
        )
        prepared[_ROOT_RELATIONS] = xml_member(_ROOT_RELATIONS, relations)
    return prepared, stamp


def read_receipt(content: bytes, name: str) -> Receipt:
    """Return the receipt that a Word file carries.

    Raises:
        AssemblyError: E-AS-18, it carries none; E-AS-19, it is no Word file.
    """
    member = read_members(content, name).get(PART)
    texts: dict[str, str] = {}
    if member:
        for entry in parse_xml(member.content(), PART):
            texts[str(entry.get("name"))] = "".join(
                str(text) for text in entry.itertext()
            )
    if not texts.keys() >= {_TEMPLATE, _DATA, _ENGINE}:
        raise AssemblyError(fault("E-AS-18"))
    return Receipt(texts[_TEMPLATE], texts[_DATA], texts[_ENGINE])


def _add(root: etree._Element, name: str, text: str) -> None:
    entry = etree.SubElement(root, _CUSTOM + "property", fmtid=_FORMAT, name=name)
    etree.SubElement(entry, _TEXT).text = text
