"""The author's desk: every fault at once, with part, paragraph and quoted text."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from assembly.dictionary import parse_dictionary
from assembly.errors import Fault
from assembly.lint import commented_copy, lint
from assembly.manifest import parse_manifest
from assembly.package import read_package
from assembly.toml_file import parse_toml
from tests.papers import ROOT
from tests.unit.assembly.word_files import (
    STYLES,
    field,
    paragraph,
    split_paragraph,
    word_file,
)

TEMPLATES = sorted(ROOT.glob("templates_docx/*/*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def found(body: str, **others: str) -> list[tuple[str, int]]:
    """The codes of a template's faults with their paragraphs."""
    return [(one.code, one.paragraph) for one in lint(word_file(body, **others))]


def messages(body: str) -> list[str]:
    return [one.message for one in lint(word_file(body))]


def texts(*lines: str) -> str:
    return "".join(paragraph(line) for line in lines)


def deleted(text: str) -> str:
    return (
        '<w:p><w:del w:id="1" w:author="甲"><w:r>'
        f"<w:delText>{text}</w:delText></w:r></w:del></w:p>"
    )


def inserted(text: str) -> str:
    return (
        f'<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>'
    )


def row(*cells: str) -> str:
    inner = "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def test_good_template_has_no_faults():
    body = texts(
        "甲方：{{ unit.name }}",
        "{%p if clause.expiry %}",
        "{{ article.expiry }}　专利权期满",
        "{%p endif %}",
        "见{{ article.payment }}和{{ ref.payment }}，共{{ payments|count }}期。",
    )
    rows = table(
        row("{%tr for item in ip_items %}", ""),
        row("{{ loop.index }}", "{{ item.name }}"),
        row("{%tr endfor %}", ""),
    )

    assert found(body + rows + field("PAGE"), header=paragraph("{{ title }}")) == []


def test_all_faults_are_told_at_once_in_the_order_of_the_document():
    body = texts(
        "｛｛ name ｝｝", "{{ a() }}", "{% if x %}", "订金{{ fee }}元", "{{ half"
    )

    assert found(body) == [
        ("E-AL-03", 1),
        ("E-AL-03", 1),
        ("E-AS-20", 2),
        ("E-AL-05", 3),
        ("E-FP-10", 4),
        ("E-AL-04", 5),
    ]


def test_fault_names_part_paragraph_and_quotes_the_text():
    (fault,) = lint(word_file(texts("好"), header=texts("一", "编号{{ a[0] }}号")))

    assert fault == Fault(
        "E-AS-20",
        "标签 {{ a[0] }} 不能使用：不支持方括号取值。",
        part="word/header.xml",
        paragraph=2,
        quote="编号{{ a[0] }}号",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("｛｛ name }}", ["误用了全角符号“｛｛”，应写作半角 {{ 。", None]),
        ("{{ name ｝｝", ["误用了全角符号“｝｝”，应写作半角 }} 。", None]),
        ("｛% if x %｝", ["误用了全角符号“｛%”，应写作半角 {% 。", None]),
        ("{％ if x ％}", ["误用了全角符号“{％”，应写作半角 {% 。", None]),
        ("{{ a＋b }}", ["误用了全角符号“＋”，应写作半角 + 。", None]),
    ],
)
def test_full_width_signs(text, expected):
    told = messages(texts(text))

    assert told[0] == expected[0]
    assert len(told) >= 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["{% if a %}", "x", "{% endfor %}"], [("E-AL-05", 1), ("E-AL-05", 3)]),
        (["{% endif %}"], [("E-AL-05", 1)]),
        (["{% else %}"], [("E-AL-05", 1)]),
        (["{% if a %}", "{% for b in c %}", "{% endif %}"], [("E-AL-05", 2)]),
        (["{% for b in c %}", "{% if a %}"], [("E-AL-05", 1), ("E-AL-05", 2)]),
        (["{{ a", "b }}"], [("E-AL-04", 1), ("E-AL-04", 2)]),
        (["{{ a } }"], [("E-AL-04", 1)]),
        (["{% if a %"], [("E-AL-04", 1)]),
    ],
)
def test_every_unbalanced_tag_is_told(lines, expected):
    assert found(texts(*lines)) == expected


def test_tag_split_over_runs_is_joined():
    assert found(split_paragraph("甲", "{", "{ un", "it.na", "me }", "}")) == []


