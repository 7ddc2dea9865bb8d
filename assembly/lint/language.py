"""Chinese text that is not marked as Chinese: converters reorder its quotes."""

from collections.abc import Iterator

from lxml import etree

from assembly.engine.sources import parse_xml
from assembly.errors import Fault
from assembly.lint.document import RUN, Document, Paragraph, W
from assembly.lint.tags import at

_LANG = f"{W}lang"
_EAST = f"{W}eastAsia"


def unmarked_language(document: Document) -> Iterator[Fault]:
    """Yield the first paragraph of each part whose Chinese lacks `w:lang`.

    What the defaults of the styles or the default paragraph style say counts for
    every run that says nothing itself.
    """
    default = _default(document)
    for part in document.parts:
        for paragraph in part.paragraphs:
            if any(_is_unmarked(run, default) for run in _chinese_runs(paragraph)):
                yield at(paragraph, "E-AL-08")
                break


def _default(document: Document) -> str:
    for name in document.package.of_type("styles"):
        root = parse_xml(document.package.parts[name], name)
        for path in (
            f"{W}docDefaults/{W}rPrDefault/{W}rPr/{_LANG}",
            f"{W}style[@{W}default='1']/{W}rPr/{_LANG}",
        ):
            found = root.find(path)
            if found is not None and found.get(_EAST):
                return found.get(_EAST, "")
    return ""


def _chinese_runs(paragraph: Paragraph) -> Iterator[etree._Element]:
    for segment in paragraph.segments:
        text = segment.element.text or ""
        run = segment.element.getparent()
        if run is not None and run.tag == RUN and any("一" <= c <= "鿿" for c in text):
            yield run


def _is_unmarked(run: etree._Element, default: str) -> bool:
    own = run.find(f"{W}rPr/{_LANG}")
    marked = (own.get(_EAST) if own is not None else None) or default
    return not marked.lower().startswith("zh")
