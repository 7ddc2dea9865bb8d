"""The form engine and edition 2026-1 of the application form (§20)."""

from typing import Any

import pytest

from cms.rules.form_values import (
    choices_of,
    clean,
    clean_rows,
    display,
    display_row,
    is_empty,
)
from cms.rules.forms import (
    FieldType,
    FormField,
)
from cms.rules.violations import RuleViolation
from tests.factories.forms import ROWS, YES_NO


def field(kind: FieldType, **changes: Any) -> FormField:
    return FormField("x", "栏目", kind, **changes)


@pytest.mark.parametrize(
    ("item", "typed", "kept"),
    [
        pytest.param(field(FieldType.TEXT), "  甲\x00乙 ", "甲乙", id="text"),
        pytest.param(field(FieldType.LONG_TEXT), "甲\r\n乙", "甲\n乙", id="lines"),
        pytest.param(
            field(FieldType.TEXT),
            "Deep\u00a0Learning\t附件1\u3000表\n二",
            "Deep Learning 附件1 表 二",
            id="blanks",
        ),
        pytest.param(
            field(FieldType.TEXT), "甲\u202e乙\u200b丙", "甲乙丙", id="unseen"
        ),
        pytest.param(
            field(FieldType.LONG_TEXT),
            "\u3000\u3000首行\t缩进\n二",
            "首行 缩进\n二",
            id="pasted",
        ),
        pytest.param(field(FieldType.DATE), "2026年11月5日", "2026-11-05", id="date"),
        pytest.param(field(FieldType.MONEY), "1,234,567.89", "1234567.89", id="h19"),
        pytest.param(field(FieldType.MONEY), "5", "5.00", id="money"),
        pytest.param(field(FieldType.PERCENT), "3.25%", "3.25", id="percent"),
        pytest.param(field(FieldType.INTEGER), "007", "7", id="integer"),
        pytest.param(
            field(FieldType.PHONE), "0772-2660000", "0772-2660000", id="phone"
        ),
        pytest.param(field(FieldType.EMAIL), "a@b.cn", "a@b.cn", id="email"),
        pytest.param(
            field(FieldType.CREDIT_CODE),
            "91450200ma5n0000x2",
            "91450200MA5N0000X2",
            id="h16_right",
        ),
        pytest.param(
            field(FieldType.PATENT_NUMBER),
            "ZL201810123456.5",
            "ZL201810123456.5",
            id="h17_right",
        ),
        pytest.param(
            field(FieldType.CHOICE, options=YES_NO), "yes", "yes", id="choice"
        ),
        pytest.param(
            field(FieldType.CHOICES, options=YES_NO), ["no"], ["no"], id="choices"
        ),
        pytest.param(field(FieldType.CHOICES, options=YES_NO), None, [], id="none"),
        pytest.param(field(FieldType.DATE), None, "", id="empty"),
        pytest.param(field(FieldType.FILES), None, [], id="files"),
    ],
)
def test_value_is_cleaned(item: FormField, typed: Any, kept: Any) -> None:
    assert clean(item, typed) == kept


