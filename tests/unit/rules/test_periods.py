"""Parameters of requirements §2: values, articles, versions."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from cms.rules import periods
from cms.rules.articles import parse_citations
from cms.rules.deadlines import compute
from cms.rules.parameters import Origin, Parameter, ParameterKind, ParameterRegister
from cms.rules.periods import FIRST_EDITION, PERIODS
from cms.rules.violations import RuleViolation
from tests.factories.calendars import shipped_calendar

EDITION = FIRST_EDITION.isoformat()
REGISTER = """
    NOTICE_EMPOWER=15ND Doc|NOTICE_LISTING=15ND Doc|NOTICE_NEGOTIATED=15ND Doc
    EXT_MAX=7ND Doc|EXT_TIMES=2 Doc|NOTICE_AUCTION=7ND Doc|AUCTION_MIN_BIDDERS=2 Doc
    OBJ_NEG_REPLY=3ND Doc|OBJ_RIGHTS=15ND Doc|OBJ_FORMAL=3WD Prop|OBJ_DEFENCE=7ND Prop
    NOTICE_REWARD=15WD Doc|NOTICE_TM=5WD Doc|NOTICE_ABANDON=15ND Prop
    LONG_USE_MIN=10year Doc|PATENT_RECORD=3month Doc|SELF_EVAL_DUE=(1, 1, 31)fixed Doc
    TM_REPORT_DUE=(0, 12, 31)fixed Doc|TM_CERT=1year Doc|TM_TERM=3year inferred
    UNIT_RULES_DUE=1year Doc|PILOT_TERM=3year Doc|REWARD_FLOOR=0.50share Law
    REWARD_WARN=0.70share precedent|DEPOSIT_CAP=0.20share Law|DEFER_MIN=1ND Doc
    DEFER_ADVISED=12month precedent|FORMAL_REVIEW=5WD Prop|FILE_REMIND=30ND Prop
    ASSET_REPORT_DUE=Noneunit_setting Doc|ROLL_ON_REST_DAY=Trueswitch Law
    NOTICE_PRE_TALKS=7ND Prop|BIDDER_CONSENT=3ND Prop|STATUS_ASK=6month Prop
    TM_LOOKBACK=3year Doc|ENTRY_VALID=12month Prop|CALENDAR_WARN=60ND Prop
    TITLE_REMIND=60ND Prop|NOTICE_PLAN_MAX=365ND Prop|CONTRIBUTION_MAX=5year Law
