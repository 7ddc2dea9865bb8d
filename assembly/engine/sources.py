"""The parts of a Word file that hold tags, made readable for Jinja by docxtpl.

Each paragraph of a part begins a line of its source, so that the line of a Jinja
error is the paragraph of the author; the mark `⟦n⟧` (in private-use characters) keeps
the number where docxtpl drops a paragraph around its tag.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from docxtpl import DocxTemplate
from lxml import etree

from assembly.errors import AssemblyError, fault
from assembly.zip_writer import Member

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KINDS = {
    _WORD + "document.main+xml": "body",
    _WORD + "template.main+xml": "body",
    _WORD + "header+xml": "header",
    _WORD + "footer+xml": "footer",
    _WORD + "footnotes+xml": "notes",
    _WORD + "endnotes+xml": "notes",
    "application/vnd.openxmlformats-package.core-properties+xml": "properties",
}
_TAG = re.compile(r"\{[{%#]")
# `{_{` prints `{{`: such a part must be filled too.
_TAG_OR_BRACE = re.compile(r"\{_?[{%#]")
_PARAGRAPH = re.compile(r"<w:p(?=[ />])")
NUMBER = re.compile("\n\U0010fff0([0-9]+)\U0010fff1")
_ARTICLE = re.compile(r"\{\{\s*article\.(\w+)\s*\}\}")
# A part of the paper, the page of the signatures and their table end a clause.
_ENDS = ('w:val="HeadingOne"', 'w:type="page"', 'w:val="PlainTable"')
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class PartSource:
    """A part with tags: its Jinja source and the texts of its paragraphs."""

    name: str
    kind: str
    source: str
    paragraphs: tuple[str, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of the source, each a paragraph."""
        return tuple(self.source.split("\n"))

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        numbers: list[int] = []
        for line in self.lines:
            match = NUMBER.match("\n" + line)
            numbers.append(int(match.group(1)) if match else 0)
        return tuple(numbers)

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """Return for each line the clause (第X条) in whose text it stands, or ""."""
        names: list[str] = []
        current = ""
        for line in self.lines:
            heading = _ARTICLE.search(line)
            head, _, tail = line.rpartition("</w:p>")
            if any(mark in head for mark in _ENDS):
                current = ""
            current = heading[1] if heading else current
            names.append(current)
            if any(mark in tail for mark in _ENDS):
                current = ""
        return tuple(names)

    def paragraph_at(self, line: int) -> int:
        """Return the number of the paragraph of a line (from 1) of the source."""
        if self.kind == "properties":
            return min(line, len(self.paragraphs))
        number = self._numbers[line - 1]
        text = self.lines[line - 1]
        # docxtpl drops the whole row around a row tag, its first paragraph too, and
        # moves the color of a cell before its paragraph: what is left is a tag behind
        # the end of the paragraph before.
        before = text.rindex("</w:p>") if "</w:p>" in text else 0
        alone = not number or (before > 0 and not _TAG.search(text, 0, before))
        return min(number + alone, len(self.paragraphs))

    def quote(self, paragraph: int) -> str:
        """Return the text of a paragraph as its author typed it."""
        inside = 0 < paragraph <= len(self.paragraphs)
        return self.paragraphs[paragraph - 1] if inside else ""


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Return the tree of a member, without comments, entities left alone.

    Raises:
        AssemblyError: E-AS-19, it is not well-formed or has a document type.
    """
    parser = etree.XMLParser(
        remove_blank_text=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise AssemblyError(
            fault("E-AS-19", name=name, reason="内部文件不是完整的 XML")
        ) from error
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise AssemblyError(fault("E-AS-19", name=name, reason="内部文件带有 DOCTYPE"))
    return root


def part_kinds(members: Mapping[str, Member]) -> dict[str, str]:
    """Return the kind of each part that may hold tags, by name; the body first."""
    types = parse_xml(members[CONTENT_TYPES].content(), CONTENT_TYPES)
    kinds = {
        str(entry.get("PartName", "")).lstrip("/"): KINDS[kind]
        for entry in types.iter(_TYPES + "Override")
        if (kind := str(entry.get("ContentType", ""))) in KINDS
    }
    present = {name: kind for name, kind in kinds.items() if name in members}
    return dict(sorted(present.items(), key=lambda item: item[1] != "body"))


def read_source(name: str, kind: str, root: etree._Element) -> PartSource | None:
    """Return the source of a part, None when nothing in it is a tag."""
    xml = etree.tostring(root, encoding="unicode")
    if kind == "properties":
        texts = ("".join(element.text or "" for element in root.iter()),)
        return (
            PartSource(name, kind, _patch(xml), texts)
            if _TAG_OR_BRACE.search(xml)
            else None
        )
    numbers = iter(range(1, xml.count("<w:p") + 1))
    numbered = _PARAGRAPH.sub(
        lambda _: f"\n\U0010fff0{next(numbers)}\U0010fff1<w:p", xml
    )
    patched = _patch(numbered)
    if not _TAG_OR_BRACE.search(patched):
        return None
    return PartSource(name, kind, patched, tuple(_paragraphs(root)))


def _patch(xml: str) -> str:
    # docxtpl's method reads nothing of its object.
    patch: Any = DocxTemplate.patch_xml
    return cast(str, patch(None, xml))


def _paragraphs(root: etree._Element) -> list[str]:
    texts = []
    for paragraph in root.iter(W + "p"):
        pieces = [
            element.text or ""
            for element in paragraph.iter(W + "t", W + "delText", W + "instrText")
            if next(element.iterancestors(W + "p")) is paragraph
        ]
        texts.append("".join(pieces))
    return texts
