"""How values print, and what the named filters give."""

import copy
from datetime import date
from decimal import Decimal

import pytest

from assembly.filters import COLUMNS, FILTERS, FilterError, printed
from assembly.values import Choice, Money, Percent, Term

KINDS = (("ordinary", "普通许可"), ("exclusive", "独占许可"))
ORDINARY = Choice("ordinary", KINDS)
ROWS = [
    {"name": "甲", "kind": ORDINARY, "sum": Money("1.50"), "expires_on": None},
    {"name": None, "kind": None, "sum": None, "expires_on": date(2030, 1, 1)},
    {
        "name": "乙",
        "kind": Choice("exclusive", KINDS),
        "sum": Money("2"),
        "expires_on": date(2028, 1, 1),
    },
]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "无"),
        ("", "无"),
        ("文字", "文字"),
        (True, "是"),
        (False, "否"),
        (3, "3"),
        (Decimal("1E+2"), "100"),
        (Money("3200000"), "3,200,000.00"),
        (Money(0), "0.00"),
        (Percent("12.50"), "12.5%"),
        (Percent("100"), "100%"),
        (Percent("0.0001"), "0.0001%"),
        (date(2026, 3, 5), "2026年3月5日"),
        (ORDINARY, "普通许可"),
        ([ORDINARY, "x"], "普通许可、x"),
        ([], "无"),
        (Term(10, 6), "10年6个月"),
        (Term(days=30), "30日"),
    ],
    ids=str,
)
def test_value_is_printed(value, text):
    assert printed(value) == text


@pytest.mark.parametrize("value", [{}, {"a": 1}, [{}], object()])
def test_record_and_table_are_not_printed_whole(value):
    with pytest.raises(FilterError, match="记录和表格不能整个印出"):
        printed(value)


def test_values_keep_their_unit_and_compare_as_plain_ones():
    assert printed(100 - Percent("60.5")) == "39.5%"
    assert printed(Money("2") + Money("1.25") - 1) == "2.25"
    assert printed(1 + Money("2")) == "3.00"
    assert ORDINARY == "ordinary"
    assert Money("2.00") == 2
    for value in (ORDINARY, Term(1, 2, 3), Money("1"), Percent("2")):
        twin = copy.copy(value)
        assert (twin, type(twin), printed(twin)) == (value, type(value), printed(value))


@pytest.mark.parametrize(
    ("name", "value", "arguments", "result"),
    [
        ("capitals", Money("3200000"), (), "叁佰贰拾万元整"),
        ("capitals", None, (), None),
        ("chinese_date", date(2026, 3, 5), (), "二〇二六年三月五日"),
        ("chinese_date", None, (), None),
        ("chinese_month", date(2026, 3, 5), (), "二〇二六年三月"),
        ("chinese_month", None, (), None),
        ("years_after", date(2024, 2, 29), (10,), date(2034, 2, 28)),
        ("years_after", None, (10,), None),
        ("numeral", 102, (), "一百零二"),
        ("numeral", None, (), None),
        ("masked", "450202199001010015", (), "450202********0015"),
        ("masked", "13800138000", (), "138****8000"),
        ("masked", "6222000011112222", (), "************2222"),
        ("masked", None, (), None),
        ("or_else", None, ("另行约定",), "另行约定"),
        ("or_else", 0, ("另行约定",), 0),
        ("indented", "第一行\n第二行\r\n第三行", (), "第一行\n　　第二行\n　　第三行"),
        ("indented", "一行", (), "一行"),
        ("indented", None, (), None),
        ("checked", ORDINARY, ("ordinary",), "■"),
        ("checked", ORDINARY, ("exclusive",), "□"),
        ("checked", None, ("ordinary",), "□"),
        ("checked", [ORDINARY], ("ordinary",), "■"),
        ("checked", True, (True,), "■"),
        ("checkboxes", ORDINARY, (), "■普通许可 □独占许可"),
        ("checkboxes", [ORDINARY], (), "■普通许可 □独占许可"),
        ("checkboxes", False, (), "□是 ■否"),
        ("checkboxes", None, (), "□是 □否"),
        ("joined", ROWS, ("name",), "甲、乙"),
        ("joined", ROWS, ("kind",), "普通许可、独占许可"),
        ("joined", [], ("name",), None),
        ("joined", None, ("name",), None),
        ("count", ROWS, (), 3),
        ("count", None, (), 0),
        ("total", ROWS, ("sum",), Money("3.50")),
        ("total", [], ("sum",), None),
        ("where", ROWS, ("kind", "ordinary"), ROWS[:1]),
        ("where", None, ("kind", "ordinary"), []),
        ("where_not", ROWS, ("kind", "ordinary"), ROWS[1:]),
        ("any_where", ROWS, ("kind", "exclusive"), True),
        ("any_where", ROWS, ("kind", "sole"), False),
        ("any_where", [{"left": False}], ("left",), False),
        ("any_where", [{"left": True}], ("left",), True),
        ("any_where", [{"sum": Money(0)}], ("sum",), True),
        ("all_where", ROWS, ("name",), False),
        ("all_where", ROWS[:1], ("kind", "ordinary"), True),
        ("any_expiring_before", ROWS, (date(2029, 1, 1),), True),
        ("any_expiring_before", ROWS, (date(2027, 1, 1),), False),
        ("any_expiring_before", ROWS, (None,), False),
        ("any_expiring_before", None, (date(2027, 1, 1),), False),
        ("earliest", ROWS, ("expires_on",), date(2028, 1, 1)),
        ("latest", ROWS, ("expires_on",), date(2030, 1, 1)),
        ("latest", [], ("expires_on",), None),
    ],
)
def test_filter_gives(name, value, arguments, result):
    given = FILTERS[name](value, *arguments)

    assert (given, type(given)) == (result, type(result))


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("capitals", "12", ()),
        ("capitals", True, ()),
        ("chinese_date", "2026-03-05", ()),
        ("chinese_month", 3, ()),
        ("years_after", "x", (1,)),
        ("numeral", True, ()),
        ("numeral", Money("1"), ()),
        ("checkboxes", "ordinary", ()),
        ("checkboxes", [], ()),
    ],
)
def test_filter_refuses_what_it_is_not_for(name, value, arguments):
    with pytest.raises(FilterError, match="只用于"):
        FILTERS[name](value, *arguments)


def test_capitals_that_differ_from_the_figures_are_never_printed(monkeypatch):
    monkeypatch.setattr("assembly.filters.in_capitals", lambda _: "壹元整")

    with pytest.raises(FilterError, match="金额的大写与小写不等"):
        FILTERS["capitals"](Money("2"))


def test_filters_that_read_columns_say_which():
    assert set(COLUMNS) <= set(FILTERS)
