"""Outlines become Word files and come back unchanged."""

import io
import zipfile

import pytest
from lxml import etree

from assembly.__main__ import main
from assembly.drafting import draft, normalize
from assembly.drafting.markup import ratio
from assembly.errors import AssemblyError
from assembly.outline import outline

CONTRACT = """@layout contract
@header 合同编号：{{ document.number }}

# 技术转让合同
#- （示例）
> 甲乙双方订立本合同。

## 一、标的

§ subject 标的
甲方向乙方支付{{ license.fee }}元（{{ license.fee|capitals }}），**详见下表**。
\\# 这一行不是标题

@columns 1 4 3
|! 序号 | 名称 | 号码
| {%tr for item in ip_items %}
| ^ {{ loop.index }} | {{ item.name }} | {{ item.number|masked }}
| {%tr endfor %}
| ! 合计 | < | >> 甲\\|乙

{%p if clause.expiry %}
专利权期满后不再需要许可。
{%p endif %}
+ （1）第一笔
^ （以下无正文）

@page

@borders none
| 甲方（盖章）：⏎⏎　　年　月　日 | 乙方（签字）：
| ^ | \\^ 乙

~ 注：加盖骑缝章。
>> 二〇二六年三月五日
"""
LAYOUTS = ("contract", "notice", "form", "letter")


def read_back(content: bytes) -> str:
    return outline(io.BytesIO(content))


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_outline_survives_the_word_file(layout):
    text = CONTRACT.replace("contract", layout, 1)

    assert read_back(draft(text)) == text


def test_normal_form_ignores_blanks_and_reduces_widths():
    text = "@layout form\n\n@columns 2 4\n\n|  a|b \n 正文\n"

    assert normalize(text) == "@layout form\n\n@columns 1 2\n| a | b\n\n正文\n"


@pytest.mark.parametrize(
    ("widths", "expected"),
    [
        ([1160, 3248, 1160, 3247], (5, 14, 5, 14)),
        ([4422, 4421], (1, 1)),
        ([706, 1765, 3530, 2823], (2, 5, 10, 8)),
        ([300, 450], (2, 3)),
        ([50, 51, 8700], (50, 51, 8700)),
    ],
    ids=["rounded", "halves", "four", "exact", "no-small-ratio"],
)
def test_stored_widths_become_small_numbers(widths, expected):
    assert ratio(widths) == expected


def test_two_tables_in_a_row_stay_two():
    text = "@layout form\n\n| a\n\n@columns 1\n| b\n"

    assert read_back(draft(text)) == text


def test_same_outline_gives_same_bytes():
    assert draft(CONTRACT) == draft(CONTRACT)


def test_lines_of_an_answer_are_not_stretched_to_the_margin():
    settings = member(draft(CONTRACT), "word/settings.xml")

    assert "<w:compat><w:doNotExpandShiftReturn/>" in settings


def test_tags_stay_in_one_run():
    body = etree.fromstring(member(draft(CONTRACT), "word/document.xml").encode())
    texts = [node.text for node in body.iter("{*}t")]

    assert [text for text in texts if text.count("{") != text.count("}")] == []
    assert any("{{ license.fee|capitals }}" in text for text in texts)


def test_contract_counts_pages_and_notice_does_not():
    contract, notice = (
        draft(CONTRACT.replace("contract", layout, 1))
        for layout in ("contract", "notice")
    )

    assert "NUMPAGES" in member(contract, "word/footer-default.xml")
    assert "NUMPAGES" not in member(notice, "word/footer-default.xml")
    assert '<w:jc w:val="left"/>' in member(notice, "word/footer-even.xml")


def test_official_layout_has_sizes_of_gbt_9704():
    content = draft("@layout notice\n# 公示\n正文\n")
    section = member(content, "word/document.xml").partition("<w:pgMar")[2]
    millimeters = {
        side: round(int(section.partition(f'w:{side}="')[2].split('"')[0]) / 56.69)
        for side in ("top", "left", "right", "bottom")
    }

    assert millimeters == {"top": 37, "left": 28, "right": 26, "bottom": 35}


def test_every_part_is_well_formed_and_language_is_chinese():
    content = draft(CONTRACT)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))

    assert 'w:eastAsia="zh-CN"' in member(content, "word/styles.xml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("正文\n", "大纲第1行有误：首行须为 @layout contract|notice|form|letter。"),
        ("@layout form\n@columns 1 2\n| a\n", "大纲第3行有误：应为2格，实为1格。"),
        ("@layout form\n@size 3\n", "大纲第2行有误：不认识的设置。"),
        ("@layout form\n| < | a\n", "大纲第2行有误：首格左边没有可合并的格。"),
    ],
    ids=["no-layout", "cell-count", "unknown-setting", "nothing-to-merge"],
)
def test_bad_outline_names_the_line(text, message):
    with pytest.raises(AssemblyError) as refusal:
        draft(text)

    assert [(f.code, f.message) for f in refusal.value.faults] == [("E-AS-60", message)]


def test_commands_write_and_print(tmp_path, capsys):
    source = tmp_path / "paper.outline.txt"
    source.write_text(CONTRACT, encoding="utf-8")

    assert main(["draft", str(source)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'paper.docx'}\n"
    assert main(["outline", str(tmp_path / "paper.docx")]) == 0
    assert capsys.readouterr().out == CONTRACT


def test_command_refuses_with_exit_code_2(tmp_path, capsys):
    source = tmp_path / "paper.outline.txt"
    source.write_text("正文\n", encoding="utf-8")

    assert main(["draft", str(source)]) == 2
    assert capsys.readouterr().err.startswith("E-AS-60 大纲第1行有误")
