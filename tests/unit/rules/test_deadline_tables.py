"""Golden tables, worked out by hand: every period × 12 awkward opening days.

`?` marks a provisional end, `×2027` a refusal for want of that year (E-NT-03).
"""

from datetime import date, datetime, time

import pytest

from cms.rules.deadlines import compute
from cms.rules.shanghai_time import SHANGHAI
from cms.rules.violations import RuleViolation
from tests.factories.calendars import shipped_calendar

OPENINGS = [
    "2026-01-30",
    "2026-02-05",
    "2026-02-13",
    "2026-04-20",
    "2026-06-04",
    "2026-08-31",
    "2026-09-10",
    "2026-09-16",
    "2026-09-25",
    "2026-11-30",
    "2026-12-16",
    "2028-02-29",
]

SHAPES = {
    "15ND": """
        2026-02-14 2026-02-24 2026-02-28 2026-05-06 2026-06-22 2026-09-15
        2026-09-28 2026-10-08 2026-10-10 2026-12-15 2026-12-31 2028-03-15?""",
    "7ND": """
        2026-02-06 2026-02-12 2026-02-24 2026-04-27 2026-06-11 2026-09-07
        2026-09-17 2026-09-23 2026-10-08 2026-12-07 2026-12-23 2028-03-07?""",
    "3ND": """
        2026-02-02 2026-02-09 2026-02-24 2026-04-23 2026-06-08 2026-09-03
        2026-09-14 2026-09-20 2026-09-28 2026-12-03 2026-12-21 2028-03-03?""",
    "15WD": """
        2026-02-27 2026-03-04 2026-03-12 2026-05-13 2026-06-26 2026-09-20
        2026-10-08 2026-10-13 2026-10-22 2026-12-21 ×2027 ×2028""",
    "5WD": """
        2026-02-06 2026-02-12 2026-02-27 2026-04-27 2026-06-11 2026-09-07
        2026-09-17 2026-09-22 2026-10-09 2026-12-07 2026-12-23 ×2028""",
    "3WD": """
        2026-02-04 2026-02-10 2026-02-25 2026-04-23 2026-06-09 2026-09-03
        2026-09-15 2026-09-20 2026-09-30 2026-12-03 2026-12-21 ×2028""",
    "30ND": """
        2026-03-01 2026-03-07 2026-03-15 2026-05-20 2026-07-04 2026-09-30
        2026-10-10 2026-10-16 2026-10-25 2026-12-30 2027-01-15 2028-03-30""",
    "3m": """
        2026-04-30 2026-05-06 2026-05-13 2026-07-20 2026-09-04 2026-11-30
        2026-12-10 2026-12-16 2026-12-25 2027-03-01? 2027-03-16? 2028-05-29?""",
    "10y": """
        2036-01-29 2036-02-04 2036-02-12 2036-04-19 2036-06-03 2036-08-30
        2036-09-09 2036-09-15 2036-09-24 2036-11-29 2036-12-15 2038-02-28""",
    "12m": """
        2027-01-30 2027-02-05 2027-02-13 2027-04-20 2027-06-04 2027-08-31
        2027-09-10 2027-09-16 2027-09-25 2027-11-30 2027-12-16 2029-02-28""",
    "6m": """
        2026-07-30 2026-08-05 2026-08-13 2026-10-20 2026-12-04 2027-02-28
        2027-03-10 2027-03-16 2027-03-25 2027-05-30 2027-06-16 2028-08-29""",
    "1y": """
        2027-01-30 2027-02-05 2027-02-13 2027-04-20 2027-06-04 2027-08-31
        2027-09-10 2027-09-16 2027-09-25 2027-11-30 2027-12-16 2029-02-28""",
    "3y": """
        2029-01-30 2029-02-05 2029-02-13 2029-04-20 2029-06-04 2029-08-31
        2029-09-10 2029-09-16 2029-09-25 2029-11-30 2029-12-16 2031-02-28""",
    "01-31": """
        2027-01-31 2027-01-31 2027-01-31 2027-01-31 2027-01-31 2027-01-31
        2027-01-31 2027-01-31 2027-01-31 2027-01-31 2027-01-31 2029-01-31""",
    "12-31": """
        2026-12-31 2026-12-31 2026-12-31 2026-12-31 2026-12-31 2026-12-31
        2026-12-31 2026-12-31 2026-12-31 2026-12-31 2026-12-31 2028-12-31""",
}
RULES = {
    "NOTICE_EMPOWER": "15ND",
    "NOTICE_LISTING": "15ND",
    "NOTICE_NEGOTIATED": "15ND",
    "NOTICE_ABANDON": "15ND",
    "OBJ_RIGHTS": "15ND",
    "NOTICE_AUCTION": "7ND",
    "NOTICE_PRE_TALKS": "7ND",
    "OBJ_DEFENCE": "7ND",
    "OBJ_NEG_REPLY": "3ND",
    "BIDDER_CONSENT": "3ND",
    "NOTICE_REWARD": "15WD",
    "NOTICE_TM": "5WD",
    "FORMAL_REVIEW": "5WD",
    "OBJ_FORMAL": "3WD",
    "FILE_REMIND": "30ND",
    "PATENT_RECORD": "3m",
    "LONG_USE_MIN": "10y",
    "DEFER_ADVISED": "12m",
    "ENTRY_VALID": "12m",
    "STATUS_ASK": "6m",
    "TM_CERT": "1y",
    "UNIT_RULES_DUE": "1y",
    "TM_TERM": "3y",
    "PILOT_TERM": "3y",
    "SELF_EVAL_DUE": "01-31",
    "TM_REPORT_DUE": "12-31",
}
CASES = [
    (rule, opening, expected)
    for rule, shape in RULES.items()
    for opening, expected in zip(OPENINGS, SHAPES[shape].split(), strict=True)
]


@pytest.mark.parametrize("clock", [time(0), time(12), time(23, 59, 59)], ids=str)
@pytest.mark.parametrize(("rule", "opening", "expected"), CASES)
def test_last_day_is_as_worked_out_by_hand(
    rule: str, opening: str, expected: str, clock: time
) -> None:
    opened_at = datetime.combine(date.fromisoformat(opening), clock, SHANGHAI)

    try:
        found = compute(rule, opened_at, shipped_calendar())
        answer = f"{found.last_day}{'?' if found.provisional else ''}"
    except RuleViolation as refusal:
        assert refusal.code == "E-NT-03"
        answer = f"×{refusal.parameters['year']}"

    assert answer == expected
