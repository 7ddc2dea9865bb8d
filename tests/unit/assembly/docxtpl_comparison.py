"""Fills a template with docxtpl itself and compares part by part with our own result."""

import io
import zipfile
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from assembly import Template
from assembly.engine.members import read_members
from assembly.engine.sandbox import sandbox
from assembly.engine.sources import W, part_kinds
from assembly.engine.tidying import join_runs, tidy

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PICTURE = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)


def parts(content: bytes) -> dict[str, list[Any]]:
    """Return the tree of each part that may hold tags, as nested lists."""
    members = read_members(content, "文件")
    return {
        name: tree(members[name].content())
        for name, kind in part_kinds(members).items()
        if kind != "properties"
    }


def tree(xml: bytes) -> list[Any]:
    """Return XML as nested lists: runs that look the same joined, pictures numbered."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    root = etree.fromstring(xml, parser)
    for text in list(root.iter(W + "t")):
        text.attrib.pop(SPACE, "")
        run = text.getparent()
        if not text.text and run is not None:
            run.remove(text)
    for run in list(root.iter(W + "r")):
        parent = run.getparent()
        if parent is not None and not [c for c in run if c.tag != W + "rPr"]:
            parent.remove(run)
    tidy(root)
    for paragraph in root.iter(W + "p"):
        join_runs(paragraph)
    for text in root.iter(W + "t"):
        text.attrib.pop(SPACE, "")
    for number, picture in enumerate(root.iter(PICTURE), 1):
        picture.set("id", str(number))
    return branch(root)


def branch(element: etree._Element) -> list[Any]:
    """Return an element as a nested list."""
    attributes = sorted((str(key), str(value)) for key, value in element.items())
    children = [branch(child) for child in element]
    return [element.tag, attributes, element.text or "", children, element.tail or ""]


def properties(content: bytes) -> dict[str, str]:
    """Return the texts of the core properties that docxtpl fills."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("docProps/core.xml"))
    return {
        etree.QName(item).localname: item.text
        for item in root
        if item.text and etree.QName(item).localname not in ("created", "modified")
    }


def by_docxtpl(template: bytes, data: dict[str, Any]) -> bytes:
    """Return what docxtpl makes of a template in our own environment."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(data, jinja_env=sandbox())
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def differences(template: bytes, data: dict[str, Any]) -> list[str]:
    """Return the names of the parts that differ from docxtpl's."""
    theirs = by_docxtpl(template, data)
    ours = Template(template, "模板.docx").render(data)
    mine, other = parts(ours), parts(theirs)
    names = [name for name in mine if mine[name] != other.get(name, mine[name])]
    if properties(ours) != properties(theirs):
        names.append("docProps/core.xml")
    return names


def text_differs(template: bytes, data: dict[str, Any]) -> bool:
    """Whether the text of the body differs from docxtpl's."""
    ours = Template(template, "模板.docx").render(data)
    return _text(ours) != _text(by_docxtpl(template, data))


def _text(content: bytes) -> str:
    body = read_members(content, "文件")["word/document.xml"].content()
    return "".join(str(piece) for piece in etree.fromstring(body).itertext()).strip()
