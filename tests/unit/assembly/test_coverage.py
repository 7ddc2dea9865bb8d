"""Every combination of a template's conditions, rendered and judged."""

from itertools import combinations, product
from pathlib import Path

import pytest

from assembly.__main__ import main
from assembly.coverage import Coverage, Situations, cover
from assembly.coverage.pairing import pairs_covered
from assembly.dictionary import parse_dictionary
from assembly.expressions import references
from assembly.fields import reader_for
from assembly.guide import manifest_beside
from assembly.lint import lint
from assembly.manifest import parse_manifest
from assembly.needs import collect_needs
from assembly.samples import sample
from assembly.toml_file import parse_toml
from tests.papers import ROOT
from tests.unit.assembly.word_files import paragraph, word_file

TEMPLATES = sorted(ROOT.glob("templates_docx/*/*.docx"))
DICTIONARY = parse_dictionary(
    parse_toml(
        """
[groups]
G = "组"
[records.item]
name = { type = "text", label = "名称", required = true }
kind = { type = "choice", label = "类型", required = true, choices = [["a", "甲类"], ["b", "乙类"]] }
note = { type = "text", label = "备注" }
[variables.flag]
type = "boolean"
label = "标志"
required = true
group = "G"
[variables.kind]
type = "choice"
label = "种类"
choices = [["a", "甲"], ["b", "乙"], ["c", "丙"]]
required = true
group = "G"
[variables.note]
type = "text"
label = "备注"
group = "G"
[variables.fee]
type = "money"
label = "费用"
required = true
group = "G"
[variables.items]
type = "table"
record = "item"
label = "清单"
group = "G"
""",
        "variables.toml",
    )
)
MANIFEST = parse_manifest(
    parse_toml(
        """
instrument = "D-22"
title = "示例"
version = "1"
valid_from = 2026-01-01
layout = "contract"
[[clauses]]
name = "extra"
title = "补充"
when = "kind == 'b' and flag"
why = "种类为乙"
""",
        "x.toml",
    ),
    DICTIONARY,
)


def covered(*lines: str, most: int = 4096) -> Coverage:
    body = "".join(paragraph(line) for line in lines)
    return cover(word_file(body), MANIFEST, DICTIONARY, most)


def told(result: Coverage) -> list[tuple[str, int, str]]:
    return [(one.code, one.paragraph, one.message) for one in result.faults]


def test_every_combination_is_rendered():
    result = covered(
        "{{ kind }}{% if flag %}有{% else %}无{% endif %}",
        "{%p if clause.extra %}",
        "补充",
        "{%p endif %}",
        "{% if fee > 100 %}多{% else %}少{% endif %}",
        "共{% for item in items %}{{ item.name }}{% endfor %}。",
    )

    # flag 2 × kind (named or not) 2 × fee (sample, 99, 100, 101) 4 × rows 0, 1, 3.
    assert result == Coverage(2 * 2 * 4 * 3 * 2, {}, True, ())


def test_text_that_no_combination_shows_is_told():
    result = covered(
        "{{ flag }}{{ kind }}",
        "{% if kind == 'a' %}甲{% elif flag or not flag %}乙{% else %}丙丁{% endif %}。",
    )

    assert told(result) == [("E-AL-16", 2, "这些文字在任何情形下都不出现：“丙丁”。")]


def test_empty_paragraph_left_over_is_told_with_its_situation():
    result = covered("{% if flag %}有{% endif %}")

    assert told(result) == [("E-AL-18", 1, "在下列情形下会剩下空白段落：标志＝否。")]


def around(body: str, **others: str) -> list[tuple[str, str, int, str]]:
    result = cover(word_file(paragraph(body), **others), MANIFEST, DICTIONARY)
    return [(one.code, one.part, one.paragraph, one.message) for one in result.faults]


def test_text_that_no_header_shows_is_told_with_its_part():
    header = paragraph("{% if flag and not flag %}乙{% else %}合同{% endif %}")

    assert around("{{ flag }}", header=header) == [
        (
            "E-AL-16",
            "word/header.xml",
            1,
            "这些文字在任何情形下都不出现：“乙”。",
        )
    ]


def test_punctuation_left_over_in_a_footer_is_told():
    footer = paragraph("甲方：{% if flag %}有{% endif %}，第页")

    assert around("{{ flag }}", footer=footer) == [
        (
            "E-AL-21",
            "word/footer.xml",
            1,
            "在下列情形下会剩下多余的标点“：，”：标志＝否。",
        )
    ]


def test_empty_paragraph_in_a_header_is_told_where_another_stands_there():
    conditional = paragraph("{% if flag %}密{% endif %}")

    assert around("{{ flag }}", header=conditional) == []
    assert around("{{ flag }}", header=conditional + paragraph("合同")) == [
        (
            "E-AL-18",
            "word/header.xml",
            1,
            "在下列情形下会剩下空白段落：标志＝否。",
        )
    ]


def test_empty_paragraph_in_a_footnote_is_told_note_by_note():
    def note(number: int, *lines: str) -> str:
        inner = "".join(paragraph(line) for line in lines)
        return f'<w:footnote w:id="{number}">{inner}</w:footnote>'

    alone = note(1, "{% if flag %}注{% endif %}") + note(2, "另注")
    beside = note(1, "{% if flag %}注{% endif %}", "另注")

    assert around("{{ flag }}", footnotes=alone) == []
    assert around("{{ flag }}", footnotes=beside) == [
        (
            "E-AL-18",
            "word/footnotes.xml",
            1,
            "在下列情形下会剩下空白段落：标志＝否。",
        )
    ]


