"""Takes out of a part what Word leaves there for itself alone.

Marks of revisions, of the spelling checker and of the last page layout say nothing of
the document, tell strangers how it was written, and divide its text into many small
runs. Runs that look the same become one; documents are smaller and made faster.
"""

import re

from lxml import etree

from assembly.engine.sources import W

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTAINERS = frozenset({W + "hyperlink", W + "ins", W + "smartTag"})
_DROPPED = (W + "proofErr", W + "lastRenderedPageBreak")
# docxtpl gives these tags a meaning that depends on the run they stand in.
_BOUND_TO_RUNS = re.compile(
    r"\{[{%]-|-[%}]\}|\{[{%]r\s|\{%\s*(?:vm|hm|colspan|cellbg)\b"
)


def tidy(root: etree._Element) -> None:
    """Tidy the tree of a part."""
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if str(name).startswith((W + "rsid", _W14 + "paraId", _W14 + "textId")):
                del element.attrib[name]
    for element in list(root.iter(*_DROPPED)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for paragraph in root.iter(W + "p"):
        text = "".join(t.text or "" for t in paragraph.iter(W + "t"))
        if not _BOUND_TO_RUNS.search(text):
            join_runs(paragraph)


def join_runs(parent: etree._Element) -> None:
    """Join neighbouring runs of text that look the same."""
    last: etree._Element | None = None
    last_format = b""
    for child in list(parent):
        text = _only_text(child)
        if text is None:
            last = None
            if child.tag in _CONTAINERS:
                join_runs(child)
            continue
        look = _look(child)
        if last is not None and look == last_format:
            last.text = (last.text or "") + (text.text or "")
            last.set(_SPACE, "preserve")
            parent.remove(child)
        else:
            last, last_format = text, look


def _only_text(run: etree._Element) -> etree._Element | None:
    """Return the text of a run that holds nothing else."""
    if run.tag != W + "r" or run.attrib:
        return None
    inner = [child for child in run if child.tag != W + "rPr"]
    return inner[0] if len(inner) == 1 and inner[0].tag == W + "t" else None


def _look(run: etree._Element) -> bytes:
    properties = run.find(W + "rPr")
    return b"" if properties is None else etree.tostring(properties)