@pytest.mark.parametrize(
    ("between", "what"),
    [
        ("<w:r><w:tab/></w:r>", "制表符"),
        ("<w:r><w:br/></w:r>", "换行"),
        ('<w:bookmarkStart w:id="1" w:name="a"/>', "bookmarkStart"),
    ],
)
def test_tag_cut_by_something_else_is_told(between, what):
    cut = (
        f"<w:p><w:r><w:t>{{{{ a</w:t></w:r>{between}<w:r><w:t>b }}}}</w:t></w:r></w:p>"
    )

    assert messages(cut)[0] == (
        f"标签 {{{{ ab }}}} 被{what}隔断，无法连成一个；请删去重新输入。"
    )


def test_tag_reaching_into_a_link_is_told():
    cut = (
        "<w:p><w:r><w:t>{{ a</w:t></w:r>"
        '<w:hyperlink w:anchor="x"><w:r><w:t>b }}</w:t></w:r></w:hyperlink></w:p>'
    )

    assert found(cut)[0] == ("E-AL-06", 1)


def test_tags_in_tracked_changes_are_told():
    body = deleted("{{ a }}") + inserted("{{ b }}")

    assert found(body) == [("E-AL-07", 1), ("E-AL-07", 2)]


def test_text_beside_a_prefixed_tag_would_be_lost():
    body = texts("{%p if a %}留下我", "x", "{%p endif %}") + table(
        row("{%tr for i in t %}", "和我"),
        row("{{ i.a }}", ""),
        row("{%tr endfor %}", ""),
    )

    assert found(body) == [("E-AL-11", 1), ("E-AL-11", 4)]


def test_chinese_without_a_language_is_told_once_a_part():
    plain = STYLES.replace('w:eastAsia="zh-CN"', "")

    assert found(texts("English", "中文", "中文"), styles=plain) == [("E-AL-08", 2)]


def test_run_marked_as_another_language_is_told():
    run = '<w:p><w:r><w:rPr><w:lang w:eastAsia="ja-JP"/></w:rPr><w:t>中文</w:t></w:r></w:p>'

    assert found(run) == [("E-AL-08", 1)]


def test_run_may_say_its_language_itself():
    plain = STYLES.replace('w:eastAsia="zh-CN"', "")
    run = '<w:p><w:r><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t>中文</w:t></w:r></w:p>'

    assert found(run, styles=plain) == []


def test_gap_in_typed_article_numbers_is_told():
    body = texts("第一条　定义", "第三条　价款", "第四条　期限", "依照第一条执行")

    assert messages(body) == ["条号不连续：第一条之后是第三条。"]


def test_article_named_twice_and_reference_to_none_are_told():
    body = texts("{{ article.a }}", "{{ article.a }}", "见{{ ref.b }}", "见{{ ref.a }}")

    assert found(body) == [("E-AS-11", 2), ("E-AS-12", 3)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("乙方支付订金。", ["E-FP-10"]),
        ("乙方按5%提成。", ["E-AL-13"]),
        ("乙方按{{ rate }}分成。", ["E-AL-13"]),
        ("乙方按净销售额的5%提成。", []),
        ("甲方不向乙方承诺固定利润。", []),
        ("提成比例", []),
        ("提成比例为{{ x }}。", ["E-AL-13"]),
    ],
)
def test_words_of_payment(sentence, expected):
    assert [code for code, _ in found(texts(sentence))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "甲方：{{ a }}{% if b %}、{{ b }}{% endif %}，住所{{ c }}。",
        "{% if a %}一，{% endif %}二",
    ],
)
def test_conditions_that_leave_no_punctuation_over(text):
    assert found(texts(text)) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("甲方，{% if b %}{{ b }}{% endif %}，住所。", "，，"),
        ("{% if a %}{{ a }}{% endif %}、{{ b }}", "、"),
        ("地址：{% if a %}{{ a }}{% endif %}。", "：。"),
    ],
)
def test_punctuation_left_over_by_a_condition_is_told(text, mark):
    assert messages(texts(text)) == [
        f"标签里的内容不出现时，这里会剩下多余的标点“{mark}”。"
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["{% if a %}", "{% if not a %}", "x", "{% endif %}", "{% endif %}"], [2]),
        (["{% if 1 == 2 %}", "x", "{% endif %}"], [1]),
        (["{% if a == 'x' %}", "x", "{% elif a == 'x' %}", "y", "{% endif %}"], [3]),
        (["{% if a or not a %}", "x", "{% else %}", "y", "{% endif %}"], [3]),
        (
            [
                "{% if a is none %}",
                "{% if a == 'x' %}",
                "x",
                "{% endif %}",
                "{% endif %}",
            ],
            [2],
        ),
        (["{% if a == 'x' %}", "x", "{% elif a == 'y' %}", "y", "{% endif %}"], []),
        (["{% if a > 3 %}", "{% if a < 3 %}", "x", "{% endif %}", "{% endif %}"], []),
        (["{% if a %}", "x", "{% endif %}", "{% if not a %}", "x", "{% endif %}"], []),
    ],
)
def test_branch_that_no_answers_reach_is_told(lines, expected):
    assert found(texts(*lines)) == [("E-AL-09", number) for number in expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["甲{% if a %}{% endif %}乙"], [1]),
        (["{%p if a %}", "{%p endif %}"], [1]),
        (["{%p if a %}", "x", "{%p else %}", "", "{%p endif %}"], [3]),
        (["{%p if a %}", "x", "{%p endif %}"], []),
    ],
)
def test_branch_in_which_nothing_stands_is_told(lines, expected):
    assert found(texts(*lines)) == [("E-AL-20", number) for number in expected]


