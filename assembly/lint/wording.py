"""Words that may not stand in a paper, and punctuation that a condition leaves over."""

import re
from collections.abc import Iterator

from assembly.errors import Fault
from assembly.expressions.tags import Tag
from assembly.lint.document import Document, Paragraph
from assembly.lint.tags import at

# 技术合同解释22: no fixed profit without risk in these instruments (§18.1).
NO_GUARANTEE = frozenset(
    {"D-14", "D-15", "D-17", "D-18", "D-20", "D-21", "D-24", "D-25"}
)
_BASES = re.compile("销售额|收入|利润|产量|所得|收益|成交价|分红|基数|base")
_ROYALTY = re.compile(r"(?:提成|分成)")
_PERCENT = re.compile(r"[%％]|百分之|percent|share|rate|比例[^。]*(?:\{\{|\d)")
_GUARANTEE = re.compile(
    r"保本|保底(?:收益|利润|分红|回报)|固定(?:收益|利润|回报|分红)|"
    r"(?:无论|不论|不管)[^。；]{0,20}(?:盈亏|亏损|是否盈利)[^。；]{0,30}(?:支付|分配|获得|享有)|"
    r"(?:保证|承诺|确保)[^。；，]{0,20}(?:年化|收益率|回报率|最低收益|最低利润|最低回报)|"
    r"不承担(?:任何)?(?:经营)?(?:风险|亏损)|旱涝保收|刚性兑付|包赚"
)
# Sentences that forbid or deny a guarantee speak of it in the same words.
_DENIAL = re.compile(
    r"不(?:得|构成|作|以|承诺|保证|属于|是|存在|含)|不约定|禁止|并非|无保本|没有"
)
_MARKS = "，。、；："
_LOOSE = re.compile(rf"[，、；：][{_MARKS}]|。[{_MARKS}]|^[{_MARKS}]")


def wrong_words(document: Document, instrument: str) -> Iterator[Fault]:
    """Yield 订金, shares without a base, and promises of a fixed return."""
    for paragraph in document.paragraphs():
        if "订金" in paragraph.text and "不得写作" not in paragraph.text:
            yield at(paragraph, "E-FP-10")
        yield from _shares_without_base(paragraph)
        if instrument in NO_GUARANTEE:
            yield from _guarantees(paragraph)


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[。；\n])", text) if one.strip()]


def _shares_without_base(paragraph: Paragraph) -> Iterator[Fault]:
    for sentence in _sentences(paragraph.text):
        names_share = _ROYALTY.search(sentence) and _PERCENT.search(sentence)
        if names_share and not _BASES.search(sentence):
            yield at(paragraph, "E-AL-13", sentence=sentence.strip()[:60])


def _guarantees(paragraph: Paragraph) -> Iterator[Fault]:
    for sentence in _sentences(paragraph.text):
        match = _GUARANTEE.search(sentence)
        if match and not _DENIAL.search(sentence[: match.end() + 12]):
            yield at(paragraph, "E-AL-14", words=match.group())


def loose_mark(text: str) -> str:
    """Return punctuation in `text` that has nothing before or behind it."""
    match = _LOOSE.search(text.strip())
    return match.group() if match else ""


def loose_punctuation(document: Document) -> Iterator[Fault]:
    """Yield punctuation that is left over when what a condition holds is left out."""
    for paragraph in document.paragraphs():
        for text in _outcomes(paragraph):
            mark = loose_mark(text)
            if mark and not loose_mark(paragraph.text):
                yield at(paragraph, "E-AL-15", punctuation=mark)
                break


def _outcomes(paragraph: Paragraph) -> Iterator[str]:
    """Yield the text with each inline condition left out, in turn."""
    open_tags: list[Tag] = []
    for tag in paragraph.tags:
        if tag.keyword in {"if", "for"}:
            open_tags.append(tag)
        elif tag.keyword in {"elif", "else"} and open_tags:
            open_tags[-1] = tag
        elif tag.keyword in {"endif", "endfor"} and open_tags:
            opened = open_tags.pop()
            if opened.keyword in {"if", "for"}:
                text = paragraph.text[: opened.start] + paragraph.text[tag.end :]
                yield _without_tags(text)


def _without_tags(text: str) -> str:
    return re.sub(r"\{%.*?%\}", "", text).strip()
