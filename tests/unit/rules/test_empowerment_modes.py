"""Checks of the six modes (§11.3), by the numbers of the acceptance cases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentMode,
    Milestone,
    check_contribution_term,
    check_deposit,
    check_equity_trigger,
    check_exit_events,
    check_fee_formula,
    check_free_period,
    check_grantee,
    check_manner,
    check_milestones,
    check_partial_share,
    check_revenue_split,
    check_single_fee,
    check_use_right_contribution,
    deposit_cap,
    warn_contribution,
)
from cms.rules.notices.fields import GrantKind
from cms.rules.periods import PERIODS
from cms.rules.violations import RuleViolation

EDITION = PERIODS.edition_on(date(2026, 11, 1))
MILLION = Decimal("1000000.00")
DEPOSIT = Decimal("200000.00")
STAGE = Milestone(
    event="中试完成",
    evidence="中试报告",
    amount=Decimal("300000.00"),
    due_days=30,
    latest_on=date(2027, 12, 31),
)


def refused(check, *arguments):
    with pytest.raises(RuleViolation) as refusal:
        check(*arguments)
    return refusal.value.code, refusal.value.message


def test_modes_grant_what_the_plan_says():
    assert {mode.value: rule.grant for mode, rule in MODE_RULES.items()} == {
        "M1": GrantKind.PARTIAL_OWNERSHIP,
        "M2": GrantKind.PARTIAL_OWNERSHIP,
        "M3": GrantKind.FULL_OWNERSHIP,
        "M4": GrantKind.LONG_TERM_USE,
        "M5": GrantKind.LONG_TERM_USE,
        "M6": GrantKind.LONG_TERM_USE,
    }


def test_amb17_priced_modes_need_both_venues():
    priced = [mode.value for mode, rule in MODE_RULES.items() if rule.is_priced]
    owning = [mode.value for mode, rule in MODE_RULES.items() if rule.is_ownership]

    assert priced == ["M1", "M2", "M3", "M4"]
    assert owning == ["M1", "M2", "M3"]
    assert [mode.value for mode in EmpowermentMode] == [*priced, "M5", "M6"]


def test_g13_m1_needs_both_exit_events():
    assert refused(check_exit_events, ["listing"])[0] == "E-FP-19"
    check_exit_events(["listing", "share_transfer", "dividend"])


@pytest.mark.parametrize("share", ["0", "100", "100.01"])
def test_m1_partial_share_is_between_nothing_and_all(share):
    assert refused(check_partial_share, Decimal(share))[0] == "E-EM-09"


def test_m1_partial_share_passes():
    check_partial_share(Decimal("70.5"))


def test_m1_parts_of_the_income_make_the_whole():
    assert refused(check_revenue_split, [Decimal(30), Decimal(60)])[0] == "E-EM-09"
    check_revenue_split([Decimal(30), Decimal(70)])


def test_g16_m2_deposit_of_a_fifth_is_accepted():
    check_deposit(MILLION, DEPOSIT, EDITION)


def test_g17_m2_deposit_over_a_fifth_is_refused_with_the_cap():
    code, message = refused(check_deposit, MILLION, Decimal("200000.01"), EDITION)

    assert code == "E-FP-09"
    assert message == "定金不得超过主合同标的额的20%（上限200000.00元）。"
    assert deposit_cap(MILLION, EDITION) == Decimal("200000.00")


def test_deposit_cap_named_in_a_refusal_would_be_accepted() -> None:
    total = Decimal("1000000.04")  # a fifth is 200000.008

    assert deposit_cap(total, EDITION) == Decimal("200000.00")
    check_deposit(total, deposit_cap(total, EDITION), EDITION)


def test_g19_m2_sums_that_do_not_make_the_total_are_refused():
    rest = replace(STAGE, amount=Decimal("490000.00"))

    (violation,) = check_milestones(MILLION, DEPOSIT, [STAGE, rest])

    assert violation.code == "E-FP-13"


def test_m2_percentages_count_of_the_total():
    rest = replace(STAGE, amount=None, percent=Decimal(50))

    assert check_milestones(MILLION, DEPOSIT, [STAGE, rest]) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"latest_on": None},
        {"event": " "},
        {"evidence": ""},
        {"amount": None},
        {"due_days": None},
    ],
    ids=["g20 no latest day", "no event", "no evidence", "no sum", "no days"],
)
def test_g20_m2_incomplete_milestone_is_refused(fault):
    (violation,) = check_milestones(MILLION, DEPOSIT, [replace(STAGE, **fault)])

    assert (violation.code, violation.field) == ("E-FP-11", "milestones[1]")


def test_m2_needs_a_milestone():
    (violation,) = check_milestones(MILLION, MILLION, [])

    assert (violation.code, violation.field) == ("E-FP-11", "milestones")


def test_g22_m3_grantee_is_the_project_company():
    assert refused(check_grantee, "natural_person") == (
        "E-FP-16",
        "模式三的权利取得方须为项目公司。",
    )
    check_grantee("project_company")


@pytest.mark.parametrize(
    ("trigger", "latest_on"),
    [("首轮融资", None), (" ", date(2029, 1, 1))],
    ids=["g23 no latest day", "no trigger"],
)
def test_g23_m3_needs_trigger_and_long_stop(trigger, latest_on):
    assert refused(check_equity_trigger, trigger, latest_on)[0] == "E-FP-20"


def test_m3_trigger_and_long_stop_pass():
    check_equity_trigger("首轮融资", date(2029, 1, 1))


@pytest.mark.parametrize("rows", [0, 2])
def test_m4_has_exactly_one_fee(rows):
    assert refused(check_single_fee, rows)[0] == "E-FP-13"


def test_m4_one_fee_passes():
    check_single_fee(1)


def test_g28_m5_free_period_past_the_term_is_refused():
    code, _ = refused(check_free_period, date(2037, 1, 1), date(2036, 10, 31))

    assert code == "E-FP-14"
    check_free_period(date(2036, 10, 31), date(2036, 10, 31))


def test_m5_needs_a_formula():
    assert refused(check_fee_formula, " ")[0] == "E-FP-21"
    check_fee_formula("净销售额的3%")


@pytest.mark.parametrize(
    "answers",
    [(False, True, True), (True, False, True), (True, True, False)],
    ids=["g31 no consent letter", "no valuation", "not transferable"],
)
def test_g31_m6_needs_consent_valuation_and_a_transferable_right(answers):
    assert refused(check_use_right_contribution, *answers)[0] == "E-FP-15"


def test_m6_contribution_passes():
    check_use_right_contribution(True, True, True)


def test_g32_m6_contribution_past_the_use_right_is_refused():
    code, _ = refused(check_contribution_term, date(2040, 1, 1), date(2036, 10, 31))

    assert code == "E-FP-22"
    check_contribution_term(date(2036, 10, 31), date(2036, 10, 31))


@pytest.mark.parametrize(
    ("is_limited", "due_on", "expected"),
    [
        (True, date(2032, 2, 28), []),
        (True, date(2032, 2, 29), [("W-EQ-01", "2032-02-28")]),
        (False, date(2027, 2, 28), []),
        (False, date(2027, 3, 1), [("W-EQ-02", "2027-02-28")]),
    ],
    ids=["last-day", "a-day-late", "joint-stock", "joint-stock-late"],
)
def test_contribution_that_is_due_too_late_is_warned_of(is_limited, due_on, expected):
    found = warn_contribution(is_limited, due_on, date(2027, 2, 28), EDITION)

    assert [(one.code, one.parameters["latest"]) for one in found] == expected


@pytest.mark.parametrize(
    ("mode", "manner", "expected"),
    [
        ("M4", "use_then_pay", "E-FP-23"),
        ("M1", "use_then_pay", "E-FP-23"),
        ("M4", "transfer", "E-EM-14"),
        ("M5", "transfer", "E-EM-14"),
        ("M6", "transfer", "E-EM-14"),
        ("M1", "transfer", ""),
        ("M4", "license", ""),
        ("M6", "equity_contribution", ""),
        ("M4", "", ""),
    ],
)
def test_manner_that_the_grant_does_not_bear_is_refused(mode, manner, expected):
    try:
        check_manner(EmpowermentMode(mode), manner)
        found = ""
    except RuleViolation as refused:
        found = refused.code

    assert found == expected
