"""Every reachable combination of a template's conditions, rendered and looked at."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from assembly.coverage.situations import MOST_SITUATIONS, Situation, Situations
from assembly.dictionary import Dictionary
from assembly.engine.sources import DECLARATION
from assembly.errors import AssemblyError, Fault
from assembly.expressions import references
from assembly.lint.document import (
    CELL,
    Document,
    Paragraph,
    Part,
    W,
    read_document,
)
from assembly.lint.tags import at
from assembly.lint.wording import loose_mark
from assembly.manifest import Manifest
from assembly.package import read_package
from assembly.template import Template
from assembly.zip_writer import deflated, write
from notation.numerals import parse_numeral

_MARK = f"{W}number"
_HOLDERS = tuple(f"{W}{name}" for name in ("hdr", "ftr", "footnote", "endnote"))
_PARAGRAPH = re.compile(
    r'<w:p(?=[ >])[^>]*? w:number="([0-9A-F]{8})"[^>]*?(?:/>|>(.*?)</w:p>)', re.DOTALL
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ARTICLE = re.compile(r"\s*第([〇零一二三四五六七八九十百]+)条")
_GRAPHIC = re.compile(r"<w:(?:drawing|pict|br|fldChar|fldSimple)\b")
# Faults of the template; all others say that a situation is no case at all.
_OWN = frozenset(
    {"E-AS-01", "E-AS-05", "E-AS-06", "E-AS-07", "E-AS-10", "E-AS-11", "E-AS-12"}
    | {"E-AS-17", "E-AS-20", "E-AS-21"}
)


@dataclass(frozen=True)
class Coverage:
    """What rendering every combination has shown."""

    rendered: int
    refused: dict[str, int]  # situations that are no case, by the code of the refusal
    is_complete: bool  # all combinations; else every pair of values
    faults: tuple[Fault, ...]


@dataclass
class _Found:
    faults: dict[tuple[str, str, int], Fault] = field(default_factory=dict)
    open_texts: dict[tuple[str, int], list[str]] = field(default_factory=dict)


def cover(
    content: bytes,
    manifest: Manifest,
    dictionary: Dictionary,
    most: int = MOST_SITUATIONS,
) -> Coverage:
    """Render every combination of a template's conditions and judge each paper.

    Raises:
        AssemblyError: the template cannot be read or compiled.
    """
    steps = covering(content, manifest, dictionary, most)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Coverage = end.value
            return result


def covering(
    content: bytes,
    manifest: Manifest,
    dictionary: Dictionary,
    most: int = MOST_SITUATIONS,
) -> Generator[tuple[int, int], None, Coverage]:
    """Do what `cover` does and yield (done, of how many) after each paper."""
    document = read_document(read_package(content))
    template = Template(_marked(document), "模板", manifest, dictionary)
    assert template.guide is not None  # noqa: S101 - there is a manifest
    read = [
        one
        for part in document.parts
        if part.source is not None
        for one in references(part.source.source)
    ]
    situations = Situations(template.guide.needs, read, most)
    judge = _Judge(document)
    rendered, refused, total = 0, dict[str, int](), len(situations)
    for done, situation in enumerate(situations, 1):
        try:
            judge.look(template.render(situation.data), situation)
            rendered += 1
        except AssemblyError as refusal:
            code = judge.failed(refusal, situation)
            if code:
                refused[code] = refused.get(code, 0) + 1
        yield done, total
    return Coverage(rendered, refused, situations.is_complete, judge.faults())


def _read_parts(document: Document) -> tuple[Part, ...]:
    """Return the parts that print by tags: the body, headers, footers, notes."""
    body, *others = document.parts
    kept = [one for one in others if one.kind != "properties" and one.source]
    return (body, *kept)


def _marked(document: Document) -> bytes:
    """Return the file with each paragraph carrying its number in its part."""
    package = document.package
    parts = dict(package.parts)
    for part in _read_parts(document):
        for paragraph in part.paragraphs:
            paragraph.element.set(_MARK, f"{paragraph.number:08X}")
        text = DECLARATION + etree.tostring(part.root, encoding="unicode")
        parts[part.name] = text.encode()
    return write(deflated(name, part, 1) for name, part in parts.items())


class _Judge:
    """Looks at rendered papers; keeps each fault once, with its first situation."""

    def __init__(self, document: Document) -> None:
        self._parts = _read_parts(document)
        self._paragraphs = self._parts[0].paragraphs
        self._places = {part.name: n for n, part in enumerate(self._parts)}
        self._found = _Found()
        for part in self._parts:
            for paragraph in part.paragraphs:
                texts = _static_texts(paragraph)
                if texts:
                    self._found.open_texts[part.name, paragraph.number] = texts

    def look(self, paper: bytes, situation: Situation) -> None:
        """Judge one paper: what it prints in its body, around it and below it."""
        with zipfile.ZipFile(io.BytesIO(paper)) as archive:
            for part in self._parts:
                self._look_at(part, archive.read(part.name).decode(), situation)

    def _look_at(self, part: Part, xml: str, situation: Situation) -> None:
        last = 0
        printed = [
            (part.paragraphs[int(mark, 16) - 1], inner)
            for mark, inner in _PARAGRAPH.findall(xml)
        ]
        crowds = Counter(_holder(paragraph) for paragraph, _ in printed)
        for paragraph, inner in printed:
            text = unescape("".join(_TEXT.findall(inner)))
            self._strike_out(paragraph, text)
            if not text.strip():
                # Word wants one paragraph in a header, a footer, a note.
                if part.kind == "body" or crowds[_holder(paragraph)] > 1:
                    self._judge_empty(paragraph, inner, situation)
            elif paragraph.tags:
                self._judge_marks(paragraph, text, situation)
            if part.kind == "body" and "article." in paragraph.text:
                last = self._judge_article(paragraph, text, last, situation)

    def failed(self, refusal: AssemblyError, situation: Situation) -> str:
        """Keep a failure that is the template's; return the code of any other."""
        for one in refusal.faults:
            if one.code in _OWN:
                reason = f"{one.code} {one.message}"
                self._tell(self._place(one), "E-AL-17", situation, reason=reason)
                return ""
        return refusal.faults[0].code

    def _place(self, one: Fault) -> Paragraph:
        """Return the paragraph of a fault; numbering tells only the clause's name."""
        if one.part in self._places and one.paragraph:
            return self._parts[self._places[one.part]].paragraphs[one.paragraph - 1]
        names = re.findall(r"“(\w+)”", one.message)
        for part in self._parts:
            for paragraph in part.paragraphs:
                if any(f"ref.{name}" in paragraph.text for name in names):
                    return paragraph
        return self._paragraphs[0]

    def faults(self) -> tuple[Fault, ...]:
        """Return all faults, also of the texts that no paper showed."""
        unseen = [
            at(self._paragraph(*place), "E-AL-16", text=text[:40])
            for place, texts in self._found.open_texts.items()
            for text in texts
        ]
        found = [*self._found.faults.values(), *unseen]
        return tuple(
            sorted(found, key=lambda one: (self._places[one.part], one.paragraph))
        )

    def _paragraph(self, part: str, number: int) -> Paragraph:
        return self._parts[self._places[part]].paragraphs[number - 1]

    def _strike_out(self, paragraph: Paragraph, text: str) -> None:
        place = paragraph.part, paragraph.number
        waiting = self._found.open_texts.get(place)
        if waiting:
            waiting[:] = [one for one in waiting if one not in text]
            if not waiting:
                del self._found.open_texts[place]

    def _judge_empty(
        self, paragraph: Paragraph, inner: str, situation: Situation
    ) -> None:
        is_meant = not paragraph.text.strip() or paragraph.ancestor(CELL) is not None
        if not is_meant and _GRAPHIC.search(inner) is None:
            self._tell(paragraph, "E-AL-18", situation)

    def _judge_marks(
        self, paragraph: Paragraph, text: str, situation: Situation
    ) -> None:
        mark = loose_mark(text)
        if mark and not loose_mark(paragraph.text):
            self._tell(paragraph, "E-AL-21", situation, punctuation=mark)

    def _judge_article(
        self, paragraph: Paragraph, text: str, last: int, situation: Situation
    ) -> int:
        match = _ARTICLE.match(text)
        if match is None:
            return last
        number = parse_numeral(match.group(1))
        if number != last + 1:
            found = match.group().strip()
            self._tell(paragraph, "E-AL-19", situation, found=found)
        return number

    def _tell(
        self, paragraph: Paragraph, code: str, situation: Situation, **filled: str
    ) -> None:
        key = (code, paragraph.part, paragraph.number)
        if key not in self._found.faults:
            words = situation.words[:300]
            self._found.faults[key] = at(paragraph, code, situation=words, **filled)


def _holder(paragraph: Paragraph) -> etree._Element | None:
    """Return the body, header, footer or note in which a paragraph stands."""
    ancestors = paragraph.element.iterancestors(*_HOLDERS)
    return next(ancestors, None)


def _static_texts(paragraph: Paragraph) -> list[str]:
    """Return the fixed texts of a paragraph that a reader should see some time."""
    return [text for text in _between_tags(paragraph) if text.strip()]


def _between_tags(paragraph: Paragraph) -> Iterator[str]:
    end = 0
    for tag in paragraph.tags:
        yield paragraph.text[end : tag.start]
        end = tag.end
    yield paragraph.text[end:]
