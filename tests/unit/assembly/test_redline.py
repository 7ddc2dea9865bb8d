"""Two versions as tracked changes: accept all gives the new, reject all the old."""

import copy
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from assembly.library import Library
from assembly.plain_text import plain_text
from assembly.redline import redline

ROOT = Path(__file__).resolve().parents[3]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LIBRARY = Library(ROOT / "templates_docx")


def answers(mode):
    path = ROOT / "fixtures" / "demo" / "answers" / f"{mode}.json"
    return json.loads(path.read_text("utf-8"))


def settled(document, kept, dropped):
    """Return the text after accepting (or rejecting) every change."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(members["word/document.xml"])
    for row in [
        row
        for row in root.iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}{dropped}") is not None
    ]:
        row.getparent().remove(row)
    for table in [t for t in root.iter(f"{W}tbl") if t.find(f"{W}tr") is None]:
        table.getparent().remove(table)
    marked = f"{W}pPr/{W}rPr/{W}{dropped}"
    for paragraph in [p for p in root.iter(f"{W}p") if p.find(marked) is not None]:
        paragraph.getparent().remove(paragraph)
    for mark in [m for m in root.iter(f"{W}{dropped}") if m.getparent().tag == f"{W}p"]:
        mark.getparent().remove(mark)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"
    members["word/document.xml"] = etree.tostring(root)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return plain_text(stream.getvalue())


def versions(mode, instrument, change):
    old = answers(mode)
    new = copy.deepcopy(old)
    change(new)
    template = LIBRARY.template(instrument)
    return template.render(old, salt="00"), template.render(new, salt="00")


def raise_fee(data):
    data["license"]["fee"] = "2300000.00"


def add_secret(data):
    data["secrets"] = [{"name": "示例工艺参数", "scope": "参数表", "marking": "秘密"}]


def add_right(data):
    data["ip_items"].append(dict(data["ip_items"][0], name="新增示例装置"))


def drop_member(data):
    data["team"]["members"].pop()


CHANGES = {
    "amount": ("M4", "D-22", raise_fee),
    "conditional clause": ("M4", "D-22", add_secret),
    "row more": ("M4", "D-22", add_right),
    "row less": ("M1", "D-01", drop_member),
    "nothing": ("M4", "D-22", lambda data: None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_redline_settles_to_either_version(change):
    old, new = versions(*change)

    marked = redline(old, new, author="柳州示例理工大学", at=AT)

    assert settled(marked, "ins", "del") == plain_text(new)
    assert settled(marked, "del", "ins") == plain_text(old)


def test_redline_marks_only_the_words_that_changed():
    old, new = versions("M4", "D-22", raise_fee)

    marked = redline(old, new, author="示例", at=AT)

    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    inserted = {"".join(m.itertext()) for m in root.iter(f"{W}ins")}
    assert "2,300,000.00" in inserted
    assert max(len(text) for text in inserted) < 20
    mark = next(root.iter(f"{W}ins"))
    assert mark.get(f"{W}author") == "示例"
    assert mark.get(f"{W}date") == "2026-11-22T09:00:00Z"


def test_redline_is_the_same_each_time():
    old, new = versions("M4", "D-22", add_secret)

    assert redline(old, new, author="示例", at=AT) == redline(
        old, new, author="示例", at=AT
    )
