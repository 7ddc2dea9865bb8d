"""Every type of variable: what it takes, what it refuses, hostile values."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assembly.dictionary import TYPES, Variable
from assembly.fields import reader_for
from assembly.fields.ip_item import check_ip_item
from assembly.fields.refusal import Refusal, shown
from assembly.filters import FILTERS, printed
from assembly.messages import MESSAGES
from assembly.values import Choice, Money, Percent, Term

OPTIONS = (("ordinary", "普通许可"), ("exclusive", "独占许可"))


def reader(kind, **attributes):
    if kind == "choice":
        attributes.setdefault("choices", OPTIONS)
    return reader_for(Variable("x", kind, "标签", **attributes))


def refusal(kind, value, **attributes):
    with pytest.raises(Refusal) as caught:
        reader(kind, **attributes)(value)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  示例  ", "示例"),
        ("text", "x<y&\"'{{ z }}", "x<y&\"'{{ z }}"),
        ("long_text", "一\r\n二\r三", "一\n二\n三"),
        ("money", "3,200,000.00", Money("3200000.00")),
        ("money", "３２００", Money("3200.00")),
        ("money", 3200, Money("3200.00")),
        ("money", 0.1, Money("0.10")),
        ("money", Decimal("12.5"), Money("12.50")),
        ("money", Decimal("1E+3"), Money("1000.00")),
        ("percent", "12.5", Percent("12.5")),
        ("percent", "12.5%", Percent("12.5")),
        ("percent", "１２．５％", Percent("12.5")),
        ("percent", 100, Percent("100")),
        ("percent", "0.0001", Percent("0.0001")),
        ("date", "2026-03-05", date(2026, 3, 5)),
        ("date", " 2024-02-29 ", date(2024, 2, 29)),
        ("date", date(2026, 3, 5), date(2026, 3, 5)),
        ("integer", "12", 12),
        ("integer", 0, 0),
        ("boolean", True, True),
        ("boolean", "否", False),
        ("boolean", "YES", True),
        ("choice", "exclusive", Choice("exclusive", OPTIONS)),
        ("choice", "独占许可", Choice("exclusive", OPTIONS)),
        ("term", "10年", Term(10)),
        ("term", "一年六个月", Term(1, 6)),
        ("term", "30天", Term(days=30)),
        ("term", {"years": 2, "days": 3}, Term(2, 0, 3)),
        ("term", Term(1), Term(1)),
        ("credit_code", " 91450200ma5n0000x2 ", "91450200MA5N0000X2"),
        ("identity_number", "450202199001010015", "450202199001010015"),
        ("patent_number", "CN2017106018623", "201710601862.3"),
        ("patent_number", "zl201710601862.3", "ZL201710601862.3"),
        ("phone", "138 0013 8000", "13800138000"),
        ("phone", "（0772）2800000", "0772-2800000"),
        ("phone", "+86 772 2800000", "0772-2800000"),
        ("phone", "0772-2800000转12", "0772-2800000-12"),
        ("phone", "400 123 4567", "400-123-4567"),
        ("email", "zhang.shili@example.com", "zhang.shili@example.com"),
    ],
)
def test_value_is_read(kind, raw, value):
    given = reader(kind)(raw)

    assert (given, type(given)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("text", 3, "E-AS-43"),
        ("text", "a\nb", "E-AS-45"),
        ("text", "a\tb", "E-AS-45"),
        ("text", "a\x00b", "E-AS-08"),
        ("text", "a\ue0a0b", "E-AS-08"),
        ("text", "a\u202eb", "E-AS-08"),
        ("text", "a\ud800b", "E-AS-08"),
        ("long_text", "a\x0bb", "E-AS-08"),
        ("long_text", ["a"], "E-AS-43"),
        ("money", "3200000.001", "E-AS-03"),
        ("money", "100.000", "E-AS-03"),
        ("money", Decimal("0.001"), "E-AS-03"),
        ("money", Decimal("NaN"), "E-AS-03"),
        ("money", Decimal("-0"), "E-AS-03"),
        ("money", -1, "E-AS-03"),
        ("money", "1e5", "E-AS-03"),
        ("money", 1e300, "E-AS-03"),
        ("money", float("inf"), "E-AS-03"),
        ("money", True, "E-AS-03"),
        ("money", "10000000000000000", "E-AS-03"),
        ("money", "叁佰元", "E-AS-03"),
        ("percent", "100.0001", "E-AS-46"),
        ("percent", "1.00001", "E-AS-46"),
        ("percent", "-1", "E-AS-46"),
        ("percent", "", "E-AS-46"),
        ("percent", True, "E-AS-46"),
        ("date", "2026-02-29", "E-AS-47"),
        ("date", "2026-13-01", "E-AS-47"),
        ("date", "20260305", "E-AS-47"),
        ("date", "2026-W10-4", "E-AS-47"),
        ("date", "2026年3月5日", "E-AS-47"),
        ("date", "0226-03-05", "E-AS-47"),
        ("date", datetime(2026, 3, 5), "E-AS-47"),
        ("date", 20260305, "E-AS-47"),
        ("integer", "1.5", "E-AS-48"),
        ("integer", -1, "E-AS-48"),
        ("integer", True, "E-AS-48"),
        ("integer", "9" * 5000, "E-AS-48"),
        ("boolean", 1, "E-AS-49"),
        ("boolean", "也许", "E-AS-49"),
        ("choice", "sole", "E-AS-50"),
        ("choice", None, "E-AS-50"),
        ("choice", 0, "E-AS-50"),
        ("term", "永久", "E-AS-51"),
        ("term", "0年", "E-AS-51"),
        ("term", "年", "E-AS-51"),
        ("term", "一十百年", "E-AS-51"),
        ("term", {"years": -1}, "E-AS-51"),
        ("term", {"weeks": 1}, "E-AS-51"),
        ("term", {"years": 10**9}, "E-AS-51"),
        ("term", 10, "E-AS-51"),
        ("credit_code", "91450200MA5N0000X3", "E-ID-01"),
        ("credit_code", 91450200, "E-AS-43"),
        ("identity_number", "450202199002300015", "E-ID-02"),
        ("patent_number", "201710601862.4", "E-ID-03"),
        ("patent_number", "2017", "E-ID-04"),
        ("phone", "12345", "E-AS-52"),
        ("email", "a@b", "E-AS-53"),
        ("email", "a..b@example.com", "E-AS-53"),
        ("email", "a@" + "b" * 300 + ".cn", "E-AS-53"),
    ],
)
def test_value_is_refused(kind, raw, code):
    assert refusal(kind, raw).code == code


def test_limits_of_a_variable_are_kept():
    assert refusal("text", "x" * 6, max_length=5).parameters == {"limit": 5, "count": 6}
    assert refusal("long_text", "字" * 6, max_length=5).code == "E-AS-44"
    limits = {"minimum": 1, "maximum": 9}
    assert refusal("integer", 10, **limits).parameters == {"value": "10", **limits}
    assert reader("integer", minimum=-5)("-5") == -5


def test_several_choices_come_in_the_order_of_the_options():
    read = reader("choice", multiple=True)

    assert read(["exclusive", "ordinary", "exclusive"]) == ["ordinary", "exclusive"]
    assert read("ordinary") == ["ordinary"]
    assert refusal("choice", ["x"], multiple=True).parameters["options"] == (
        "普通许可、独占许可"
    )


def test_refused_value_is_shown_short_and_printable():
    assert shown("a\nb") == "a□b"
    assert shown("x" * 50) == "x" * 40 + "…"
    assert shown([1]) == "[1]"


PATENT = {"kind": "invention", "number": "zl2017106018623"}


def test_patent_number_of_a_row_is_put_into_its_form():
    row = dict(PATENT, filed_on=date(2017, 7, 1), expires_on=date(2037, 7, 1))
    check_ip_item(row)

    assert row["number"] == "ZL201710601862.3"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"kind": Choice("design", (("design", "外观"),)), "number": None}, "E-AS-56"),
        ({"kind": "invention", "number": "201710601862.4"}, "E-ID-03"),
        ({"kind": "invention", "number": "见附件"}, "E-ID-04"),
        (
            PATENT | {"filed_on": date(2026, 1, 2), "granted_on": date(2026, 1, 1)},
            "E-AS-57",
        ),
        (
            PATENT | {"announced_on": date(2030, 1, 1), "expires_on": date(2029, 1, 1)},
            "E-AS-57",
        ),
    ],
)
def test_row_of_intellectual_property_is_refused(row, code):
    with pytest.raises(Refusal) as caught:
        check_ip_item(row)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "know_how", "number": None},
        {"kind": "software", "number": "2026SR0000001"},
        {"name": "只读了名称"},
        {"kind": None, "number": None},
    ],
)
def test_row_of_intellectual_property_is_taken(row):
    before = dict(row)
    check_ip_item(row)

    assert row == before


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-+eE%年月日一二三十百０９：", max_size=30),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.booleans(),
    st.none(),
    st.binary(max_size=20),
    st.dates(),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)
SCALARS = [kind for kind in TYPES if kind not in {"record", "table"}]


@pytest.mark.parametrize("kind", SCALARS)
@given(raw=HOSTILE)
@example(raw="１" * 400)
@example(raw="9" * 5000)
@example(raw="{{ 7*7 }}")
@example(raw="</w:t><w:t>")
def test_any_value_is_typed_or_refused_in_words(kind, raw):
    try:
        value = reader(kind)(raw)
    except Refusal as caught:
        text = MESSAGES[caught.code].format(label="标签", **caught.parameters)
        assert len(text) < 200
        assert text.isprintable()
        return
    shown_text = printed(value)
    assert not any("\ue000" <= c <= "\uf8ff" or c == "\x00" for c in shown_text)
    if kind != "long_text":
        assert "\n" not in shown_text
    assert reader(kind)(value) == value  # reading again changes nothing


@given(st.integers(0, 10**18 - 1))
def test_figures_and_capitals_of_money_are_equal(fen):
    amount = reader("money")(f"{fen // 100}.{fen % 100:02}")

    assert printed(amount).replace(",", "") == f"{fen // 100}.{fen % 100:02}"
    assert FILTERS["capitals"](amount).endswith(("整", "角", "分"))
