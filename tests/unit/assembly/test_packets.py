"""Packets: contents page in Chinese, page numbers, bookmarks, shared objects."""

import io
from functools import cache

import pytest
from pypdf import PdfReader

from assembly.drafting import draft
from assembly.packets import Enclosure, Entry, build_packet, contents_outline, entries
from assembly.pdf import Warm, find_program

needs_office = pytest.mark.skipif(
    find_program() is None, reason="LibreOffice is not installed"
)


@cache
def paper(words: str, pages: int) -> bytes:
    """Return a PDF with one text on each of its pages."""
    body = "@page\n".join(f"{words}正文。\n" for _ in range(pages))
    return office().convert(draft(f"@layout contract\n# {words}\n{body}"))


@cache
def office() -> Warm:
    """Return one converter for all tests of this module."""
    return Warm()


def test_entries_follow_the_contents() -> None:
    papers = [Enclosure("D-01", "甲", b""), Enclosure("D-02", "乙", b"")]
    assert entries(papers, [3, 2], 1) == [
        Entry("D-01", "甲", 2, 3),
        Entry("D-02", "乙", 5, 2),
    ]


def test_contents_outline_keeps_a_title_in_its_cell() -> None:
    outline = contents_outline("汇编", [Entry("D-01", "甲|乙", 2, 3)])
    assert outline.splitlines()[-1] == "| 1 | D-01 | 甲｜乙 | 2 | 3"


@needs_office
def test_packet_has_contents_numbers_and_bookmarks() -> None:
    enclosures = [
        Enclosure("D-01", "团队协议", paper("团队协议", 2)),
        Enclosure("D-11", "使用权协议", paper("使用权协议", 1)),
    ]
    packet = PdfReader(io.BytesIO(build_packet("赋权文书汇编", enclosures, office())))
    texts = [page.extract_text() for page in packet.pages]
    assert len(texts) == 4
    assert "赋权文书汇编" in texts[0]
    assert "团队协议" in texts[0]
    assert [f"{n} / 4" in text for n, text in enumerate(texts, 1)] == [True] * 4
    marks = [
        (mark.title, packet.get_destination_page_number(mark))  # type: ignore[union-attr,arg-type]
        for mark in packet.outline
    ]
    assert marks == [("目录", 0), ("D-01 团队协议", 1), ("D-11 使用权协议", 3)]
    assert packet.metadata is not None
    assert packet.metadata.title == "赋权文书汇编"


@needs_office
def test_packet_keeps_identical_objects_once() -> None:
    one = paper("团队协议", 2)
    packet = build_packet("汇编", [Enclosure("D-01", "甲", one)] * 20, office())
    assert len(packet) < 20 * len(one) / 2
