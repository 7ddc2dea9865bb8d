"""Check digits (CC-10), with python-stdnum as an oracle."""

import random
from datetime import date

import pytest
from stdnum.cn import ric, uscc

from cms.rules import identifiers
from cms.rules.violations import RuleViolation
from notation import check_digits


def refusal(function, *arguments, **named) -> RuleViolation:
    with pytest.raises(RuleViolation) as caught:
        function(*arguments, **named)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "91450200MA5N0000X2",
        "91450200ma5n0000x2",
        " 91450200 MA5N0000X2 ",
        "９１４５０２００ＭＡ５Ｎ００００Ｘ２",
        "91450200\u3000MA5N0000X2",
    ],
    ids=["h16", "lower", "blanks", "full_width", "wide_blank"],
)
def test_h16_credit_code_accepted(text):
    assert identifiers.check_credit_code(text) == "91450200MA5N0000X2"


@pytest.mark.parametrize(
    "text",
    [
        "91450200MA5N0000X3",
        "91450200MA5N0000X",
        "91450200MA5N0000X22",
        "91450200MA5NO000X2",
        "9145O200MA5N0000X2",
        "",
    ],
    ids=["h16_digit", "short", "long", "letter_o", "letter_in_region", "empty"],
)
def test_h16_credit_code_refused(text):
    violation = refusal(identifiers.check_credit_code, text)

    assert violation.code == "E-ID-01"
    assert violation.message == "统一社会信用代码校验未通过。"
    assert violation.field == "credit_code"


def test_credit_code_agrees_with_stdnum():
    source = random.Random(32100)
    for _ in range(500):
        body = f"91{source.randrange(110000, 659999)}" + "".join(
            source.choices(check_digits.CREDIT_CODE_ALPHABET, k=9)
        )
        digit = source.choice(check_digits.CREDIT_CODE_ALPHABET)
        assert check_digits.credit_code_check_digit(body) == uscc.calc_check_digit(body)
        assert check_digits.is_credit_code(body + digit) == uscc.is_valid(body + digit)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002 x", "11010519491231002X"),
        ("450202 19800101 0010", "450202198001010010"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    ],
    ids=["plain", "lower_x", "groups", "full_width"],
)
def test_identity_number_accepted(text, stored):
    body = stored[:17]
    assert check_digits.identity_check_digit(body) == stored[17]
    assert identifiers.check_identity_number(text) == stored


def test_identity_number_of_a_county_that_was_not_yet_numbered_accepted():
    body = "45020219800101002"
    number = body + check_digits.identity_check_digit(body)

    # The oracle asks the county list of the birth year and refuses this person.
    assert not ric.is_valid(number)
    assert identifiers.check_identity_number(number) == number


def test_identity_check_digit_agrees_with_stdnum():
    source = random.Random(11643)
    for _ in range(500):
        body = (
            f"110105{source.randrange(19500101, 20051231)}{source.randrange(1000):03d}"
        )
        assert check_digits.identity_check_digit(body) == ric.calc_check_digit(
            f"{body}0"
        )


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310020",
        "110105194902300020",
        "11010519491231002",
        "010105194912310020",
        "110105184912310020",
        "1101051949X2310021",
        "11010500000101001X",
    ],
    ids=[
        "digit",
        "february_30",
        "short",
        "leading_zero",
        "before_1850",
        "letter",
        "year_0",
    ],
)
def test_identity_number_refused(text):
    violation = refusal(identifiers.check_identity_number, text)

    assert (violation.code, violation.message) == ("E-ID-02", "身份证号校验未通过。")


def test_identity_number_of_the_unborn_refused():
    body = "45020220261123001"
    number = body + check_digits.identity_check_digit(body)

    assert identifiers.check_identity_number(number, today=date(2026, 11, 23)) == number
    violation = refusal(
        identifiers.check_identity_number, number, today=date(2026, 11, 22)
    )
    assert violation.code == "E-ID-02"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("ZL201810123456.5", "ZL201810123456.5"),
        ("zl 2018 1012 3456.5", "ZL201810123456.5"),
        ("ZL2018101234565", "ZL201810123456.5"),
        ("CN201810123456.5", "201810123456.5"),
        ("201710601862.3", "201710601862.3"),
        ("95115608.X", "95115608.X"),
        ("95115608x", "95115608.X"),
        ("ＺＬ２０１８１０１２３４５６．５", "ZL201810123456.5"),
    ],
    ids=["h17", "blanks", "no_dot", "cn", "real", "short", "short_no_dot", "wide"],
)
def test_h17_patent_number_accepted(text, stored):
    assert identifiers.check_patent_number(text) == stored
    assert check_digits.is_patent_number(stored)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("ZL201810123456.7", "5"),
        ("201710601862.X", "3"),
        ("951156081", "X"),
        ("CN95115608.0", "X"),
    ],
    ids=["h17", "x_for_3", "short", "short_cn"],
)
def test_h17_patent_number_names_the_right_digit(text, right):
    violation = refusal(identifiers.check_patent_number, text)

    assert violation.code == "E-ID-03"
    assert violation.message == f"专利号/申请号校验位不符（应为{right}）。"
    assert not check_digits.is_patent_number(check_digits.normalize(text))


@pytest.mark.parametrize(
    "text",
    ["", "ZL20181012345", "ZL201810123456", "US1234567", "20181012345.65", "ZLX"],
    ids=["empty", "short", "no_digit", "foreign", "dot_misplaced", "letters"],
)
def test_patent_number_of_a_wrong_form_refused(text):
    violation = refusal(identifiers.check_patent_number, text)

    assert violation.code == "E-ID-04"
    assert violation.field == "patent_number"
    assert not check_digits.is_patent_number(text)


@pytest.mark.parametrize(
    "text",
    ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"],
    ids=["plain", "blanks", "prefix", "full_width"],
)
def test_mobile_accepted(text):
    assert identifiers.check_mobile(text) == "13800138000"


@pytest.mark.parametrize("text", ["", "12800138000", "1380013800", "07722345678"])
def test_mobile_refused(text):
    violation = refusal(identifiers.check_mobile, text)

    assert (violation.code, violation.field) == ("E-ID-05", "phone")
