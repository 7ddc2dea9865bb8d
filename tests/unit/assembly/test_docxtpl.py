"""Our result equals docxtpl's own, tag by tag, for every tag that docxtpl has."""

import pytest

from assembly import Template
from tests.factories.papers import word_file
from tests.unit.assembly.docxtpl_comparison import differences

DATA = {
    "name": "柳州<示例>&“公司”",
    "lines": "一\n二\t三",
    "is_open": True,
    "is_shut": False,
    "empty": [],
    "width": 2,
    "color": "EEDDCC",
    "rows": [
        {"name": "甲", "n": 1, "parts": ["a", "b"]},
        {"name": "乙", "n": 2, "parts": []},
    ],
    "columns": ["一", "二", "三", "四"],
}
BODIES = {
    "value": ("{{ name }}在{{ lines }}",),
    "condition in a line": ("前{% if is_shut %}甲{% else %}乙{% endif %}后",),
    "loop in a line": ("{% for row in rows %}{{ row.name }}、{% endfor %}",),
    "paragraph tags": (
        "{%p if is_open %}",
        "是{{ name }}",
        "{%p else %}",
        "否",
        "{%p endif %}",
        "{%p for row in rows %}",
        "{{ loop.index }}{{ row.name }}",
        "{%p endfor %}",
        "{%p for row in empty %}",
        "从不",
        "{%p endfor %}",
    ),
    "loop over paragraphs": (
        "甲{% for row in rows %}乙",
        "丙{{ row.n }}{% endfor %}丁",
    ),
    "merged with the paragraphs beside": (
        "前",
        "{%- if is_open -%}",
        "后",
        "{%- endif %}",
    ),
    "run tags": ("{%r if is_open %}甲{%r endif %}",),
    "comments": ("甲{# 说明 #}乙", "{#p 整段说明 #}", "丙"),
    "braces that are text": ("{_{ 不是标签 }_} {_% 也不是 %_}",),
    "quotes of a Chinese keyboard": ("{% if name == “甲” %}甲{% endif %}乙",),
    "row tags": (
        [
            ["{%tr for row in rows %}", ""],
            ["{{ row.name }}", "{{ row.n }}"],
            ["{%tr endfor %}", ""],
        ],
    ),
    "row tags within row tags": (
        [
            ["{%tr for row in rows %}", ""],
            ["{{ row.name }}", ""],
            ["{%tr for part in row.parts %}", ""],
            ["", "{{ part }}"],
            ["{%tr endfor %}", ""],
            ["{%tr endfor %}", ""],
        ],
    ),
    "row that may be missing": (
        [["{%tr if is_shut %}", ""], ["甲", "乙"], ["{%tr endif %}", ""], ["丙", "丁"]],
    ),
    "loop over the cells of a row": (
        [["{% for row in rows %}{{ row.name }}", "{{ row.n }}{% endfor %}"]],
    ),
    "cell tags": (
        [
            ["{%tc for one in columns %}", "{{ one }}", "{%tc endfor %}"],
            ["{%tc for one in columns %}", "{{ loop.index }}", "{%tc endfor %}"],
        ],
    ),
    "fewer cells than columns": (
        [["{%tc if is_shut %}", "甲", "{%tc endif %}", "乙"]],
    ),
    "span": ([["{% colspan width %}{{ name }}"], ["甲"]],),
    "color": ([["{% cellbg color %}{{ name }}", "乙"]],),
    "merged downwards": (
        [
            ["{%tr for row in rows %}", ""],
            ["{% vm %}合并", "{{ row.name }}"],
            ["{%tr endfor %}", ""],
        ],
    ),
    "merged sideways": (
        [
            ["{%tc for one in columns %}", "{% hm %}标题", "{%tc endfor %}"],
            ["{%tc for one in columns %}", "{{ one }}", "{%tc endfor %}"],
        ],
    ),
}
SLOW = {
    "loop over the cells of a row",
    "cell tags",
    "fewer cells than columns",
    "span",
    "merged sideways",
}


@pytest.mark.parametrize("title", BODIES)
def test_result_equals_docxtpl_s(title):
    assert differences(word_file(*BODIES[title]), DATA) == []


@pytest.mark.parametrize("title", BODIES)
def test_only_columns_that_the_data_decide_take_the_slow_path(title):
    path = Template(word_file(*BODIES[title]), "模板.docx").path

    assert path == ("docxtpl" if title in SLOW else "fast")


def everywhere(document):
    section = document.sections[0]
    section.header.paragraphs[0].text = "页眉 {{ name }}"
    section.footer.paragraphs[0].text = "页脚 {% if is_open %}{{ width }}{% endif %}"
    document.core_properties.title = "{{ color }}合同"
    document.core_properties.comments = "{% if is_shut %}无{% endif %}说明"


def split_tag(document):
    paragraph = document.paragraphs[0]
    for text in ("{", "{ na", "me }", "} 之后"):
        paragraph.add_run(text).bold = len(text) > 1


@pytest.mark.parametrize("change", [everywhere, split_tag])
def test_result_equals_docxtpl_s_outside_the_body_and_over_runs(change):
    assert differences(word_file("前：", change=change), DATA) == []
