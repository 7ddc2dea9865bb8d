"""Tags that Word or the author's keyboard has broken: every one, not only the first."""

import re
from collections.abc import Iterator

from jinja2 import nodes
from lxml import etree

from assembly.errors import Fault, fault
from assembly.expressions.dialect import environment
from assembly.expressions.tags import (
    PREFIX,
    TAG,
    Tag,
    judge_nesting,
    judge_node,
    judge_tag,
)
from assembly.lint.document import CELL, ROW, RUN, TEXT, Document, Paragraph, Part

_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_WIDE = re.compile(r"[{｛][{｛%％#＃]|[}｝%％#＃][}｝]")
_WIDE_SIGNS = "｛｝％＃＝＞＜（）｜．，－＋　"
_NARROW = str.maketrans(_WIDE_SIGNS, "{}%#=><()|.,-+ ")
_PARTNERS = {"endif": "if", "endfor": "for", "elif": "if", "else": "if"}
_CLOSING = {"if": "endif", "for": "endfor"}
_AROUND = {"p": "段落", "r": "文字", "tr": "表格行", "tc": "单元格"}
_BREAKS = {"tab": "制表符", "br": "换行", "fldChar": "域", "drawing": "图片"}


def broken_tags(document: Document) -> Iterator[Fault]:
    """Yield what is wrong with the spelling and the placing of tags."""
    for part in document.parts:
        for paragraph in part.paragraphs:
            yield from _full_width(paragraph)
            yield from _halves(paragraph)
            yield from _cut(paragraph)
            yield from _lost_text(paragraph)
        yield from _unbalanced(part)


def refused_tags(document: Document) -> Iterator[Fault]:
    """Yield what the dialect refuses, tag by tag."""
    known = environment().filters
    for part in document.parts:
        for one in part.readings:
            if one.node is None:
                reasons = judge_tag(one.tag, environment(), known)
            else:
                reasons = judge_node(one.node, known)
            if isinstance(one.node, nodes.For):
                reasons = [*reasons, *judge_nesting(one.node, tuple(one.scope))]
            for reason in reasons:
                yield at(one.paragraph, "E-AS-20", tag=one.tag.text, reason=reason)


def at(paragraph: Paragraph, code: str, **parameters: object) -> Fault:
    """Return a fault at a paragraph, its text quoted."""
    return fault(code, **parameters).at(  # type: ignore[arg-type]
        paragraph.part, paragraph.number, paragraph.text
    )


def _full_width(paragraph: Paragraph) -> Iterator[Fault]:
    for match in _WIDE.finditer(paragraph.text):
        typed = match.group()
        meant = typed.translate(_NARROW)
        if typed != meant:
            yield at(paragraph, "E-AL-03", typed=typed, meant=meant)
    for tag in paragraph.tags:
        inside = re.sub(r"\"[^\"]*\"|'[^']*'|“[^”]*”", "", tag.text[2:-2])
        for sign in dict.fromkeys(one for one in inside if one in _WIDE_SIGNS):
            meant = sign.translate(_NARROW)
            if not tag.is_comment:
                yield at(paragraph, "E-AL-03", typed=sign, meant=meant)


def _halves(paragraph: Paragraph) -> Iterator[Fault]:
    rest = TAG.sub(lambda match: "\0" * len(match.group()), paragraph.text)
    for match in _HALF.finditer(rest):
        around = paragraph.text[max(0, match.start() - 10) : match.end() + 10]
        yield at(paragraph, "E-AL-04", half=match.group(), around=around)


def _cut(paragraph: Paragraph) -> Iterator[Fault]:
    for tag in paragraph.tags:
        held = [
            one
            for one in paragraph.segments
            if one.start < tag.end and one.end > tag.start
        ]
        revisions = dict.fromkeys(one.revision for one in held if one.revision)
        for revision in revisions:
            yield at(paragraph, "E-AL-07", tag=tag.text, revision=revision)
        if revisions:
            continue
        within = [
            what for place, what in paragraph.breaks if tag.start < place < tag.end
        ]
        parents = {_holder(one.element) for one in held}
        if within or len(parents) > 1:
            names = [_BREAKS.get(one, one) for one in within] or ["链接或内容控件"]
            what = "、".join(dict.fromkeys(names))
            yield at(paragraph, "E-AL-06", tag=tag.text, what=what)


def _holder(text: etree._Element) -> etree._Element | None:
    """Return what holds the run of a text: the paragraph, a link, a control."""
    run = next(text.iterancestors(RUN), None)
    return run.getparent() if run is not None else None


def _lost_text(paragraph: Paragraph) -> Iterator[Fault]:
    """A tag with a prefix takes its paragraph, row or cell away, with all the text."""
    for tag in paragraph.tags:
        match = PREFIX.match(tag.text)
        prefix = match.group(2) if match else ""
        if prefix in {"p", "tr", "tc"}:
            rest = _surroundings(paragraph, prefix).replace(tag.text, "", 1).strip()
            if rest:
                where = _AROUND[prefix]
                yield at(
                    paragraph, "E-AL-11", tag=tag.text, where=where, rest=rest[:40]
                )


def _surroundings(paragraph: Paragraph, prefix: str) -> str:
    if prefix == "p":
        return paragraph.text
    around = paragraph.ancestor(ROW if prefix == "tr" else CELL)
    if around is None:
        return paragraph.text
    return "".join(element.text or "" for element in around.iter(TEXT))


def _unbalanced(part: Part) -> Iterator[Fault]:
    """Match the statements of a part; each one without its partner is told."""
    open_tags: list[tuple[Paragraph, Tag]] = []
    for paragraph in part.paragraphs:
        for tag in paragraph.tags:
            if tag.keyword in _CLOSING:
                open_tags.append((paragraph, tag))
            elif tag.keyword in _PARTNERS:
                yield from _match(open_tags, paragraph, tag)
    for paragraph, tag in open_tags:
        partner = f"{{% {_CLOSING[tag.keyword]} %}}"
        yield at(paragraph, "E-AL-05", tag=tag.text, partner=partner)


def _match(
    open_tags: list[tuple[Paragraph, Tag]], paragraph: Paragraph, tag: Tag
) -> Iterator[Fault]:
    wanted = _PARTNERS[tag.keyword]
    keywords = [one.keyword for _, one in open_tags]
    if wanted not in keywords:
        yield at(paragraph, "E-AL-05", tag=tag.text, partner=f"{{% {wanted} … %}}")
        return
    while open_tags[-1][1].keyword != wanted:
        inner, forgotten = open_tags.pop()
        partner = f"{{% {_CLOSING[forgotten.keyword]} %}}"
        yield at(inner, "E-AL-05", tag=forgotten.text, partner=partner)
    if tag.keyword.startswith("end"):
        open_tags.pop()


__all__ = ["at", "broken_tags", "refused_tags"]