def test_condition_across_cells_is_told_by_the_compiler():
    body = table(row("{% if a %}x", "y{% endif %}"))

    assert [code for code, _ in found(body)] == ["W-AS-01"]


def test_refused_upload_has_only_the_faults_of_the_file():
    assert found(texts("{{ a() }}") + field("DDE x")) == [("E-AS-33", 0)]


def test_commented_copy_holds_each_fault_at_its_place():
    content = word_file(
        texts("好", "｛｛ a ｝｝", "{{ b() }}"), header=paragraph("{{ c() }}")
    )
    faults = lint(content)

    copy = read_package(commented_copy(content, faults))

    comments = etree.fromstring(copy.parts["word/comments.xml"])
    told = ["".join(one.itertext()) for one in comments]
    assert told == [
        "E-AL-03 误用了全角符号“｛｛”，应写作半角 {{ 。",
        "E-AL-03 误用了全角符号“｝｝”，应写作半角 }} 。",
        "E-AS-20 标签 {{ b() }} 不能使用：不支持调用。",
        "［word/header.xml 第1段：{{ c() }}］E-AS-20 标签 {{ c() }} 不能使用：不支持调用。",
    ]
    body = etree.fromstring(copy.parts["word/document.xml"])
    marked = [
        [one.get(f"{W}id") for one in line.iter(f"{W}commentRangeStart")]
        for line in body.iter(f"{W}p")
    ]
    assert marked == [["3"], ["1", "0"], ["2"]]
    assert (
        copy.parts["word/header.xml"] == read_package(content).parts["word/header.xml"]
    )


def test_commented_copy_keeps_comments_that_are_there():
    comment = '<w:comment w:id="7"><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:comment>'
    content = word_file(texts("{{ b() }}"), comments=comment)

    copy = read_package(commented_copy(content, lint(content)))

    comments = etree.fromstring(copy.parts["word/comments.xml"])
    assert [one.get(f"{W}id") for one in comments] == ["7", "8"]


def test_commented_copy_is_deterministic_and_valid():
    content = word_file(texts("{{ b() }}"))

    copies = [commented_copy(content, lint(content)) for _ in range(2)]

    assert copies[0] == copies[1]
    with zipfile.ZipFile(io.BytesIO(copies[0])) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_library_has_no_faults(path: Path):
    assert lint(path) == []


DICTIONARY = """
[groups]
G = "组"
[records.party]
name = { type = "text", label = "名称", required = true }
[variables.unit]
type = "record"
record = "party"
label = "单位"
group = "G"
[variables.kind]
type = "choice"
label = "种类"
choices = [["a", "甲"], ["b", "乙"]]
required = true
group = "G"
"""
MANIFEST = """
instrument = "D-14"
title = "示例"
version = "1"
valid_from = 2026-01-01
layout = "contract"
[variables.note]
type = "text"
label = "备注"
[[clauses]]
name = "expiry"
title = "专利权期满"
when = "kind == 'a'"
why = "种类为甲"
mandatory = true
[[clauses]]
name = "extra"
title = "补充"
when = "kind == 'b'"
why = "种类为乙"
"""


