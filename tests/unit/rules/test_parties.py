"""Rules on roles, pilot places and the real-name table (PL-01, CC-10)."""

from datetime import date

import pytest

from cms.rules import parties as rules
from cms.rules.parties import OrganizationKind as Kind
from cms.rules.parties import PilotStatus, VerificationEvent, VerificationState
from cms.rules.roles import Role
from cms.rules.state_machine import advance
from cms.rules.violations import RuleViolation

UNIT = {"RES", "TTO", "APV", "FIN", "HR", "DIS", "TM"}
FITTING = {
    **dict.fromkeys(rules.UNIT_KINDS, UNIT),
    Kind.ENTERPRISE: {"ENT"},
    Kind.AGENCY: {"AGT", "AUC"},
    Kind.BUREAU: {"STB", "AMR"},
    Kind.PLATFORM: {"PLA", "ADM", "AUD"},
}
GRANTS = {
    "TTO": UNIT - {"APV"},
    "APV": UNIT,
    "ENT": {"ENT"},
    "AGT": {"AGT", "AUC"},
    "AUC": {"AUC"},
    "ADM": {"STB", "AMR", "PLA", "ADM", "AUD"},
}
STEPS = {
    ("unverified", "submit"): ("pending", {"ENT", "TTO", "APV", "AGT", "AUC"}),
    ("rejected", "submit"): ("pending", {"ENT", "TTO", "APV", "AGT", "AUC"}),
    ("pending", "verify"): ("verified", {"PLA"}),
    ("pending", "reject"): ("rejected", {"PLA"}),
    ("verified", "revoke"): ("unverified", {"PLA"}),
}


def code_of(function, *arguments) -> str:
    try:
        function(*arguments)
    except RuleViolation as violation:
        return violation.code
    return ""


@pytest.mark.parametrize("kind", Kind, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_role_fits_the_kind(kind, role):
    expected = "" if role.value in FITTING[kind] else "E-PA-01"

    assert code_of(rules.check_role_fits, kind.value, role) == expected


@pytest.mark.parametrize("granter", Role, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_grant(granter, role):
    expected = "" if role.value in GRANTS.get(granter.value, set()) else "E-PA-03"

    assert code_of(rules.check_grant, frozenset({granter}), role) == expected


@pytest.mark.parametrize("held", Role, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_officers_hold_nothing_else(held, role):
    officers = {"ADM", "AUD"}
    is_joined = held is not role and bool({held.value, role.value} & officers)

    code = code_of(rules.check_separation, frozenset({held}), role)

    assert code == ("E-PA-02" if is_joined else "")


def test_separation_names_the_roles_held():
    with pytest.raises(RuleViolation) as caught:
        rules.check_separation(
            frozenset({Role.BUREAU, Role.MARKET_REGULATOR}), Role.AUDITOR
        )

    assert caught.value.message == (
        "“安全审计员”与已有角色“市市场监管局、市科技局”"
        "应由不同人员担任（三员分立、办审分离）。"
    )


@pytest.mark.parametrize("state", VerificationState, ids=str)
@pytest.mark.parametrize("event", VerificationEvent, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_verification_table(state, event, role):
    step = STEPS.get((state.value, event.value))
    expected = (
        "E-ST-01" if step is None else step[0] if role.value in step[1] else "E-ST-02"
    )

    try:
        outcome = advance(
            rules.VERIFICATION, state.value, event.value, frozenset({role})
        ).target
    except RuleViolation as violation:
        outcome = violation.code

    assert outcome == expected


def test_decisions_want_four_eyes():
    wanting = {row.event for row in rules.VERIFICATION.transitions if row.four_eyes}

    assert wanting == {"verify", "reject"}


@pytest.mark.parametrize(
    ("kind", "status", "may"),
    [
        (Kind.UNIVERSITY, PilotStatus.PILOT, True),
        (Kind.STATE_ENTERPRISE, PilotStatus.REFERENCE, True),
        (Kind.UNIVERSITY, PilotStatus.NONE, False),
        (Kind.RESIDENT_INSTITUTE, PilotStatus.NONE, True),
        (Kind.ENTERPRISE, PilotStatus.PILOT, False),
    ],
)
def test_h01_who_may_publish_use_then_pay(kind, status, may):
    assert rules.may_publish_use_then_pay(kind.value, status.value) is may


@pytest.mark.parametrize(
    ("kind", "status", "starts_on", "ends_on", "code"),
    [
        (Kind.UNIVERSITY, "pilot", date(2026, 9, 1), date(2029, 9, 1), ""),
        (Kind.UNIVERSITY, "none", None, None, ""),
        (Kind.ENTERPRISE, "pilot", date(2026, 9, 1), date(2029, 9, 1), "E-PA-17"),
        (Kind.UNIVERSITY, "pilot", None, date(2029, 9, 1), "E-PA-18"),
        (Kind.UNIVERSITY, "pilot", date(2026, 9, 1), None, "E-PA-18"),
        (Kind.UNIVERSITY, "pilot", date(2026, 9, 1), date(2026, 9, 1), "E-PA-10"),
    ],
)
def test_pilot_place(kind, status, starts_on, ends_on, code):
    assert code_of(rules.check_pilot, kind.value, status, starts_on, ends_on) == code
