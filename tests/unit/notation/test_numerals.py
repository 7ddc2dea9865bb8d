"""Numerals as articles are counted, and beyond a hundred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.numerals import LARGEST, format_numeral, parse_numeral, write_digits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十七", 17),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零二", 102),
        ("一百一十", 110),
        ("一百一十五", 115),
        ("九百九十", 990),
        ("一千零一", 1001),
        ("一千零一十", 1010),
        ("一万", 10_000),
        ("十万", 100_000),
        ("十万一千", 101_000),
        ("十万零一百", 100_100),
        ("二百万零三", 2_000_003),
        ("一亿零五千", 100_005_000),
        ("一千二百三十四亿五千六百七十八万九千零一十二", 123_456_789_012),
    ],
)
def test_numeral_is_read_and_written(text, number):
    assert format_numeral(number) == text
    assert parse_numeral(text) == number


@pytest.mark.parametrize(
    "text", ["", "零", "百", "一二", "十一二", "一十", "一百二", "两", "一百〇二", "12"]
)
def test_numeral_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        parse_numeral(text)


def test_zero_is_written_but_counts_nothing():
    assert format_numeral(0) == "零"


@pytest.mark.parametrize("number", [-1, LARGEST])
def test_number_out_of_range_raises(number):
    with pytest.raises(ValueError, match="not a number to write"):
        format_numeral(number)


@given(st.integers(1, LARGEST - 1))
def test_numeral_reads_back(number):
    text = format_numeral(number)

    assert parse_numeral(text) == number
    assert "零零" not in text
    assert not text.endswith("零")


def test_digits_are_written_one_by_one():
    assert write_digits(2026) == "二〇二六"