"""


def written(entry: Parameter) -> str:
    unit = "" if entry.kind is ParameterKind.NUMBER else entry.kind.value
    return f"{entry.name}={entry.value}{unit} {entry.origin.value}"


def changed_register() -> ParameterRegister:
    """The register with 20 days of listing from 2027-07-01 on."""
    day = date(2027, 7, 1)
    entries = [
        replace(PERIODS.get(name, EDITION), valid_to=date(2027, 6, 30))
        if name == "NOTICE_LISTING"
        else PERIODS.get(name, EDITION)
        for name in PERIODS.names
    ]
    changed = replace(periods.NOTICE_LISTING, value=20, valid_from=day)
    return ParameterRegister([*entries, changed])


def test_every_parameter_has_the_value_of_the_register() -> None:
    expected = [
        part.strip() for line in REGISTER.split("\n") for part in line.split("|")
    ]

    found = [written(PERIODS.get(name, EDITION)) for name in PERIODS.names]

    assert sorted(found) == sorted(part for part in expected if part)


def test_only_two_bounds_of_the_plan_are_working_days() -> None:
    found = [
        name
        for name in PERIODS.names
        if (entry := PERIODS.get(name, EDITION)).kind is ParameterKind.WORKING_DAYS
        and entry.origin is Origin.PLAN
    ]

    assert found == ["NOTICE_REWARD", "NOTICE_TM"]


@pytest.mark.parametrize("name", PERIODS.names)
def test_every_parameter_cites_an_article_that_can_be_read(name: str) -> None:
    entry = PERIODS.get(name, EDITION)

    assert entry.articles
    for article in entry.articles:
        assert parse_citations(article)
    assert entry.label
    assert (entry.valid_from, entry.valid_to) == (FIRST_EDITION, None)


def test_what_rolls_stops_and_is_extended() -> None:
    entries = [PERIODS.get(name, EDITION) for name in PERIODS.names]

    assert {entry.name for entry in entries if entry.is_suspendable} == {
        "NOTICE_LISTING",
        "NOTICE_AUCTION",
    }
    assert [entry.name for entry in entries if entry.is_extendable] == [
        "NOTICE_NEGOTIATED"
    ]
    assert [entry.name for entry in entries if entry.is_cap] == [
        "EXT_MAX",
        "EXT_TIMES",
        "CONTRIBUTION_MAX",
        "NOTICE_PLAN_MAX",
        "DEPOSIT_CAP",
    ]
    assert [entry.name for entry in entries if not entry.rolls and entry.is_period] == [
        "NOTICE_REWARD",
        "NOTICE_TM",
        "OBJ_FORMAL",
        "FORMAL_REVIEW",
        "FILE_REMIND",
        "LONG_USE_MIN",
        "DEFER_ADVISED",
        "STATUS_ASK",
        "SELF_EVAL_DUE",
        "TM_REPORT_DUE",
        "TM_CERT",
        "TM_TERM",
        "UNIT_RULES_DUE",
        "PILOT_TERM",
        "ENTRY_VALID",
    ]


def test_values_are_read_by_their_kind() -> None:
    assert periods.EXT_TIMES.amount == 2
    assert periods.DEPOSIT_CAP.share == Decimal("0.20")
    assert periods.SELF_EVAL_DUE.fixed_date == (1, 1, 31)
    with pytest.raises(TypeError, match="ROLL_ON_REST_DAY has no whole number"):
        _ = periods.ROLL_ON_REST_DAY.amount
    with pytest.raises(TypeError, match="DEPOSIT_CAP has no whole number"):
        _ = periods.DEPOSIT_CAP.amount
    with pytest.raises(TypeError, match="EXT_MAX is no share"):
        _ = periods.EXT_MAX.share
    with pytest.raises(TypeError, match="EXT_MAX is no fixed date"):
        _ = periods.EXT_MAX.fixed_date


def test_length_is_told_in_words() -> None:
    lengths = {entry.name: entry.length for entry in PERIODS.periods(EDITION)}

    assert lengths["NOTICE_LISTING"] == "15个自然日"
    assert lengths["NOTICE_REWARD"] == "15个工作日"
    assert lengths["PATENT_RECORD"] == "3个月"
    assert lengths["LONG_USE_MIN"] == "10年"
    assert lengths["SELF_EVAL_DUE"] == "次年1月31日"
    assert lengths["TM_REPORT_DUE"] == "当年12月31日"


def test_edition_is_that_of_the_opening_day() -> None:
    register = changed_register()

    assert PERIODS.edition_on(date(2004, 1, 1)) == EDITION
    assert register.edition_on(date(2027, 6, 30)) == EDITION
    assert register.edition_on(date(2027, 7, 1)) == "2027-07-01"
    assert register.get("NOTICE_LISTING", EDITION).amount == 15
    assert register.get("NOTICE_LISTING", "2027-07-01").amount == 20
    assert register.get("NOTICE_AUCTION", "2027-07-01").amount == 7
    assert register.names[1] == "NOTICE_LISTING"


def test_running_case_keeps_the_edition_it_opened_under() -> None:
    register, calendar = changed_register(), shipped_calendar()
    before, after = datetime(2027, 6, 30, 10), datetime(2027, 7, 1, 10)

    old = compute("NOTICE_LISTING", before, calendar, register=register)
    new = compute("NOTICE_LISTING", after, calendar, register=register)
    kept = compute(
        "NOTICE_LISTING", after, calendar, rule_version=EDITION, register=register
    )

    assert (old.rule_version, old.last_day) == (EDITION, date(2027, 7, 15))
    assert (new.rule_version, new.last_day) == ("2027-07-01", date(2027, 7, 21))
    assert (kept.rule_version, kept.last_day) == (EDITION, date(2027, 7, 16))


def test_roll_may_be_switched_off_by_an_edition() -> None:
    entries = [
        replace(PERIODS.get(name, EDITION), value=False)
        if name == "ROLL_ON_REST_DAY"
        else PERIODS.get(name, EDITION)
        for name in PERIODS.names
    ]

    found = compute(
        "NOTICE_LISTING",
        datetime(2026, 9, 10, 10),
        shipped_calendar(),
        register=ParameterRegister(entries),
    )

    assert found.last_day == date(2026, 9, 25)


def test_register_refuses_what_it_does_not_hold() -> None:
    assert PERIODS.find("NOTHING", EDITION) is None
    assert not PERIODS.has_period("NOTHING")
    assert not PERIODS.has_period("EXT_MAX")
    assert PERIODS.has_period("NOTICE_LISTING")
    with pytest.raises(KeyError, match="NOTHING"):
        PERIODS.get("NOTHING", EDITION)
    with pytest.raises(ValueError, match="unknown edition 2020-01-01"):
        PERIODS.find("NOTICE_LISTING", "2020-01-01")


def test_register_refuses_gaps_between_versions() -> None:
    later = replace(periods.NOTICE_TM, valid_from=date(2028, 1, 1))

    with pytest.raises(ValueError, match="NOTICE_TM has a gap or an overlap"):
        ParameterRegister([periods.NOTICE_TM, later])


def test_a_name_given_up_by_an_edition_is_no_rule_of_it() -> None:
    ended = replace(periods.NOTICE_PRE_TALKS, valid_to=date(2026, 12, 31))
    other = replace(periods.NOTICE_TM, valid_to=date(2026, 12, 31))
    again = replace(periods.NOTICE_TM, valid_from=date(2027, 1, 1))
    register = ParameterRegister([ended, other, again, periods.ROLL_ON_REST_DAY])

    assert [entry.name for entry in register.periods("2027-01-01")] == ["NOTICE_TM"]
    with pytest.raises(RuleViolation, match="E-CL-01"):
        compute(
            "NOTICE_PRE_TALKS",
            datetime(2027, 2, 1),
            shipped_calendar(),
            register=register,
        )
