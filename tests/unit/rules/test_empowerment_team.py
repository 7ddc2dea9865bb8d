"""The team: shares, representative, declarations, priority (EM-02, CC-06, CC-12)."""

from decimal import Decimal

import pytest

from cms.rules.empowerment import (
    Declaration,
    check_declarations,
    check_filed_by_representative,
    check_insider_statement,
    check_ownership,
    check_priority,
    check_shares,
)
from cms.rules.violations import RuleViolation


def test_g01_shares_that_do_not_make_the_whole_are_refused_with_the_sum():
    with pytest.raises(RuleViolation) as refusal:
        check_shares([Decimal(40), Decimal(35), Decimal("24.99")])

    assert refusal.value.code == "E-EM-02"
    assert refusal.value.message == "团队内部分配比例合计须为100%，当前99.99%。"


def test_shares_that_make_the_whole_pass():
    check_shares([Decimal(40), Decimal(35), Decimal(25)])
    check_ownership([Decimal(60), Decimal(40)])


def test_title_shares_must_make_the_whole():
    with pytest.raises(RuleViolation) as refusal:
        check_ownership([Decimal(60), Decimal(39)])

    assert refusal.value.code == "E-EM-09"


@pytest.mark.parametrize("filer", [None, 8], ids=["nobody", "another member"])
def test_g02_only_the_representative_files(filer):
    with pytest.raises(RuleViolation) as refusal:
        check_filed_by_representative(filer, 7)

    assert refusal.value.code == "E-EM-07"


def test_the_representative_may_file():
    check_filed_by_representative(7, 7)


FOUR = ("张示例", "李示例", "王示例", "赵示例")


@pytest.mark.parametrize(
    ("made", "verified"),
    [
        ([Declaration(name, False, True) for name in FOUR[:3]], False),
        ([Declaration(name, None, True) for name in FOUR], False),
        ([Declaration(name, True, name != "赵示例") for name in FOUR], True),
    ],
    ids=["c11 one of four missing", "unanswered", "unverified"],
)
def test_c11_missing_declaration_is_refused(made, verified):
    with pytest.raises(RuleViolation) as refusal:
        check_declarations(FOUR, made, verified=verified)

    assert refusal.value.code == "E-EM-11"


def test_declarations_before_verification_are_enough_to_submit():
    made = [Declaration(name, False, False) for name in FOUR]

    check_declarations(FOUR, made, verified=False)


def test_c10_an_insider_must_be_named():
    with pytest.raises(RuleViolation) as refusal:
        check_insider_statement(True, " ")

    assert refusal.value.code == "E-OT-07"
    check_insider_statement(True, "受让人系成果完成人之配偶。")
    check_insider_statement(False, "")


def test_priority_must_be_dealt_with_by_every_inventor():
    with pytest.raises(RuleViolation) as refusal:
        check_priority(["张示例", "李示例"], {"张示例": "waive"})

    assert refusal.value.code == "E-EM-13"
    check_priority(["张示例", "李示例"], {"张示例": "waive", "李示例": "exercise"})
