"""Redline 修订稿: two versions of a paper as one Word file with tracked changes.

Accepting all changes gives the text of the newer version, rejecting all that of the
older one. Styles, headers and page settings are the newer version's.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from lxml import etree

from assembly.engine.members import read_members
from assembly.redline_marks import DEL, INS, Marker, Token, W, tokens_of
from assembly.zip_writer import Archive, Member, deflated

BODY = "word/document.xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_P, _TBL, _TR, _TC, _SECT = (f"{W}{n}" for n in ("p", "tbl", "tr", "tc", "sectPr"))


def redline(older: bytes, newer: bytes, *, author: str, at: datetime) -> bytes:
    """Return the newer version with all that changed since the older one marked.

    Both are papers that we assembled from one template or its successor.
    """
    before, after = (read_members(content, "文书") for content in (older, newer))
    old, new = (_parsed(one[BODY]) for one in (before, after))
    merger = _Merger(Marker(author, at))
    merger.merge(_body_of(old), _body_of(new))
    members = [_body(new) if name == BODY else member for name, member in after.items()]
    return Archive(()).close(members)[0]


def _parsed(member: Member) -> etree._Element:
    return etree.fromstring(member.content(), _PARSER)


def _body_of(root: etree._Element) -> etree._Element:
    (body,) = root.iterchildren(f"{W}body")
    return body


def _body(root: etree._Element) -> Member:
    content = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return deflated(BODY, content)


class _Merger:
    """Writes the older blocks into the newer ones, with marks."""

    def __init__(self, marker: Marker) -> None:
        self.mark = marker

    def merge(self, old: etree._Element, new: etree._Element) -> None:
        """Merge the blocks of a body or a cell."""
        before, after = _blocks(old), _blocks(new)
        rest = [child for child in new if child not in after]
        merged: list[etree._Element] = []
        for tag, left, right in _aligned(before, after):
            if tag == "equal":
                merged += right
            else:
                merged += self._replaced(left, right)
        last = [child for child in rest if child.tag == _SECT]
        first = [child for child in rest if child.tag != _SECT]
        for child in list(new):
            new.remove(child)
        new.extend([*first, *merged, *last])

    def _replaced(
        self, left: Sequence[etree._Element], right: Sequence[etree._Element]
    ) -> Iterator[etree._Element]:
        """Yield what stands for blocks that were replaced, like beside like."""
        partners = _partners(left, right)
        done = 0
        for place, block in enumerate(right):
            partner = partners.get(place)
            if partner is None:
                yield self._all(block, INS)
                continue
            for gone in left[done:partner]:
                yield self._all(copy.deepcopy(gone), DEL)
            done = partner + 1
            yield self._changed(left[partner], block)
        for gone in left[done:]:
            yield self._all(copy.deepcopy(gone), DEL)

    def _changed(self, old: etree._Element, new: etree._Element) -> etree._Element:
        if new.tag == _TBL:
            self._rows(old, new)
        else:
            self._words(old, new)
        return new

    def _rows(self, old: etree._Element, new: etree._Element) -> None:
        before, after = old.findall(_TR), new.findall(_TR)
        place = list(new).index(after[0]) if after else len(new)
        for row in after:
            new.remove(row)
        merged: list[etree._Element] = []
        for tag, left, right in _aligned(before, after):
            if tag == "equal":
                merged += right
                continue
            pairs = list(zip(left, right, strict=False))
            same = all(len(a.findall(_TC)) == len(b.findall(_TC)) for a, b in pairs)
            known = len(pairs) if same else 0
            for one, other in pairs[:known]:
                self._cells(one, other)
                merged.append(other)
            merged += [self._row(copy.deepcopy(row), DEL) for row in left[known:]]
            merged += [self._row(row, INS) for row in right[known:]]
        for offset, row in enumerate(merged):
            new.insert(place + offset, row)

    def _cells(self, old: etree._Element, new: etree._Element) -> None:
        for one, other in zip(old.findall(_TC), new.findall(_TC), strict=True):
            if _text(one) == _text(other):
                continue
            before, after = one.findall(_P), other.findall(_P)
            for left, right in zip(before, after, strict=False):
                self._words(left, right)
            for gone in before[len(after) :]:
                other.append(self._all(copy.deepcopy(gone), DEL))
            for added in after[len(before) :]:
                self._all(added, INS)

    def _row(self, row: etree._Element, kind: str) -> etree._Element:
        self.mark.row(row, kind)
        for paragraph in row.iter(_P):
            self._all(paragraph, kind)
        return row

    def _all(self, block: etree._Element, kind: str) -> etree._Element:
        """Mark a whole paragraph or table as inserted or deleted."""
        if block.tag == _TBL:
            for row in block.findall(_TR):
                self._row(row, kind)
            return block
        tokens = tokens_of(block)
        self.mark.refill(block, [(kind, tokens)] if tokens else [])
        self.mark.paragraph(block, kind)
        return block

    def _words(self, old: etree._Element, new: etree._Element) -> None:
        before, after = tokens_of(old), tokens_of(new)
        spans: list[tuple[str, list[Token]]] = []
        matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                spans.append(("", after[c:d]))
                continue
            spans += [(DEL, before[a:b])] if b > a else []
            spans += [(INS, after[c:d])] if d > c else []
        self.mark.refill(new, spans)


def _blocks(parent: etree._Element) -> list[etree._Element]:
    return [child for child in parent if child.tag in (_P, _TBL)]


def _aligned(
    left: Sequence[etree._Element], right: Sequence[etree._Element]
) -> Iterator[tuple[str, Sequence[etree._Element], Sequence[etree._Element]]]:
    keys = [[(one.tag, _text(one)) for one in side] for side in (left, right)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag, left[a:b], right[c:d]


def _partners(
    left: Sequence[etree._Element], right: Sequence[etree._Element]
) -> dict[int, int]:
    """Return for each newer block the older one that it came from, in order."""
    partners: dict[int, int] = {}
    start = 0
    for place, block in enumerate(right):
        for candidate in range(start, len(left)):
            if left[candidate].tag == block.tag and _alike(left[candidate], block):
                partners[place] = candidate
                start = candidate + 1
                break
    return partners


def _alike(one: etree._Element, other: etree._Element) -> bool:
    if one.tag == _TBL:
        return True
    return SequenceMatcher(None, _text(one), _text(other), autojunk=False).ratio() > 0.5


def _keys(tokens: Iterable[Token]) -> list[str]:
    return [token.key for token in tokens]


def _text(element: etree._Element) -> str:
    return "".join(one.key for p in element.iter(_P) for one in (*tokens_of(p), _MARK))


_MARK = Token("\n", None, None)
