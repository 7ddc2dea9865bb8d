"""A paper's paragraphs and tables with the clauses in which each stands.

The template is marked once: every paragraph and row behind `if clause.NAME`, and the
heading of every clause (第X条), gets a mark in private-use characters. Filled with the
same data it gives the same paper, from which the marks are read and taken away.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from assembly.drafting.markup import Block, Cell, PageBreak, Paragraph, Row, Table
from assembly.outline import read_outline
from assembly.template import Template

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
Marks = list[tuple[str, str]]
_OPEN, _CLOSE = "\ue010", "\ue011"
_MARK = re.compile(f"{_OPEN}(@?)(\\w+){_CLOSE}")
_ARTICLE = re.compile(r"\{\{\s*article\.(\w+)\s*\}\}")
_IF_CLAUSE = re.compile(r"\{%\w*\s*(?:el)?if\s+clause\.(\w+)\s*%\}")
_INLINE = re.compile(r"(\{%\s*(?:el)?if\s+clause\.(\w+)\s*%\})")
_HEAD = re.compile(r"^\{%(p|tr)\s*(if|for|elif|else|endif|endfor)\b")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or table: `article` is the 第X条 it stands in, `clauses` all others.

    `begins` names the clauses whose first passage it is.
    """

    block: Paragraph | Table
    article: str = ""
    clauses: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


class Tracer:
    """Tells for any data in which clause each passage of a template's paper stands."""

    def __init__(self, template: Template) -> None:
        """Mark the template and compile it again; it must have a manifest."""
        content = _marked(template.content)
        self._template = Template(
            content, template.name, template.manifest, template.dictionary
        )

    def passages(self, data: Mapping[str, Any]) -> list[Passage]:
        """Return the passages of the paper that the data give.

        Raises:
            AssemblyError: every fault of the data.
        """
        content = self._template.preview(data)
        return list(_placed(read_outline(io.BytesIO(content)).blocks))


def plain_passages(document: bytes) -> list[Passage]:
    """Return the passages of an assembled paper, without its clauses."""
    blocks = read_outline(io.BytesIO(document)).blocks
    return [Passage(one) for one in blocks if not isinstance(one, PageBreak)]


def _placed(blocks: Sequence[Block]) -> Iterator[Passage]:
    article, told = "", set[str]()
    for block in blocks:
        if isinstance(block, PageBreak) or _ends(block):
            article = ""
        if isinstance(block, PageBreak):
            continue
        plain, marks = _unmarked(block)
        headings = [name for is_article, name in marks if is_article]
        article = headings[0] if headings else article
        inside = tuple(
            dict.fromkeys(name for is_article, name in marks if not is_article)
        )
        begun = tuple(n for n in dict.fromkeys([*headings, *inside]) if n not in told)
        told.update(begun)
        yield Passage(plain, article, inside, begun)


def _ends(block: Paragraph | Table) -> bool:
    """Whether a block is no longer part of the clause before it."""
    if isinstance(block, Table):
        return not block.has_borders
    return block.kind == "heading"


def _unmarked(
    block: Paragraph | Table,
) -> tuple[Paragraph | Table, list[tuple[str, str]]]:
    marks: list[tuple[str, str]] = []

    def plain(text: str) -> str:
        marks.extend((m[1], m[2]) for m in _MARK.finditer(text))
        return _MARK.sub("", text)

    if isinstance(block, Paragraph):
        return replace(block, text=plain(block.text)), marks
    rows = tuple(
        Row(tuple(Cell(c.kind, plain(c.text)) for c in row.cells), row.is_header)
        for row in block.rows
    )
    return replace(block, rows=rows), marks


def _marked(content: bytes) -> bytes:
    """Return the Word file of a template with marks in its body."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _mark_body(data) if name == _BODY else data)
    return made.getvalue()


def _mark_body(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    body = root.find(f"{_W}body")
    around: list[str] = []
    for child in body if body is not None else ():
        if child.tag == f"{_W}p":
            _mark_paragraph(child, around)
        elif child.tag == f"{_W}tbl":
            _mark_table(child, around)
    for run in root.iter(f"{_W}t"):
        run.text = _INLINE.sub(rf"\1{_OPEN}\2{_CLOSE}", run.text or "")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _mark_paragraph(paragraph: etree._Element, around: list[str]) -> None:
    text = _text(paragraph)
    if _turned(text, around):
        return
    heading = _ARTICLE.search(text)
    names = [f"@{heading[1]}"] if heading else []
    _prefix(paragraph, names + [name for name in around if name])


def _mark_table(table: etree._Element, around: list[str]) -> None:
    inside = list(around)
    for row in table.iter(f"{_W}tr"):
        paragraph = next(row.iter(f"{_W}p"), None)
        if paragraph is not None and not _turned(_text(row), inside):
            _prefix(paragraph, [name for name in inside if name])


def _turned(text: str, around: list[str]) -> bool:
    """Follow a tag that stands alone; say whether the text is one."""
    head = _HEAD.match(text.strip())
    if head is None:
        return False
    clause = _IF_CLAUSE.match(text.strip())
    if head[2] not in ("if", "for"):
        around[-1:] = []
    if not head[2].startswith("end"):
        around.append(clause[1] if clause else "")
    return True


def _prefix(paragraph: etree._Element, names: Sequence[str]) -> None:
    if not names or not _text(paragraph).strip():
        return
    text = "".join(f"{_OPEN}{name}{_CLOSE}" for name in names)
    run = etree.Element(f"{_W}r")
    etree.SubElement(run, f"{_W}t").text = text
    properties = paragraph.find(f"{_W}pPr")
    paragraph.insert(0 if properties is None else 1, run)


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_W}t"))
