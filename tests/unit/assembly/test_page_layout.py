"""What stays together on a page, and what must fit into one line of a table."""

import io
import json
import re
import zipfile
from functools import lru_cache

import pytest
from lxml import etree

from assembly.drafting import draft
from assembly.drafting.keeping import kept_blocks, paragraphs_under_two_headings
from assembly.drafting.markup import parse
from assembly.drafting.styles import PAGES
from assembly.samples import sample_data
from assembly.template import Template
from tests.snapshots import ANSWERS, MODES, library

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Left and right margin of a cell, in twips.
MARGINS = 2 * 57
DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
# What a reader takes in at a glance: a date, a number of a person, firm or right.
TOKEN = re.compile(rf"{DATE}|[A-Z]{{0,2}}\d[\d,.X-]{{5,}}|[0-9A-Z]{{18}}")
# Widths in em, of the widest font that a PDF is made with (Noto Serif), the date
# with the space that LibreOffice puts between digits and Chinese characters.
LONGEST_DATE, DIGIT, CAPITAL, POINT = 8.4, 0.55, 0.8, 0.28


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


def kept_lines(text: str) -> list[str]:
    blocks = parse(f"@layout contract\n{text}").blocks
    return [getattr(blocks[n], "text", "table") for n in sorted(kept_blocks(blocks))]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("如下：\n第一项\n第二项", ["如下："]),
        ("列表如下。\n| 甲\n说明", ["列表如下。"]),
        ("前言\n{%p if a %}\n| 甲\n{%p endif %}", ["前言", "{%p if a %}"]),
        ("正文\n>> 落款", ["正文"]),
        ("^ 以下无正文\n@borders none\n| 甲方\n> 日期\n~ 注",
         ["以下无正文", "table", "日期"]),
        ("@borders none\n| 甲方\n正文", []),
        ("## 标题\n| 甲", []),
    ],
    ids=["colon", "table", "tag-between", "signature", "closing-lines", "body-after",
         "heading"],
)  # fmt: skip
def test_what_never_parts_from_the_next_block(text, kept):
    assert kept_lines(text) == kept


def test_paragraph_under_two_headings_may_leave_one_line():
    text = (
        "@layout contract\n## 一、总则\n{%p if a %}\n§ a 依据\n甲\n乙\n§ b 标的\n丙\n"
    )
    blocks = parse(text).blocks

    found = [blocks[n].text for n in paragraphs_under_two_headings(blocks)]
    body = part(draft(text), "document")
    single = [
        "".join(p.itertext())
        for p in body.iter(f"{WORD}p")
        if p.find(f"{WORD}pPr/{WORD}widowControl") is not None
    ]

    assert (found, single) == (["甲"], ["甲"])


@pytest.mark.parametrize(
    "columns", ["5 14 5 14", "3 5 10 11 9 9", "1 1 1", "2 5 7 6 5"]
)
@pytest.mark.parametrize("layout", PAGES)
def test_table_is_as_wide_as_the_text(layout, columns):
    row = " | ".join("格" for _ in columns.split())
    body = part(draft(f"@layout {layout}\n@columns {columns}\n| {row}\n"), "document")

    widths = [int(column.get(f"{WORD}w")) for column in body.iter(f"{WORD}gridCol")]

    assert sum(widths) == PAGES[layout].text_width


def narrow(content: bytes) -> list[str]:
    """Return the dates and numbers that break although they stand alone in a cell."""
    sizes = {
        style.get(f"{WORD}styleId"): int(size.get(f"{WORD}val"))
        for style in part(content, "styles").iter(f"{WORD}style")
        if (size := style.find(f"{WORD}rPr/{WORD}sz")) is not None
    }
    found = []
    for cell in part(content, "document").iter(f"{WORD}tc"):
        room = int(cell.find(f"{WORD}tcPr/{WORD}tcW").get(f"{WORD}w")) - MARGINS
        for paragraph in cell.iter(f"{WORD}p"):
            em = 10 * sizes[paragraph.find(f"{WORD}pPr/{WORD}pStyle").get(f"{WORD}val")]
            found += [
                line
                for line in lines_of(paragraph)
                if TOKEN.fullmatch(line) and width(line) * em > room
            ]
    return found


def lines_of(paragraph: etree._Element) -> list[str]:
    pieces = (
        "\n" if node.tag == f"{WORD}br" else node.text or ""
        for node in paragraph.iter(f"{WORD}t", f"{WORD}br")
    )
    return "".join(pieces).split("\n")


def width(line: str) -> float:
    if re.fullmatch(DATE, line):
        return LONGEST_DATE
    return sum(
        POINT if c in ",." else CAPITAL if c.isupper() else DIGIT for c in line
    )  # fmt: skip


@lru_cache
def demo_papers(mode: str) -> dict[str, bytes]:
    data = json.loads((ANSWERS / f"{mode}.json").read_text("utf-8"))
    made = library().bundle(mode).assemble(data, salt="layout")
    return {listed.instrument: paper.content for listed, paper in made}


@pytest.mark.parametrize("mode", MODES)
def test_dates_and_numbers_of_the_demo_papers_fit_their_cells(mode):
    found = {name: narrow(content) for name, content in demo_papers(mode).items()}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("instrument", library().instruments)
def test_dates_and_numbers_of_every_paper_fit_their_cells(instrument):
    template: Template = library().template(instrument)

    assert narrow(template.render(sample_data(template.guide.needs))) == []


def test_narrow_cell_is_found():
    text = "@layout form\n@columns 1 7\n| 2026年1月1日 | 2026年1月1日\n"

    assert narrow(draft(text)) == ["2026年1月1日"]
