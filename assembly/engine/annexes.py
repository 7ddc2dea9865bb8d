"""Documents given beside the data, put where a paragraph says `{{p subdoc.annex }}`.

What a document brings along (styles, lists, pictures) joins that of the template under
names of its own; where both know a style by one name, the template's is used.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from assembly.engine.relations import Relations, relations_of, xml_member
from assembly.engine.sources import W, parse_xml
from assembly.engine.styles import Lists, Styles
from assembly.engine.values import ARTICLE, END, PICTURE, REFERENCE, Block
from assembly.errors import AssemblyError, Fault, fault
from assembly.package import Package, read_package
from assembly.zip_writer import Member, stored

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_R = f"{{{_OFFICE}}}"
_KEPT = (
    "wordprocessingml/2006",
    "drawingml/2006",
    "officeDocument/2006",
    "/math",
    "/XML/",
)
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_REFUSED = {
    "footnoteReference": "含有脚注",
    "endnoteReference": "含有尾注",
    "ins": "含有修订痕迹",
    "del": "含有修订痕迹",
    "moveFrom": "含有修订痕迹",
    "object": "含有嵌入的对象",
    "pict": "含有旧式图形",
}
_DROPPED = (
    "bookmarkStart",
    "bookmarkEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "sectPr",
    "proofErr",
)
_MARKS = re.compile(f"[{ARTICLE}{REFERENCE}{END}{PICTURE}]")
_TAG = re.compile(r"\{\{|\{%|\{#")


class _Given(dict[str, Block]):
    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Block:
        raise AssemblyError(fault("E-AS-15", f"documents.{name}", name=name))


@dataclass
class Annexes:
    """The documents of one rendering, and what they add to the file."""

    members: Mapping[str, Member]
    body: str
    relations: Relations
    media: list[Member] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the styles and lists of the template."""
        names = {
            kind.rpartition("/")[2]: target
            for kind, target in relations_of(self.body, self.members).targets.values()
        }
        self._styles = Styles(_root("styles", names, self.members))
        self._lists = Lists(_root("numbering", names, self.members))

    def context(self, documents: Mapping[str, bytes]) -> dict[str, Any]:
        """Return what the placeholders read.

        Raises:
            AssemblyError: E-AS-16, and what is wrong with the files themselves.
        """
        given, faults = _Given(), []
        for name, content in sorted(documents.items()):
            try:
                given[name] = self._annex(name, read_package(content))
            except AssemblyError as refusal:
                faults += [_of(name, item) for item in refusal.faults]
        if faults:
            raise AssemblyError(faults)
        return {"subdoc": given}

    def added(self) -> list[Member]:
        """Return the members that the documents bring or change."""
        return [
            xml_member("word/styles.xml", self._styles.root),
            xml_member("word/numbering.xml", self._lists.root),
            *self.media,
        ]

    def _annex(self, name: str, package: Package) -> Block:
        root = parse_xml(package.parts[package.main], name)
        body = root.find(W + "body")
        blocks = [] if body is None else [b for b in body if b.tag != W + "sectPr"]
        reasons = sorted(set(_objections(blocks)))
        if reasons:
            raise AssemblyError(
                fault("E-AS-16", name=name, reason=reason) for reason in reasons
            )
        self._adopt_styles(package, blocks)
        for block in blocks:
            _clean(block)
            self._adopt_pictures(name, package, block)
        texts = [etree.tostring(b, encoding="unicode", with_tail=False) for b in blocks]
        if blocks and blocks[-1].tag == W + "tbl":
            texts.append("<w:p/>")  # a cell must end with a paragraph
        return Block("".join(texts))

    def _adopt_styles(self, package: Package, blocks: Sequence[etree._Element]) -> None:
        kinds = {
            relation.kind.rpartition("/")[2]: relation.target
            for relation in package.relationships.get(package.main, ())
        }
        lists = _part(package, kinds.get("numbering"))
        styles = _part(package, kinds.get("styles"))
        numbers = self._lists.adopt(lists)
        names = self._styles.adopt(styles, numbers)
        for block in blocks:
            for tag in ("pStyle", "rStyle", "tblStyle"):
                for element in block.iter(W + tag):
                    used = str(element.get(W + "val"))
                    element.set(W + "val", names.get(used, used))
            for element in block.iter(W + "numId"):
                used = str(element.get(W + "val"))
                element.set(W + "val", numbers.get(used, "0"))

    def _adopt_pictures(
        self, name: str, package: Package, block: etree._Element
    ) -> None:
        targets = {
            relation.id: relation.target
            for relation in package.relationships.get(package.main, ())
        }
        for blip in block.iter(_BLIP):
            target = targets.get(str(blip.get(_R + "embed")), "")
            number = len(self.media) + 1
            extension = target.rpartition(".")[2].lower()
            member = f"word/media/annex-{number}.{extension}"
            self.media.append(stored(member, package.parts[target]))
            self.relations.add(f"rIdAnnex{number}", f"{_OFFICE}/image", f"/{member}")
            blip.set(_R + "embed", f"rIdAnnex{number}")
            blip.attrib.pop(_R + "link", "")


def _objections(blocks: Iterable[etree._Element]) -> list[str]:
    found = []
    for block in blocks:
        for element in block.iter():
            name = etree.QName(element)
            if name.namespace == W[1:-1] and name.localname in _REFUSED:
                found.append(_REFUSED[name.localname])
            elif element.tag == _GRAPHIC and not str(element.get("uri")).endswith(
                ("/picture", "wordprocessingShape")
            ):
                found.append("含有图表或智能图形")
        text = "".join(str(piece) for piece in block.itertext())
        if _MARKS.search(text):
            found.append("含有不能写入文书的字符")
        if _TAG.search(text):
            found.append("含有模板标签")
    return found


def _clean(block: etree._Element) -> None:
    """Take out what has no place in another file, and number pictures anew."""
    for name in _DROPPED:
        for element in list(block.iter(W + name)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for link in list(block.iter(W + "hyperlink")):
        link.attrib.pop(_R + "id", "")
    for properties in block.iter(f"{{{_DRAWING}wordprocessingDrawing}}docPr"):
        properties.set("id", f"{PICTURE}{END}")
    for element in block.iter():
        for attribute in list(element.attrib):
            space = etree.QName(str(attribute)).namespace
            if (
                space
                and not any(part in space for part in _KEPT)
                and "XML" not in space
            ):
                del element.attrib[attribute]


def _part(package: Package, name: str | None) -> etree._Element | None:
    content = package.parts.get(name or "")
    return parse_xml(content, name or "") if content else None


def _root(
    kind: str, names: Mapping[str, str], members: Mapping[str, Member]
) -> etree._Element:
    target = names.get(kind, "")
    member = members.get(target.lstrip("/")) or members.get(f"word/{target}")
    empty = f'<w:{kind} xmlns:w="{W[1:-1]}"/>'.encode()
    return deepcopy(parse_xml(member.content() if member else empty, kind))


def _of(name: str, item: Fault) -> Fault:
    if item.code == "E-AS-16":
        return item
    return fault("E-AS-16", f"documents.{name}", name=name, reason=item.message)
