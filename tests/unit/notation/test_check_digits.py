import pytest

from notation.check_digits import (
    is_patent_number,
    mobile_digits,
    normalize,
    split_patent_number,
    to_half_width,
)


def test_full_width_text_becomes_half_width():
    assert to_half_width("ＺＬ２０１７　１０．３") == "ZL2017 10.3"
    assert normalize(" ｚｌ2017　10 ") == "ZL201710"


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("ZL201710601862.3", ("ZL", "201710601862", "3")),
        ("CN2017106018623", ("", "201710601862", "3")),
        ("95115608.X", ("", "95115608", "X")),
        ("201710601862.4", ("", "201710601862", "4")),
        ("2017106018.3", None),
        ("", None),
    ],
)
def test_patent_number_is_split(number, parts):
    assert split_patent_number(number) == parts


def test_patent_number_has_a_check_digit():
    assert is_patent_number("201710601862.3")
    assert not is_patent_number("201710601862.4")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86-138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("12800138000", ""),
        ("0772-2800000", ""),
    ],
)
def test_mobile_digits(text, digits):
    assert mobile_digits(text) == digits
