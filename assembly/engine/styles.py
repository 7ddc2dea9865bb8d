"""Styles and lists of one Word file taken over into another."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from assembly.engine.sources import W

_REFERENCES = ("basedOn", "next", "link")


class Styles:
    """The styles of a file, which can take in those of another."""

    def __init__(self, root: etree._Element) -> None:
        """Take the root of styles.xml, which is added to."""
        self.root = root

    def adopt(
        self, foreign: etree._Element | None, numbers: Mapping[str, str]
    ) -> dict[str, str]:
        """Take in the styles that this file lacks; return the new name of each."""
        own = {_key(style): _id(style) for style in self.root.iter(W + "style")}
        taken = set(own.values())
        names: dict[str, str] = {}
        fresh = []
        for style in [] if foreign is None else foreign.iter(W + "style"):
            known = own.get(_key(style))
            if known is None:
                known = _free(_id(style), taken)
                taken.add(known)
                fresh.append(deepcopy(style))
            names[_id(style)] = known
        for style in fresh:
            style.attrib.pop(W + "default", "")
            style.set(W + "styleId", names[_id(style)])
            _rename(style, names, numbers)
            self.root.append(style)
        return names


class Lists:
    """The lists of a file, which can take in those of another."""

    def __init__(self, root: etree._Element) -> None:
        """Take the root of numbering.xml, which is added to."""
        self.root = root

    def adopt(self, foreign: etree._Element | None) -> dict[str, str]:
        """Take in the lists of another file; return the new number of each."""
        numbers: dict[str, str] = {}
        if foreign is None:
            return numbers
        abstract = _highest(self.root, "abstractNum", "abstractNumId")
        number = _highest(self.root, "num", "numId")
        shapes: dict[str, str] = {}
        for shape in foreign.iter(W + "abstractNum"):
            abstract += 1
            copy = deepcopy(shape)
            shapes[str(shape.get(W + "abstractNumId"))] = str(abstract)
            copy.set(W + "abstractNumId", str(abstract))
            for nsid in copy.iter(W + "nsid"):
                nsid.set(W + "val", f"{0x5A000000 + abstract:08X}")
            for name in ("lvlPicBulletId", "styleLink", "numStyleLink", "pStyle"):
                for element in list(copy.iter(W + name)):
                    _remove(element)
            self._insert_shape(copy)
        for used in foreign.iter(W + "num"):
            number += 1
            copy = deepcopy(used)
            numbers[str(used.get(W + "numId"))] = str(number)
            copy.set(W + "numId", str(number))
            for reference in copy.iter(W + "abstractNumId"):
                value = str(reference.get(W + "val"))
                reference.set(W + "val", shapes.get(value, value))
            self.root.append(copy)
        return numbers

    def _insert_shape(self, shape: etree._Element) -> None:
        first = self.root.find(W + "num")
        if first is None:
            self.root.append(shape)
        else:
            first.addprevious(shape)


def _rename(
    style: etree._Element, names: Mapping[str, str], numbers: Mapping[str, str]
) -> None:
    for name in _REFERENCES:
        for element in style.iter(W + name):
            value = str(element.get(W + "val"))
            element.set(W + "val", names.get(value, value))
    for element in style.iter(W + "numId"):
        element.set(W + "val", numbers.get(str(element.get(W + "val")), "0"))


def _key(style: etree._Element) -> tuple[str, str]:
    name = style.find(W + "name")
    title = "" if name is None else str(name.get(W + "val"))
    return str(style.get(W + "type")), title.lower()


def _id(style: etree._Element) -> str:
    return str(style.get(W + "styleId"))


def _free(name: str, taken: set[str]) -> str:
    return next(candidate for candidate in _candidates(name) if candidate not in taken)


def _candidates(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        yield f"{name}Annex{number}"
        number += 1


def _highest(root: etree._Element, tag: str, attribute: str) -> int:
    found = (str(element.get(W + attribute)) for element in root.iter(W + tag))
    return max((int(value) for value in found if value.isdigit()), default=0)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
