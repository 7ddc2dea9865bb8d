"""The allow-list of template expressions, what they read, and their conditions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from assembly.errors import AssemblyError
from assembly.expressions import (
    check,
    compile_condition,
    environment,
    possible,
    references,
)


def reasons(source: str) -> list[str]:
    return [fault.message for fault in check(source)]


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        (
            "{{ x.__class__ }}",
            "变量名“__class__”只能用英文字母、汉字、数字和单个下划线",
        ),
        ("{{ _x }}", "变量名“_x”只能用英文字母、汉字、数字和单个下划线"),
        ("{{ ｎame }}", "变量名“ｎame”只能用英文字母、汉字、数字和单个下划线"),
        ("{{ nаme }}", "变量名“nаme”只能用英文字母、汉字、数字和单个下划线"),
        ("{{ range(3) }}", "不支持调用"),
        ("{{ x.upper() }}", "不支持调用"),
        ("{{ 'a' * 9 }}", "不支持乘号"),
        ("{{ 2 ** 9 }}", "不支持乘方"),
        ("{{ x ~ y }}", "不支持连接号 ~"),
        ("{{ x['a'] }}", "不支持方括号取值"),
        ("{{ x[1:2] }}", "不支持方括号取值"),
        ("{{ {'a': 1} }}", "不支持字典"),
        ("{{ [1] }}", "不支持列表"),
        ("{{ x|attr('y') }}", "没有名为“attr”的过滤器"),
        ("{{ x|safe }}", "没有名为“safe”的过滤器"),
        ("{{ x is callable }}", "is 之后只能写 none 或 defined"),
        ("{{ 9999999999999999 }}", "数字常量过大"),
        ("{{ self }}", "“self”是保留字"),
        ("{{ loop.cycle }}", "loop 只有 index、first、last"),
        ("{{ 'a'.b }}", "点号只能跟在变量名之后"),
        ("{{ x in [y] }}", "in 之后的列表只能写常量"),
        ("{{ x ! }}", "写法有误，无法读懂"),
        ("{{ }}", "写法有误，无法读懂"),
        ("{% set x = 1 %}", "不支持语句“set”"),
        ("{% include 'x' %}", "不支持语句“include”"),
        ("{% raw %}", "不支持语句“raw”"),
    ],
)
def test_check_refuses_what_the_dialect_lacks(tag, reason):
    assert reasons(tag) == [f"标签 {tag} 不能使用：{reason}。"]


@pytest.mark.parametrize(
    "source", ["{{ x }", "{% if x %}", "{% endif %}", "{% if x %}{% endfor %}"]
)
def test_check_refuses_an_unbalanced_source(source):
    assert reasons(source) == ["标签不配对或没有写完（第1行）。"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ unit.name }}",
        "{{ 甲方 }}",
        "{% if a and not (b or c.d) %}x{% elif e > 3 %}y{% else %}z{% endif %}",
        "{% for row in table %}{{ loop.index }}{{ row.name }}{% endfor %}",
        "{% for m in team.members %}{% for p in m.papers %}{{ p }}{% endfor %}{% endfor %}",
        "{{ a if b else c }}",
        "{{ a + b - 1 }}",
        "{% if kind in ['a', 'b'] %}x{% endif %}",
        "{% if x is none or y is defined %}x{% endif %}",
        "{# {{ __import__('os') }} #}",
        "<w:t>{{ x }}</w:t>",
        '<w:t xml:space="preserve">第{{ x }}页</w:t>',
        "<dc:title>{{ x }}</dc:title>",
    ],
)
def test_check_accepts_the_dialect(source):
    assert check(source) == []


def test_check_tells_every_fault_with_its_tag():
    faults = check("{{ a() }}{{ ok }}{% set x %}{{ b[0] }}")

    assert [(one.code, one.quote) for one in faults] == [
        ("E-AS-20", "{{ a() }}"),
        ("E-AS-20", "{% set x %}"),
        ("E-AS-20", "{{ b[0] }}"),
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            "{% for a in rows %}{% for b in rows %}{% endfor %}{% endfor %}",
            "内层循环只能读外层这一行的表格（a.…）",
        ),
        (
            "{% for a in r %}{% for b in a.r %}{% for c in b.r %}{% for d in c.r %}"
            "{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "循环嵌套超过3层",
        ),
        (
            "{% for a in r %}{% for a in a.r %}{% endfor %}{% endfor %}",
            "内外两层循环都用了变量名“a”",
        ),
    ],
)
def test_check_keeps_the_work_of_loops_linear(source, reason):
    assert [message.split("：")[1] for message in reasons(source)] == [f"{reason}。"]


def test_references_resolve_loops_and_collect_guards():
    source = (
        "{{ unit.name }}\n{% if license.fee > 0 %}\n{% for item in ip_items %}"
        "{{ item.number }}{{ loop.index }}{% endfor %}{% elif x %}{{ y }}"
        "{% else %}{{ z }}{% endif %}"
    )

    found = [
        (one.path, one.use, one.line, [str(guard) for guard in one.guards])
        for one in references(source)
    ]

    assert found == [
        ("unit.name", "print", 1, []),
        ("license.fee", "condition", 2, []),
        ("ip_items", "loop", 3, ["license.fee > 0"]),
        ("ip_items[].number", "print", 3, ["license.fee > 0", "item in ip_items"]),
        ("x", "condition", 3, ["not (license.fee > 0)"]),
        ("y", "print", 3, ["not (license.fee > 0)", "x"]),
        ("z", "print", 3, ["not (license.fee > 0)", "not (x)"]),
    ]


@pytest.mark.parametrize(
    ("answers", "truth"),
    [
        ({}, None),
        ({"fee": 0}, False),
        ({"fee": 5}, None),
        ({"fee": 5, "items": []}, False),
        ({"fee": 5, "items": [{"kind": "secret"}]}, False),
        ({"fee": 5, "items": [{"kind": "secret"}, {}]}, None),
        ({"fee": 5, "items": [{"kind": "secret"}, {"kind": "patent"}]}, True),
    ],
)
def test_possible_follows_answers_and_rows(answers, truth):
    source = (
        "{% if fee > 0 %}{% for i in items %}{% if i.kind == 'patent' %}"
        "{{ i.number }}{% endif %}{% endfor %}{% endif %}"
    )
    place = references(source)[-1]

    assert place.path == "items[].number"
    assert possible(place.guards, answers) is truth


@pytest.mark.parametrize(
    ("text", "answers", "truth"),
    [
        ("a and b", {"a": False}, False),
        ("b and a", {"a": False}, False),
        ("a and b", {"a": True}, None),
        ("a or b", {"b": True}, True),
        ("not a", {}, None),
        ("a == 'x'", {"a": "x"}, True),
        ("a in ['x', 'y']", {"a": "z"}, False),
        ("1 < a < 3", {"a": 5}, False),
        ("a is none", {"a": None}, True),
        ("a > 1", {"a": None}, None),
        ("(a if b else c) == 1", {"b": False, "c": 1}, True),
        ("a.b - 1 > -2", {"a": {"b": 0}}, True),
    ],
)
def test_condition_answers_yes_no_or_unknown(text, answers, truth):
    assert compile_condition(text).truth(answers) is truth


def test_condition_over_complete_data_refuses_what_it_cannot_tell():
    with pytest.raises(AssemblyError) as refusal:
        compile_condition("a > 1").holds({"a": None})

    assert [fault.code for fault in refusal.value.faults] == ["E-AS-21"]


@pytest.mark.parametrize(
    "text", ["a()", "a }} {{ b", "a %}", "", "a.__class__", "a|attr('b')", "a, b"]
)
def test_compile_condition_refuses_what_the_dialect_lacks(text):
    with pytest.raises(AssemblyError) as refusal:
        compile_condition(text)

    assert {fault.code for fault in refusal.value.faults} == {"E-AS-20"}


def test_environment_reads_keys_only_and_has_no_globals():
    sandbox = environment()

    assert sandbox.globals == {}
    assert sorted(sandbox.tests) == ["defined", "none"]
    rendered = sandbox.from_string("{{ a.items }}{{ b }}{{ c }}").render(
        a={"items": "<&\"'"}, b=None, c=3
    )
    assert rendered == "&lt;&amp;&#34;&#39;无3"


NAMES = ("flag", "number", "code", "empty", "record.fee", "rows|count")
ATOMS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(["1", "0", "2.5", "'a'", "'b'", "true", "false", "none", "-3"]),
)


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    words = ["and", "or", "==", "!=", "<", "<=", ">", ">=", "+", "-"]
    binary = st.tuples(inner, st.sampled_from(words), inner)
    return st.one_of(
        binary.map(lambda parts: "({} {} {})".format(*parts)),
        inner.map(lambda text: f"(not {text})"),
        inner.map(lambda text: f"({text} in ['a', 1, none])"),
        inner.map(lambda text: f"({text} is none)"),
        st.tuples(inner, inner, inner).map(lambda p: "({} if {} else {})".format(*p)),
    )


EXPRESSIONS = st.recursive(ATOMS, _joined, max_leaves=8)
COMPLETE = {
    "flag": True,
    "number": 3,
    "code": "a",
    "empty": None,
    "record": {"fee": 0},
    "rows": [{"x": 1}],
}


@given(text=EXPRESSIONS)
@settings(max_examples=400, deadline=None)
def test_condition_answers_as_the_template_would(text):
    source = "{% if " + text + " %}yes{% else %}no{% endif %}"
    try:
        printed = environment().from_string(source).render(COMPLETE)
    except (TypeError, UndefinedError):
        return  # a template stops there; a condition may still be decided

    truth = compile_condition(text).truth(COMPLETE)

    assert printed == {True: "yes", False: "no"}[truth]


@given(text=EXPRESSIONS, known=st.sets(st.sampled_from(sorted(COMPLETE))))
@settings(max_examples=400, deadline=None)
def test_answer_that_is_told_early_never_changes(text, known):
    condition = compile_condition(text)

    early = condition.truth({name: COMPLETE[name] for name in known})

    assert early in {None, condition.truth(COMPLETE)}


@given(text=EXPRESSIONS)
@settings(max_examples=200, deadline=None)
def test_text_of_a_condition_reads_the_same_again(text):
    condition = compile_condition(text)

    again = compile_condition(condition.text)

    assert again.text == condition.text
    assert again.truth(COMPLETE) is condition.truth(COMPLETE)
