"""What a filing must hold: days, signatories, conclusion (AS-09); whole tables."""

from datetime import date

import pytest

from cms.rules.signed_papers import (
    CONTRACTS,
    PRICED,
    SIGNED_PAPER,
    SIGNING,
    ComparisonFacts,
    Conclusion,
    SignedBy,
    SignedDays,
    check_case_days,
    check_conclusion,
    check_days,
    check_signatories,
    check_term,
)
from tests.papers import ROOT

MADE, TODAY = date(2026, 11, 18), date(2026, 11, 20)
DAY, LATER = date(2026, 11, 19), date(2026, 11, 25)
SAME, CHANGED = Conclusion.AS_ASSEMBLED, Conclusion.CHANGED


def codes(found):
    return [(one.code, one.field) for one in found]


@pytest.mark.parametrize(
    ("days", "is_contract", "expected"),
    [
        (SignedDays(DAY, LATER), True, []),
        (SignedDays(DAY, DAY, date(2036, 11, 18)), True, []),
        (SignedDays(DAY), False, []),
        (SignedDays(None, LATER), True, [("E-SG-01", "signed_on")]),
        (SignedDays(DAY), True, [("E-SG-01", "effective_on")]),
        (SignedDays(MADE, MADE), True, []),
        (SignedDays(TODAY, TODAY), True, []),
        (SignedDays(date(2026, 11, 21), LATER), True, [("E-SG-02", "signed_on")]),
        (SignedDays(date(2026, 11, 17), DAY), True, [("E-SG-03", "signed_on")]),
        (SignedDays(DAY, MADE), True, [("E-GR-02", "effective_on")]),
        (SignedDays(DAY, LATER, DAY), True, [("E-SG-04", "ends_on")]),
        (SignedDays(DAY, LATER, LATER), True, []),
    ],
)
def test_days_of_a_signed_paper(days, is_contract, expected):
    found = check_days(days, is_contract=is_contract, assembled_on=MADE, today=TODAY)

    assert codes(found) == expected


@pytest.mark.parametrize(
    ("ends_on", "agreed", "expected"),
    [
        (None, None, []),
        (LATER, None, []),
        (LATER, LATER, []),
        (None, LATER, [("E-SG-01", "ends_on")]),
        (DAY, LATER, [("E-SG-22", "ends_on")]),
    ],
)
def test_last_day_is_the_agreed_one(ends_on, agreed, expected):
    assert codes(check_term(SignedDays(DAY, DAY, ends_on), agreed)) == expected


def test_days_of_the_case_are_those_of_the_paper():
    known = SignedDays(DAY, DAY, None)

    assert check_case_days(SignedDays(DAY, DAY), known) == []
    assert codes(check_case_days(SignedDays(MADE, LATER, LATER), known)) == [
        ("E-SG-05", "signed_on"),
        ("E-SG-05", "effective_on"),
        ("E-SG-05", "ends_on"),
    ]
    (found,) = check_case_days(SignedDays(DAY, DAY, LATER), known)
    assert found.message == "终止日期与案件已登记的不一致（已登记：无）。"


@pytest.mark.parametrize(
    ("rows", "parties", "expected"),
    [
        ([SignedBy("甲校", "郭示例", "副校长")], ["甲校"], []),
        ([SignedBy("甲校", "郭示例", "")], [], []),
        ([], [], ["E-SG-07"]),
        ([], ["甲校"], ["E-SG-07"]),
        ([SignedBy("甲校", "郭示例", "")], ["甲校", "乙厂"], ["E-SG-07"]),
        ([SignedBy("甲校", " ", "校长")], ["甲校"], ["E-SG-06", "E-SG-07"]),
        ([SignedBy("", "郭示例", "")], ["甲校"], ["E-SG-06", "E-SG-07"]),
    ],
)
def test_every_party_has_a_signatory(rows, parties, expected):
    assert [one.code for one in check_signatories(rows, parties)] == expected


@pytest.mark.parametrize(
    ("conclusion", "key", "read", "listed", "confirmed", "expected"),
    [
        (SAME, False, True, False, False, []),
        (SAME, True, True, False, False, ["E-SG-10"]),
        (SAME, True, True, False, True, []),
        (SAME, False, True, True, True, ["E-SG-11"]),
        (SAME, False, False, False, False, ["E-SG-08"]),
        (SAME, False, False, False, True, []),
        (CHANGED, True, True, True, False, []),
        (CHANGED, True, True, False, True, ["E-SG-09"]),
        (CHANGED, False, False, True, False, ["E-SG-08"]),
        (CHANGED, False, False, True, True, []),
    ],
)
def test_conclusion_fits_what_was_found(
    conclusion, key, read, listed, confirmed, expected
):
    facts = ComparisonFacts(conclusion, key, read, listed, confirmed)

    assert [one.code for one in check_conclusion(facts)] == expected


def test_signing_and_priced_papers_are_contracts_with_templates():
    known = {
        line.split('"')[1]
        for path in ROOT.glob("templates_docx/*/*.toml")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("instrument = ")
    }

    assert SIGNING | PRICED < CONTRACTS
    assert known > CONTRACTS


def test_a_filed_copy_leaves_the_archive_by_replacement_alone():
    assert [
        (row.event, row.target)
        for row in SIGNED_PAPER.transitions
        if row.source == "filed"
    ] == [("replace", "replaced")]
