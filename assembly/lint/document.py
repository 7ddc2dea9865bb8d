"""A Word template as its author sees it: parts, paragraphs, and where text stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import TemplateSyntaxError, nodes
from lxml import etree

from assembly.engine.sources import KINDS, PartSource, parse_xml, read_source
from assembly.expressions import environment
from assembly.expressions.references import read_paths, table_of
from assembly.expressions.tags import Tag, parse_tag, tags
from assembly.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, ROW, CELL, RUN = f"{W}p", f"{W}tr", f"{W}tc", f"{W}r"
TEXT, DELETED, CODE = f"{W}t", f"{W}delText", f"{W}instrText"
_DELETIONS = {f"{W}del", f"{W}moveFrom"}
_INSERTIONS = {f"{W}ins", f"{W}moveTo"}
# Marks that stand between runs and carry no text of their own.
_SILENT = frozenset(
    f"{W}{name}"
    for name in (
        "pPr",
        "rPr",
        "proofErr",
        "lastRenderedPageBreak",
        "t",
        "delText",
        "r",
    )
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph's text from one text element."""

    start: int
    end: int
    element: etree._Element
    revision: str = ""  # "删除", "插入", or nothing


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its number in the part (from 1), its text and its segments.

    `breaks` are places in the text where something stands that no tag may span.
    """

    part: str
    number: int
    element: etree._Element = field(repr=False)
    text: str
    segments: tuple[Segment, ...] = field(repr=False)
    breaks: tuple[tuple[int, str], ...] = field(repr=False)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The whole tags of the text."""
        return tuple(tags(self.text))

    @cached_property
    def plain(self) -> str:
        """The text without its tags."""
        pieces, end = [], 0
        for tag in self.tags:
            pieces.append(self.text[end : tag.start])
            end = tag.end
        return "".join([*pieces, self.text[end:]])

    def ancestor(self, name: str) -> etree._Element | None:
        """The nearest element of a name around the paragraph."""
        return next(self.element.iterancestors(name), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A tag of a paragraph, parsed by itself, and the names of the loops around it.

    `node` is None for `else`, for closing tags, and for what cannot be read.
    """

    paragraph: Paragraph
    tag: Tag
    node: nodes.Node | None
    scope: Mapping[str, str]

    def paths(self) -> Iterator[str]:
        """Yield the paths of the data that the tag reads."""
        if isinstance(self.node, nodes.If):
            yield from read_paths(self.node.test, self.scope)
        elif isinstance(self.node, nodes.For):
            yield from read_paths(self.node.iter, self.scope)
        elif self.node is not None:
            yield from read_paths(self.node, self.scope)


@dataclass(frozen=True)
class Part:
    """A part of the file that may hold tags."""

    name: str
    kind: str
    root: etree._Element = field(repr=False)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in the order of the file."""
        if self.kind == "properties":
            return tuple(_read_properties(self.name, self.root))
        return tuple(
            _read_paragraph(self.name, number, element)
            for number, element in enumerate(self.root.iter(PARAGRAPH), 1)
        )

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """All tags of the part, each parsed; broken ones do not stop the others."""
        return tuple(_read_tags(self.paragraphs))

    @cached_property
    def source(self) -> PartSource | None:
        """The Jinja source of the part, None when it holds no tag."""
        return read_source(self.name, self.kind, self.root)


@dataclass(frozen=True)
class Document:
    """All parts of a template that may hold tags; the body first."""

    package: Package
    parts: tuple[Part, ...]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of all parts."""
        for part in self.parts:
            yield from part.paragraphs


def _read_tags(paragraphs: Iterable[Paragraph]) -> Iterator[Reading]:
    sandbox = environment()
    scopes: list[dict[str, str]] = [{}]
    for paragraph in paragraphs:
        for tag in paragraph.tags:
            try:
                node = None if tag.is_comment else parse_tag(tag, sandbox)
            except (TemplateSyntaxError, IndexError, RecursionError):
                node = None
            yield Reading(paragraph, tag, node, scopes[-1])
            if isinstance(node, nodes.For):
                scopes.append(scopes[-1] | _row_name(node, scopes[-1]))
            elif tag.keyword == "endfor" and len(scopes) > 1:
                scopes.pop()


def _row_name(node: nodes.For, scope: Mapping[str, str]) -> dict[str, str]:
    table = table_of(node.iter, scope)
    if table is None or not isinstance(node.target, nodes.Name):
        return {}
    return {node.target.name: f"{table}[]"}


def read_document(package: Package) -> Document:
    """Return the parts of a package that may hold tags."""
    kinds = [
        (name, KINDS[kind]) for name, kind in package.types.items() if kind in KINDS
    ]
    kinds.sort(key=lambda pair: pair[1] != "body")
    parts = [
        Part(name, kind, parse_xml(package.parts[name], name)) for name, kind in kinds
    ]
    return Document(package, tuple(parts))


def _read_properties(part: str, root: etree._Element) -> Iterator[Paragraph]:
    """Yield the properties of the file (title, author …) as paragraphs."""
    for number, element in enumerate(root, 1):
        text = element.text or ""
        segment = Segment(0, len(text), element)
        yield Paragraph(part, number, element, text, (segment,), ())


def _read_paragraph(part: str, number: int, element: etree._Element) -> Paragraph:
    segments: list[Segment] = []
    breaks: list[tuple[int, str]] = []
    place = 0
    for child in _own(element):
        if child.tag in {TEXT, DELETED}:
            text = child.text or ""
            segments.append(
                Segment(place, place + len(text), child, _revision(child, element))
            )
            place += len(text)
        elif child.tag not in _SILENT:
            breaks.append((place, etree.QName(child).localname))
    text = "".join(one.element.text or "" for one in segments)
    return Paragraph(part, number, element, text, tuple(segments), tuple(breaks))


def _own(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield what is in a paragraph, paragraphs of text boxes left out."""
    for child in paragraph:
        if child.tag == PARAGRAPH or not isinstance(child.tag, str):
            continue
        if child.tag in {f"{W}pPr", f"{W}rPr"}:
            continue
        yield child
        yield from _own(child)


def _revision(element: etree._Element, paragraph: etree._Element) -> str:
    for ancestor in element.iterancestors():
        if ancestor is paragraph:
            break
        if ancestor.tag in _DELETIONS:
            return "删除"
        if ancestor.tag in _INSERTIONS:
            return "插入"
    return "删除" if element.tag == DELETED else ""