def test_failure_in_a_header_is_told_at_its_own_paragraph():
    header = paragraph("合同") + paragraph("见{{ ref.extra }}")
    body = paragraph("{%p if clause.extra %}") + paragraph("{{ article.extra }}　补充")
    body += paragraph("{%p endif %}")

    result = cover(word_file(body, header=header), MANIFEST, DICTIONARY)

    places = [(one.code, one.part, one.paragraph) for one in result.faults]
    assert places == [("E-AL-17", "word/header.xml", 2)]


def test_punctuation_left_over_is_told():
    result = covered("甲方：{% for item in items %}{{ item.name }}{% endfor %}，乙方。")

    assert told(result) == [
        ("E-AL-21", 1, "在下列情形下会剩下多余的标点“：，”：清单＝无行。")
    ]


def test_reference_to_a_clause_that_is_switched_off_is_told():
    result = covered(
        "{%p if clause.extra %}",
        "{{ article.extra }}　补充",
        "{%p endif %}",
        "见{{ ref.extra }}。",
    )

    assert told(result) == [
        (
            "E-AL-17",
            4,
            "在下列情形下组装失败：各项均取首选"
            "（E-AS-12 引用的条款“extra”没有出现在本文书中。）。",
        )
    ]


def test_articles_count_on_when_a_clause_is_switched_off():
    result = covered(
        "{{ article.one }}　一",
        "{%p if flag %}",
        "{{ article.two }}　二",
        "{%p endif %}",
        "{{ article.three }}　三，见{{ ref.one }}",
    )

    assert result.faults == ()


def test_condition_on_rows_is_taken_both_ways():
    result = covered(
        "共{% for item in items %}{{ loop.index }}"
        "{% if item.kind == 'a' and item.note is none %}空{% elif item.kind == 'a' %}满"
        "{% else %}乙{% endif %}{% endfor %}。"
    )

    assert result.faults == ()


def test_many_conditions_are_tried_in_pairs():
    lines = ["{{ kind }}{% if flag %}甲{% endif %}{% if note is none %}乙{% endif %}。"]
    lines += ["共{% for item in items %}{{ item.name }}{% endfor %}。"]

    result = covered(*lines, most=5)

    assert result.is_complete is False
    assert result.rendered < 24
    assert result.faults == ()


@pytest.mark.parametrize("counts", [[], [2], [2, 3], [3, 3, 3, 2], [2] * 12, [9, 4, 2]])
def test_pairs_covered_holds_every_pair(counts):
    rows = list(pairs_covered(counts))

    for first, second in combinations(range(len(counts)), 2):
        pairs = {(row[first], row[second]) for row in rows}
        assert pairs == set(product(range(counts[first]), range(counts[second])))
    assert len(rows) <= max(1, 2 * max([1, *counts]) ** 2 + len(counts))


def library_variables() -> list[object]:
    _, dictionary = manifest_beside(TEMPLATES[0]) or (None, DICTIONARY)
    return [
        pytest.param(one, id=f"{record}.{one.name}")
        for record, columns in dictionary.records.items()
        for one in columns.values()
        if one.type not in {"record", "table"}
    ]


@pytest.mark.parametrize("variable", library_variables())
def test_samples_are_what_the_variable_takes(variable):
    for number in (1, 2, 7):
        value = sample(variable, DICTIONARY, number)

        reader_for(variable)(value)
        assert sample(variable, DICTIONARY, number) == value


def test_situations_are_the_same_in_every_run():
    read = references("{% if flag %}{{ kind }}{% endif %}{{ note }}")
    needs = collect_needs(read, DICTIONARY, None)

    runs = [[one.words for one in Situations(needs, read)] for _ in range(2)]

    assert (
        runs[0]
        == runs[1]
        == [
            "各项均取首选",
            "其他选填项＝否",
            "标志＝否",
            "标志＝否；其他选填项＝否",
        ]
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_library_stands_in_every_situation(path: Path):
    manifest, dictionary = manifest_beside(path)

    assert lint(path, manifest, dictionary) == []
    result = cover(path.read_bytes(), manifest, dictionary, most=48)
    assert (result.refused, result.faults) == ({}, ())
    # Two short letters say the same in every situation.
    text = path.with_name(f"{path.stem}.outline.txt").read_text("utf-8")
    assert result.rendered >= (4 if " if " in text else 1)


def test_command_tells_faults_and_writes_a_commented_copy(tmp_path, capsys):
    path = tmp_path / "x.docx"
    path.write_bytes(word_file(paragraph("订金{{ a() }}")))

    status = main(["lint", str(path), "-o", str(tmp_path / "out.docx")])

    assert status == 2
    assert capsys.readouterr().out.splitlines() == [
        "E-AS-20 标签 {{ a() }} 不能使用：不支持调用。（word/document.xml 第 1 段）"
        "：订金{{ a() }}",
        'E-FP-10 应使用"定金"，不得写作"订金"。（word/document.xml 第 1 段）'
        "：订金{{ a() }}",
        "x.docx：2 处问题。",
    ]
    assert (tmp_path / "out.docx").stat().st_size > 0


def test_command_renders_every_combination_of_a_good_template(capsys):
    path = ROOT / "templates_docx/filing/contract_filing.docx"

    assert main(["lint", "--deep", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "已组装 8 份（全部情形）。",
        "contract_filing.docx：0 处问题。",
    ]


def test_command_names_a_file_that_is_not_there(capsys):
    assert main(["lint", "nothing.docx"]) == 2
    assert capsys.readouterr().err == "E-AS-04 找不到模板：nothing.docx。\n"
