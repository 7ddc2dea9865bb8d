"""A copy of the Word file with each fault as a comment at its own paragraph."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from assembly.engine.sources import CONTENT_TYPES, DECLARATION, parse_xml
from assembly.errors import Fault
from assembly.lint.document import PARAGRAPH, W
from assembly.package import Package, read_package
from assembly.zip_writer import deflated, write

_AUTHOR, _INITIALS = "模板检查", "检"
_NAMESPACE = W.strip("{}")
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def commented_copy(
    source: str | Path | bytes | BinaryIO, faults: Iterable[Fault]
) -> bytes:
    """Return the file with a comment for each fault.

    Word knows comments in the body only: what is wrong in a header or in no single
    place is told at the first paragraph, with its place in words.

    Raises:
        AssemblyError: the file cannot be read safely.
    """
    package = read_package(source)
    parts = dict(package.parts)
    body = parse_xml(parts[package.main], package.main)
    name, comments = _comments(package)
    paragraphs = _paragraphs(body)
    used = [int(one.get(f"{W}id", "0")) for one in comments]
    for number, one in enumerate(faults, max(used, default=-1) + 1):
        is_here = one.part == package.main and 0 < one.paragraph <= len(paragraphs)
        paragraph = paragraphs[one.paragraph - 1] if is_here else paragraphs[0]
        _mark(paragraph, number)
        comments.append(_comment(number, one, is_here=is_here))
    parts[package.main] = _written(body)
    parts[name] = _written(comments)
    if name not in package.parts:
        _declare(parts, package, name)
    ordered = sorted(parts, key=lambda one: one != CONTENT_TYPES)
    return write(deflated(one, parts[one]) for one in ordered)


def _paragraphs(body: etree._Element) -> list[etree._Element]:
    found = list(body.iter(PARAGRAPH))
    if not found:
        paragraph = etree.Element(PARAGRAPH)
        body[0].insert(0, paragraph)
        found.append(paragraph)
    return found


def _comments(package: Package) -> tuple[str, etree._Element]:
    """Return the part of comments, a new one when the file has none."""
    for link in package.relationships.get(package.main, ()):
        if link.kind == "comments":
            return link.target, parse_xml(package.parts[link.target], link.target)
    folder = package.main.rpartition("/")[0]
    name = f"{folder}/comments.xml" if folder else "comments.xml"
    return name, etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE})


def _mark(paragraph: etree._Element, number: int) -> None:
    """Set the range of a comment around a paragraph, and the mark behind it."""
    identity = {f"{W}id": str(number)}
    start = etree.Element(f"{W}commentRangeStart", identity)
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", identity)
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", identity)


def _comment(number: int, one: Fault, *, is_here: bool) -> etree._Element:
    attributes = {"id": str(number), "author": _AUTHOR, "initials": _INITIALS}
    comment = etree.Element(
        f"{W}comment", {f"{W}{key}": value for key, value in attributes.items()}
    )
    text = f"{one.code} {one.message}"
    if not is_here and one.part:
        text = f"［{one.part} 第{one.paragraph}段：{one.quote[:80]}］{text}"
    run = etree.SubElement(etree.SubElement(comment, PARAGRAPH), f"{W}r")
    properties = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(properties, f"{W}lang", {f"{W}eastAsia": "zh-CN"})
    etree.SubElement(run, f"{W}t").text = text
    return comment


def _declare(parts: dict[str, bytes], package: Package, name: str) -> None:
    """Make the new part known: its content type and the body's relationship."""
    types = parse_xml(parts[CONTENT_TYPES], CONTENT_TYPES)
    attributes = {"PartName": f"/{name}", "ContentType": _TYPE}
    etree.SubElement(types, f"{_TYPES}Override", attributes)
    parts[CONTENT_TYPES] = _written(types)
    folder, _, own = package.main.rpartition("/")
    links = f"{folder}/_rels/{own}.rels".lstrip("/")
    if links in parts:
        relations = parse_xml(parts[links], links)
    else:
        relations = etree.Element(f"{_RELATIONS}Relationships")
    taken = {one.get("Id") for one in relations}
    identity = next(f"rIdc{n}" for n in range(1, 10_000) if f"rIdc{n}" not in taken)
    attributes = {"Id": identity, "Type": _KIND, "Target": f"/{name}"}
    etree.SubElement(relations, f"{_RELATIONS}Relationship", attributes)
    parts[links] = _written(relations)


def _written(root: etree._Element) -> bytes:
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()
