"""Binding: all faults at once, only what matters is required, unknown keys told."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import AssemblyError
from assembly.values import Money
from tests.factories.needs import EXPIRY, ROW, paper_of


def bind(source, data, text=""):
    return paper_of(source, text)[1].bind(data)


def faults(source, data, text=""):
    with pytest.raises(AssemblyError) as refused:
        bind(source, data, text)
    return [(one.code, one.field) for one in refused.value.faults]


def test_context_holds_what_the_template_reads_and_nothing_else():
    data = {
        "unit": {"name": "示例大学", "email": "a@example.com"},
        "license": {"fee": "3,200,000"},
        "papers": {"D-22": {}},
    }

    assert bind("{{ unit.name }}{{ license.fee|capitals }}", data) == {
        "unit": {"name": "示例大学"},
        "license": {"fee": Money("3200000.00")},
        "clause": {},
    }


def test_missing_values_are_named_in_one_fault():
    source = (
        "{{ unit.name }}{{ unit.email }}{% for i in ip_items %}{{ i.name }}{% endfor %}"
    )
    with pytest.raises(AssemblyError) as refused:
        bind(source, {})

    (fault,) = refused.value.faults
    assert fault.code == "E-AS-01"
    assert fault.message == "必填变量未填写：单位·名称、知识产权。"
    assert fault.field == "unit.name,ip_items"


@pytest.mark.parametrize("blank", [None, "", "   ", "\n"])
def test_blank_counts_as_not_filled(blank):
    assert faults("{{ unit.name }}", {"unit": {"name": blank}}) == [
        ("E-AS-01", "unit.name")
    ]
    assert bind("{{ unit.email }}", {"unit": {"email": blank}})["unit"] == {
        "email": None
    }


def test_all_faults_are_told_with_their_paths():
    source = (
        "{{ unit.name }}{{ license.fee }}{{ license.ends_on }}"
        "{% for i in ip_items %}{{ i.kind }}{{ i.number }}{{ i.name }}{% endfor %}"
    )
    data = {
        "unti": 1,
        "clause": {},
        "unit": {"name": "a\nb", "fax": "1"},
        "license": {"fee": "1.234", "ends_on": "2026-02-30"},
        "ip_items": [ROW, {**ROW, "number": None}, {"kind": "x", "name": ""}],
    }

    assert faults(source, data) == [
        ("E-AS-01", "ip_items[2].name"),
        ("E-AS-42", "clause"),
        ("E-AS-42", "unti"),
        ("E-AS-45", "unit.name"),
        ("E-AS-42", "unit.fax"),
        ("E-AS-56", "ip_items[1]"),
        ("E-AS-50", "ip_items[2].kind"),
        ("E-AS-47", "license.ends_on"),
        ("E-AS-03", "license.fee"),
    ]


def test_unknown_key_comes_with_the_nearest_name():
    with pytest.raises(AssemblyError) as refused:
        bind("{{ unit.name }}", {"unit": {"nmae": "示例大学", "name": "示例大学"}})

    assert refused.value.faults[0].message == (
        "不认识的数据项“unit.nmae”，是否应为“name”。"
    )


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ([], "E-AS-43", ""),
        ("x", "E-AS-43", ""),
        ({"unit": "示例大学"}, "E-AS-43", "unit"),
        ({"unit": {"name": "甲"}, "ip_items": {}}, "E-AS-43", "ip_items"),
        ({"unit": {"name": "甲"}, "ip_items": "abc"}, "E-AS-43", "ip_items"),
        ({"unit": {"name": "甲"}, "ip_items": [1]}, "E-AS-43", "ip_items[0]"),
        ({"unit": {"name": "甲"}, "ip_items": [ROW] * 4}, "E-AS-55", "ip_items"),
    ],
)
def test_wrong_shape_is_refused_where_it_stands(data, code, field):
    source = "{{ unit.name }}{% for i in ip_items %}{{ i.name }}{% endfor %}"

    assert (code, field) in faults(source, data)


def test_too_few_rows_are_told():
    text = "[variables.ip_items]\nmin_rows = 2\n"
    source = "{% for i in ip_items %}{{ i.name }}{% endfor %}"

    assert faults(source, {"ip_items": [ROW]}, text) == [("E-AS-54", "ip_items")]


GUARDED = (
    "{% if license.kind == 'exclusive' %}{{ license.ends_on }}{% endif %}"
    "{% if license.is_sublicensable %}{{ license.share }}{% else %}{{ license.fee }}"
    "{% endif %}"
)


@pytest.mark.parametrize(
    ("license", "missing"),
    [
        ({}, "license.kind,license.is_sublicensable"),
        ({"kind": "ordinary", "is_sublicensable": False}, "license.fee"),
        ({"kind": "ordinary", "is_sublicensable": True}, "license.share"),
        ({"kind": "exclusive"}, "license.ends_on,license.is_sublicensable"),
    ],
)
def test_value_is_required_only_where_its_place_is_printed(license, missing):
    assert faults(GUARDED, {"license": license}) == [("E-AS-01", missing)]


def test_value_behind_a_false_condition_is_none():
    license = {"kind": "ordinary", "is_sublicensable": "否", "fee": 1}

    assert bind(GUARDED, {"license": license})["license"] == {
        "kind": "ordinary",
        "ends_on": None,
        "fee": Money("1.00"),
        "is_sublicensable": False,
        "share": None,
    }


def test_value_behind_a_condition_that_cannot_be_told_is_required():
    source = "{% if unit.email > 3 %}{{ unit.name }}{% endif %}"

    assert faults(source, {"unit": {}}) == [("E-AS-01", "unit.name")]


def test_cell_is_required_only_in_rows_that_print_it():
    source = (
        "{% for i in ip_items %}{% if i.kind == 'invention' %}{{ i.expires_on }}"
        "{% endif %}{% endfor %}"
    )
    rows = [
        {"kind": "know_how"},
        {"kind": "invention"},
        {"kind": "invention", "expires_on": "2030-01-01"},
    ]

    assert faults(source, {"ip_items": rows}) == [("E-AS-01", "ip_items[1].expires_on")]
    assert bind(source, {"ip_items": [rows[0], rows[2]]})["ip_items"] == [
        {"kind": "know_how", "expires_on": None},
        {"kind": "invention", "expires_on": date(2030, 1, 1)},
    ]


def test_cell_is_required_only_in_rows_that_a_filter_keeps():
    source = "{% for i in ip_items|where('kind', 'invention') %}{{ i.expires_on }}{% endfor %}"
    rows = [{"kind": "know_how"}, {"kind": "invention"}]

    assert faults(source, {"ip_items": rows}) == [("E-AS-01", "ip_items[1].expires_on")]


def test_value_inside_a_loop_over_another_table_is_required_with_its_rows():
    source = "{% for s in secrets %}{{ unit.name }}{% endfor %}"

    assert bind(source, {})["secrets"] == []
    assert faults(source, {"secrets": [{"bank": "甲行"}]}) == [("E-AS-01", "unit.name")]


def test_optional_record_that_is_not_given_has_empty_fields():
    assert bind("{{ agent.name }}{{ agent.account.bank }}", {})["agent"] == {
        "name": None,
        "account": {"bank": None},
    }
    assert faults("{{ agent.name }}", {"agent": {}}) == [("E-AS-01", "agent.name")]


def test_record_tested_as_a_whole_is_none_or_filled():
    source = "{% if agent %}{{ agent.name }}{% endif %}"

    assert bind(source, {})["agent"] is None
    assert bind(source, {"agent": {"name": "甲"}})["agent"] == {
        "name": "甲",
        "email": None,
    }


def test_condition_of_a_variable_itself_is_asked_first():
    text = '[variables.note]\ntype = "text"\nlabel = "说明"\nrequired = true\nwhen = "license.is_sublicensable"\n'

    assert faults("{{ note }}", {"license": {"is_sublicensable": True}}, text) == [
        ("E-AS-01", "note")
    ]
    assert (
        bind("{{ note }}", {"license": {"is_sublicensable": False}}, text)["note"]
        is None
    )


CLAUSE = "{% if clause.expiry %}{{ unit.name }}{% endif %}"


def test_clause_is_computed_from_its_condition():
    data = {
        "ip_items": [ROW | {"expires_on": "2030-01-01"}],
        "license": {"ends_on": "2040-01-01"},
    }

    assert faults(CLAUSE, data, EXPIRY) == [("E-AS-01", "unit.name")]
    data["license"]["ends_on"] = "2029-01-01"
    assert bind(CLAUSE, data, EXPIRY)["clause"] == {"expiry": False}


def test_clause_may_rest_on_an_earlier_one():
    text = EXPIRY + (
        '[[clauses]]\nname = "notice"\ntitle = "通知"\nwhen = "clause.expiry"\n'
        'why = "专利权先期满"\n'
    )
    data = {
        "ip_items": [ROW | {"expires_on": "2030-01-01"}],
        "license": {"ends_on": "2040-01-01"},
    }

    assert bind("{% if clause.notice %}x{% endif %}", data, text)["clause"] == {
        "expiry": True,
        "notice": True,
    }


def test_clause_without_a_condition_stands_always():
    text = '[[clauses]]\nname = "object"\ntitle = "标的"\n'

    assert bind("{% if clause.object %}x{% endif %}", {}, text)["clause"] == {
        "object": True
    }


def test_name_that_nobody_declares_is_a_fault_of_the_template():
    needs, _ = paper_of("{{ unit.name }}")
    assert needs.faults == ()
    for source, message in [
        (
            "{{ unti.name }}",
            "模板用到的“unti.name”不在变量词典和清单里，是否应为“unit”。",
        ),
        (
            "{{ unit.nmae }}",
            "模板用到的“unit.nmae”不在变量词典和清单里，是否应为“name”。",
        ),
        ("{{ clause.x }}", "模板用到的“clause.x”不在变量词典和清单里。"),
        (
            "{{ ip_items.name }}",
            "模板用到的“ip_items.name”不在变量词典和清单里（表格要逐行读取，记录不能逐行读取）。",
        ),
    ]:
        needs = paper_of(source)[0]
        assert [fault.message for fault in needs.faults] == [message]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(["unit", "license", "ip_items", "agent", "name", "fee", "kind"])
SHAPED = st.dictionaries(
    NAMES, JSON | st.dictionaries(NAMES, JSON) | st.lists(st.dictionaries(NAMES, JSON))
)
EVERYTHING = (
    CLAUSE + GUARDED + "{% if agent %}{{ agent.account.bank }}{% endif %}"
    "{% for i in ip_items %}{{ i.kind }}{{ i.number }}{% endfor %}"
)


@given(SHAPED)
def test_any_data_are_bound_or_refused_and_never_changed(data):
    before = copy.deepcopy(data)
    try:
        bind(EVERYTHING, data, EXPIRY)
    except AssemblyError as refused:
        assert refused.faults
        assert all(one.message for one in refused.faults)
    assert repr(data) == repr(before)