def declared(*lines: str, manifest: str = MANIFEST) -> list[tuple[str, str]]:
    """Codes and messages of a template with a manifest and a dictionary."""
    dictionary = parse_dictionary(parse_toml(DICTIONARY, "variables.toml"))
    known = parse_manifest(parse_toml(manifest, "x.toml"), dictionary)
    faults = lint(word_file(texts(*lines)), known, dictionary)
    return [(one.code, one.message) for one in faults]


GOOD = (
    "{{ unit.name }}{{ note }}",
    "{%p if clause.expiry %}",
    "期满",
    "{%p elif clause.extra %}",
    "补充",
    "{%p endif %}",
)


def test_declared_names_have_no_faults():
    assert declared(*GOOD) == []


def test_unknown_names_are_told_with_the_nearest_one():
    assert declared(*GOOD, "{{ unit.nmae }}{{ clause.expire }}{{ zzz }}") == [
        ("E-AL-01", "变量“unit.nmae”没有登记，是否应为“name”。"),
        ("E-AL-01", "变量“clause.expire”没有登记，是否应为“expiry”。"),
        ("E-AL-01", "变量“zzz”没有登记。"),
    ]


def test_without_a_dictionary_the_names_of_the_manifest_are_judged():
    dictionary = parse_dictionary(parse_toml(DICTIONARY, "variables.toml"))
    known = parse_manifest(parse_toml(MANIFEST, "x.toml"), dictionary)
    lines = (*GOOD[1:], "{{ other.name }}{{ note.text }}{{ clause.expire }}")

    found = lint(word_file(texts(*lines)), known)

    assert [(one.code, one.message) for one in found] == [
        ("E-AL-01", "变量“note.text”没有登记。"),
        ("E-AL-01", "变量“clause.expire”没有登记，是否应为“expiry”。"),
    ]


def test_unused_names_are_told():
    assert declared("{{ unit.name }}", *GOOD[1:3], "{%p endif %}") == [
        ("E-AL-02", "“note”已登记，但模板没有用到。"),
        ("E-AL-02", "“补充”已登记，但模板没有用到。"),
    ]


def test_mandatory_clause_without_a_place_is_told():
    lines = ("{{ note }}", "{%p if clause.extra %}", "补充", "{%p endif %}")

    assert declared(*lines) == [("E-EM-06", "协议缺少必备条款：专利权期满。")]


def test_items_that_the_law_demands_are_told():
    manifest = MANIFEST.replace("D-14", "D-09")

    assert declared(*GOOD, "收益分配，决策机制，费用分担", manifest=manifest) == [
        ("E-EM-06", "协议缺少必备条款：知识产权维持费用、各方权利义务。")
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("乙方保证年化收益率不低于8%的收益。", "保证年化收益率"),
        ("甲方每年取得固定分红。", "固定分红"),
        ("无论公司是否盈利，乙方均应支付。", "无论公司是否盈利，乙方均应支付"),
        ("甲方取得保底收益。", "保底收益"),
        ("任何一方不得承诺固定收益。", ""),
        ("各方不保证最低收益，共担风险。", ""),
    ],
)
def test_promise_of_a_fixed_return_is_told(sentence, words):
    expected = (
        [("E-AL-14", f"本文书不得承诺固定收益或保底：“{words}”。")] if words else []
    )

    assert declared(*GOOD, sentence) == expected


def test_choices_bound_what_a_branch_can_reach():
    lines = (
        "{% if kind == 'a' %}",
        "x",
        "{% elif kind == 'b' %}",
        "y",
        "{% else %}",
        "z",
        "{% endif %}",
    )

    assert declared(*GOOD, *lines) == [
        (
            "E-AL-09",
            '这一分支永远不会出现：not (kind == "a") 且 not (kind == "b")。',
        )
    ]


def test_clauses_are_followed_into_their_conditions():
    lines = (
        "{% if clause.expiry %}",
        "{% if kind == 'b' %}",
        "x",
        "{% endif %}",
        "{% endif %}",
    )

    assert declared(*GOOD, *lines) == [
        ("E-AL-09", '这一分支永远不会出现：clause.expiry 且 kind == "b"。')
    ]
