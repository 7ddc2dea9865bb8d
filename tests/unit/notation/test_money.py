from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.money import (
    find_wrong_sum,
    in_both,
    in_capitals,
    in_figures,
    read_amount,
    read_capitals,
    with_capitals,
)

amounts = st.integers(0, 10**18 - 1).map(lambda fen: Decimal(fen) / 100)


@pytest.mark.parametrize(
    ("figures", "capitals"),
    [
        pytest.param(
            "1234567.89",
            "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
            id="h19-all-digits",
        ),
        pytest.param("200000.00", "贰拾万元整", id="g16-round"),
        ("0", "零元整"),
        ("0.5", "伍角"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1001", "壹仟零壹元整"),
        ("10001", "壹万零壹元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("1000000", "壹佰万元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("100000000", "壹亿元整"),
        ("1000000000000", "壹万亿元整"),
        ("1234000000000", "壹万贰仟叁佰肆拾亿元整"),
        ("1000000010000", "壹万亿零壹万元整"),
        ("20030405.60", "贰仟零叁万零肆佰零伍元陆角"),
    ],
)
def test_in_capitals_writes_the_amount(figures, capitals):
    assert in_capitals(Decimal(figures)) == capitals


@pytest.mark.parametrize("value", ["-1", "0.001", "1e16"])
def test_in_capitals_of_what_is_no_amount_raises(value):
    with pytest.raises(ValueError, match="not an amount"):
        in_capitals(Decimal(value))


def test_in_figures_groups_thousands():
    assert in_figures(Decimal("1234567.8")) == "¥1,234,567.80"


def test_h19_in_both_gives_figures_and_capitals():
    assert in_both(Decimal("1234567.89")) == (
        "¥1,234,567.89（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分）"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            "1234567.89",
            "¥1,234,567.89（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分）",
            id="h19-number-alone",
        ),
        ("￥ 2,000", "¥2,000.00（大写：贰仟元整）"),
        (
            "500000元，分两期支付",
            "500000元（大写：伍拾万元整），分两期支付",
        ),
        (
            "120万元至0.5亿元",
            "120万元（大写：壹佰贰拾万元整）至0.5亿元（大写：伍仟万元整）",
        ),
        ("20元（大写：贰拾元整）", "20元（大写：贰拾元整）"),
        ("按净销售额3%提成", "按净销售额3%提成"),
        ("5万美元", "5万美元"),
        ("0.001元", "0.001元"),
        ("1.005", "1.005"),
        ("", ""),
    ],
)
def test_with_capitals_adds_them_after_each_sum(text, shown):
    assert with_capitals(text) == shown


@given(amounts)
def test_capitals_read_back_give_the_same_amount(amount):
    assert read_capitals(in_capitals(amount)) == amount


@given(amounts)
def test_capitals_never_repeat_or_end_with_a_zero(amount):
    text = in_capitals(amount)

    assert "零零" not in text
    assert "零万" not in text
    assert "零亿" not in text
    assert amount == 0 or not text.startswith("零")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.5", "1234.50"),
        (" 200000 ", "200000.00"),
        ("1，000", "1000.00"),
        ("0", "0.00"),
        ("9999999999999999.99", "9999999999999999.99"),
    ],
)
def test_read_amount_takes_what_people_type(text, amount):
    assert str(read_amount(text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1234567.891", id="h19-third-decimal"),
        pytest.param("100.000", id="third-decimal-of-nothing"),
        pytest.param("1,5", id="comma-as-decimal-point"),
        pytest.param("1_000", id="underscore"),
        pytest.param("1e3", id="exponent"),
        pytest.param("-0", id="negative-zero"),
        pytest.param("1" * 400, id="long"),
        pytest.param("10000000000000000", id="too-large"),
        "NaN",
        "１２３",
        "",
    ],
)
def test_read_amount_refuses_what_is_not_exact(text):
    with pytest.raises(ValueError, match="not an amount"):
        read_amount(text)


def test_wrong_sum_is_found_in_a_text():
    assert find_wrong_sum("首付1234567.891元") == "1234567.891元"
    assert find_wrong_sum("首付20万元") == ""


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(text):
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert amount == amount.quantize(Decimal("0.01")) >= 0


def test_capitals_with_a_foreign_character_are_refused():
    with pytest.raises(ValueError, match="not an amount in capitals"):
        read_capitals("3佰元整")
