"""Numerals as the plan counts its articles."""

import pytest

from notation.numerals import format_numeral, parse_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("九", 9), ("十", 10), ("十七", 17), ("二十", 20), ("九十九", 99)],
)
def test_numeral_is_read_and_written(text: str, number: int) -> None:
    assert parse_numeral(text) == number
    assert format_numeral(number) == text


@pytest.mark.parametrize("text", ["", "零", "百", "一二", "十一二"])
def test_numeral_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"numeral|substring"):
        parse_numeral(text)
