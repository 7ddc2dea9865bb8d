import pytest

from cms.rules.money import check_sums, parse_amount
from cms.rules.violations import RuleViolation


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.5", "1234.50"), (" 200000 ", "200000.00"), ("1，000", "1000.00")],
)
def test_parse_amount_reads_what_people_type(text, amount):
    assert str(parse_amount(text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1234567.891", id="h19-third-decimal"),
        "-1",
        "面议",
        "１２３",
        "NaN",
        "1e17",
        "Infinity",
        "",
    ],
)
def test_parse_amount_refuses_what_is_not_exact(text):
    with pytest.raises(RuleViolation) as refused:
        parse_amount(text, field="reference_price")

    assert (refused.value.code, refused.value.field) == ("E-AS-03", "reference_price")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("1234567.891", "1234567.891", id="h19-third-decimal"),
        ("首付1234567.891元", "1234567.891元"),
        ("99999999999亿元", "99999999999亿元"),
    ],
)
def test_check_sums_refuses_what_is_no_amount(text, value):
    with pytest.raises(RuleViolation) as refused:
        check_sums(text, field="proposed_price")

    assert refused.value.code == "E-AS-03"
    assert refused.value.field == "proposed_price"
    assert refused.value.parameters == {"value": value}


@pytest.mark.parametrize("text", ["", "面议", "3%", "1,234.50元，另付20万元", "0.10"])
def test_check_sums_takes_sums_and_formulas(text):
    check_sums(text)