@pytest.mark.parametrize(
    ("item", "typed", "message"),
    [
        pytest.param(
            field(FieldType.TEXT, limit=2),
            "三个字",
            "E-FM-02 栏目不得超过2字，现有3字。",
            id="long",
        ),
        pytest.param(
            field(FieldType.TEXT, minimum=5),
            "三个字",
            "E-FM-03 栏目不得少于5字，现有3字。",
            id="short",
        ),
        pytest.param(
            field(FieldType.DATE),
            "2026-02-30",
            "E-FM-04 栏目须为日期，如 2026-11-10：2026-02-30。",
            id="no_such_day",
        ),
        pytest.param(
            field(FieldType.DATE),
            "明天",
            "E-FM-04 栏目须为日期，如 2026-11-10：明天。",
            id="no_date",
        ),
        pytest.param(
            field(FieldType.CHOICE, options=YES_NO),
            "x",
            "E-FM-05 栏目不在可选范围内：x。",
            id="choice",
        ),
        pytest.param(
            field(FieldType.MONEY),
            "1234567.891",
            "E-FM-06 栏目须为不小于0、最多两位小数的金额：1234567.891。",
            id="h19_three_decimals",
        ),
        pytest.param(
            field(FieldType.PERCENT),
            "100.5",
            "E-FM-07 栏目须为不超过100、最多四位小数的百分数：100.5。",
            id="percent_over",
        ),
        pytest.param(
            field(FieldType.PERCENT),
            "三",
            "E-FM-07 栏目须为不超过100、最多四位小数的百分数：三。",
            id="no_percent",
        ),
        pytest.param(
            field(FieldType.INTEGER),
            "-1",
            "E-FM-08 栏目须为不小于0的整数：-1。",
            id="integer",
        ),
        pytest.param(
            field(FieldType.FILES, limit=1),
            [{}, {}],
            "E-FM-09 栏目最多1项，现有2项。",
            id="count",
        ),
        pytest.param(
            field(FieldType.PHONE),
            "电话",
            "E-FM-10 栏目须为电话号码，如 0772-2660000：电话。",
            id="phone",
        ),
        pytest.param(
            field(FieldType.EMAIL),
            "a@b",
            "E-FM-11 栏目须为电子邮箱，如 name@example.cn：a@b。",
            id="email",
        ),
        pytest.param(
            field(FieldType.CREDIT_CODE),
            "91450200MA5N0000X3",
            "E-ID-01 统一社会信用代码校验未通过。",
            id="h16_wrong",
        ),
        pytest.param(
            field(FieldType.PATENT_NUMBER),
            "ZL201810123456.7",
            "E-ID-03 专利号/申请号校验位不符（应为5）。",
            id="h17_wrong",
        ),
    ],
)
def test_malformed_value_is_refused(item: FormField, typed: Any, message: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        clean(item, typed)

    assert str(refused.value) == message


def test_choices_come_from_options_vocabularies_and_the_caller() -> None:
    listed = field(FieldType.CHOICE, vocabulary="open_calls")

    assert choices_of(field(FieldType.CHOICE, options=YES_NO)) == list(YES_NO)
    assert ("450203", "鱼峰区") in choices_of(
        field(FieldType.CHOICE, vocabulary="districts")
    )
    assert choices_of(listed) == []
    assert choices_of(listed, {"open_calls": [("ZJ-1", "一")]}) == [("ZJ-1", "一")]


def test_rows_are_cleaned_cell_by_cell() -> None:
    rows, found = clean_rows(
        ROWS,
        [
            {"name": "", "number": " "},
            {"name": "专利", "number": "ZL201810123456.7", "day": "2026-1-2"},
            {"name": "软著", "number": "2026SR01", "day": "x"},
        ],
    )

    assert rows == [
        {"name": "专利", "number": "ZL201810123456.7", "day": "2026-01-02"},
        {"name": "软著", "number": "2026SR01", "day": ""},
    ]
    assert [(v.code, v.field) for v in found] == [("E-ID-03", "rows-0-number")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", True), (None, True), ([], True), ([{"a": ""}], True), ([{"a": "1"}], False)],
)
def test_is_empty(value: Any, expected: bool) -> None:
    assert is_empty(value) is expected


@pytest.mark.parametrize(
    ("item", "value", "shown"),
    [
        (field(FieldType.TEXT), "", ""),
        (field(FieldType.TEXT), "甲", "甲"),
        (field(FieldType.MONEY), "5.00", "¥5.00（大写：伍元整）"),
        (field(FieldType.MONEY), "5,", "5,"),
        (field(FieldType.PERCENT), "3", "3%"),
        (field(FieldType.CHOICE, options=YES_NO), "yes", "是"),
        (field(FieldType.CHOICES, options=YES_NO), ["yes", "x"], "是、x"),
        (field(FieldType.CHOICE, vocabulary="districts"), "450203", "鱼峰区"),
        (
            field(FieldType.FILES),
            [{"name": "甲.pdf"}, {"name": "乙.pdf"}],
            "甲.pdf、乙.pdf",
        ),
        (ROWS, [{"name": "甲"}, {"name": "乙"}], "名称：甲\n名称：乙"),
    ],
)
def test_display(item: FormField, value: Any, shown: str) -> None:
    assert display(item, value) == shown


def test_display_row_leaves_out_empty_cells() -> None:
    assert display_row(ROWS, {"name": "甲", "number": ""}) == "名称：甲"
