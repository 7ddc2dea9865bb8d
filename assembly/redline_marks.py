"""Marks of tracked changes in a paragraph: runs inserted, runs deleted."""

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
INS, DEL = "ins", "del"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WORD = re.compile(r"[0-9][0-9,.]*|[A-Za-z]+|.", re.S)
_R, _RPR, _PPR, _T, _DELETED = (f"{W}{n}" for n in ("r", "rPr", "pPr", "t", "delText"))
_SKIPPED = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr")}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a run, or one of its other elements, with the run's properties."""

    key: str
    element: etree._Element | None
    properties: etree._Element | None


def tokens_of(paragraph: etree._Element) -> list[Token]:
    """Return the words of a paragraph: numbers and Latin words whole, else signs."""
    tokens: list[Token] = []
    for run in paragraph.iter(_R):
        properties = run.find(_RPR)
        for child in run:
            if child.tag == _T:
                words = _WORD.findall(child.text or "")
                tokens += [Token(word, None, properties) for word in words]
            elif child.tag != _RPR:
                name = etree.QName(child).localname
                key = f"\x00{name}:{child.text or ''}{sorted(child.attrib.values())}"
                tokens.append(Token(key, child, properties))
    return tokens


class Marker:
    """Makes marks with one author and one instant; each has its own number."""

    def __init__(self, author: str, at: datetime) -> None:
        """Take who and when."""
        self._author, self._at = author, at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._number = 9000

    def refill(
        self, paragraph: etree._Element, spans: Iterable[tuple[str, Sequence[Token]]]
    ) -> None:
        """Replace the content of a paragraph: spans as they are, INS or DEL."""
        for child in list(paragraph):
            if child.tag != _PPR and child.tag not in _SKIPPED:
                paragraph.remove(child)
        for kind, tokens in spans:
            runs = _runs(tokens, is_deleted=kind == DEL)
            if not kind:
                paragraph.extend(runs)
                continue
            mark = self._mark(kind)
            mark.extend(runs)
            paragraph.append(mark)

    def paragraph(self, paragraph: etree._Element, kind: str) -> None:
        """Mark the end of a paragraph."""
        properties = paragraph.find(_PPR)
        if properties is None:
            properties = etree.Element(_PPR)
            paragraph.insert(0, properties)
        inner = properties.find(_RPR)
        if inner is None:
            inner = etree.Element(_RPR)
            late = {f"{W}sectPr", f"{W}pPrChange"}
            places = [n for n, one in enumerate(properties) if one.tag in late]
            properties.insert(places[0] if places else len(properties), inner)
        inner.insert(0, self._mark(kind))

    def row(self, row: etree._Element, kind: str) -> None:
        """Mark a row of a table."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            exceptions = row.find(f"{W}tblPrEx")
            row.insert(0 if exceptions is None else 1, properties)
        properties.append(self._mark(kind))

    def _mark(self, kind: str) -> etree._Element:
        self._number += 1
        mark = etree.Element(f"{W}{kind}")
        mark.set(f"{W}id", str(self._number))
        mark.set(f"{W}author", self._author)
        mark.set(f"{W}date", self._at)
        return mark


def _runs(tokens: Sequence[Token], *, is_deleted: bool) -> list[etree._Element]:
    runs: list[etree._Element] = []
    last: etree._Element | None = None
    for token in tokens:
        if not runs or token.properties is not last:
            run = etree.Element(_R)
            if token.properties is not None:
                run.append(copy.deepcopy(token.properties))
            runs.append(run)
            last = token.properties
        _append(runs[-1], token, is_deleted=is_deleted)
    return runs


def _append(run: etree._Element, token: Token, *, is_deleted: bool) -> None:
    tag = _DELETED if is_deleted else _T
    if token.element is not None:
        element = copy.deepcopy(token.element)
        if is_deleted and element.tag == f"{W}instrText":
            element.tag = f"{W}delInstrText"
        run.append(element)
        return
    if len(run) and run[-1].tag == tag:
        run[-1].text = f"{run[-1].text}{token.key}"
        return
    text = etree.SubElement(run, tag)
    text.text = token.key
    text.set(_SPACE, "preserve")
