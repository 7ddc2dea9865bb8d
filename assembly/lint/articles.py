"""Numbers of articles: typed by hand with a gap, or named twice or not at all."""

import re
from collections.abc import Iterator

from assembly.errors import Fault
from assembly.lint.document import Document, Paragraph
from assembly.lint.tags import at
from notation.numerals import format_numeral, parse_numeral

_TYPED = re.compile(r"^\s*第([〇零一二三四五六七八九十百]+)条(?![第款项规之])")
_NAMED = re.compile(r"\b(article|ref)\.([A-Za-z_]\w*)")


def wrong_articles(document: Document) -> Iterator[Fault]:
    """Yield gaps in typed numbers, articles named twice, and references to none."""
    yield from _gaps(document)
    found: dict[str, Paragraph] = {}
    references: list[tuple[Paragraph, str]] = []
    for paragraph in document.paragraphs():
        for tag in paragraph.tags:
            for kind, name in _NAMED.findall("" if tag.is_comment else tag.text):
                if kind == "ref":
                    references.append((paragraph, name))
                elif name in found:
                    yield at(paragraph, "E-AS-11", name=name)
                else:
                    found[name] = paragraph
    for paragraph, name in references:
        if name not in found:
            yield at(paragraph, "E-AS-12", name=name)


def _gaps(document: Document) -> Iterator[Fault]:
    last = 0
    for paragraph in document.parts[0].paragraphs:
        match = _TYPED.match(paragraph.text)
        if match is None:
            continue
        try:
            number = parse_numeral(match.group(1))
        except ValueError:
            continue
        if number != last + 1:
            before = f"第{format_numeral(last)}条" if last else "开头"
            typed = f"第{match.group(1)}条"
            yield at(paragraph, "E-AL-10", typed=typed, before=before)
        last = number
