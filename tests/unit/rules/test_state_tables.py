"""Every (state × event × role) of every table, generated from the tables."""

import importlib
import pkgutil
import re
from itertools import product

import pytest

import cms.rules
from cms.rules import periods
from cms.rules.messages import MESSAGES
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, advance, by
from cms.rules.tables import TABLES
from cms.rules.violations import RuleViolation

BY_NAME = {table.name: table for table in TABLES}
STATES = [(table, state) for table in TABLES for state in table.states]
ALSO_INITIAL = {"pilot_unit": {"deemed"}}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def outcome(table: StateTable, state: str, event: str, role: Role) -> tuple[str, str]:
    try:
        return "to", advance(table, state, event, frozenset({role})).target
    except RuleViolation as refusal:
        return refusal.code, refusal.message


def expected(table: StateTable, state: str, event: str, role: Role) -> tuple[str, str]:
    rows = [r for r in table.transitions if (r.source, r.event) == (state, event)]
    event_label = table.events(event).label
    if not rows:
        label = table.states(state).label
        return "E-ST-01", f"当前状态为“{label}”，不能进行“{event_label}”。"
    if role not in rows[0].roles:
        return "E-ST-02", f"您没有权限进行“{event_label}”。"
    return "to", rows[0].target


@pytest.mark.parametrize(
    ("table", "state"), STATES, ids=[f"{t.name}-{s.value}" for t, s in STATES]
)
def test_each_event_and_role_does_what_the_table_says(table, state) -> None:
    cases = list(product(table.events, Role))

    found = {(e, r): outcome(table, state, e, r) for e, r in cases}

    assert found == {(e, r): expected(table, state, e, r) for e, r in cases}


@each_table
def test_nobody_does_nothing(table: StateTable) -> None:
    row = table.transitions[0]

    with pytest.raises(RuleViolation) as refusal:
        advance(table, row.source, row.event, frozenset())

    assert refusal.value.code == "E-ST-02"


@each_table
def test_events_offered_are_those_that_pass(table: StateTable) -> None:
    for state, role in product(table.states, Role):
        offered = table.events_for(state, frozenset({role}))

        passing = [e for e in table.events if outcome(table, state, e, role)[0] == "to"]
        assert sorted(offered) == sorted(passing)


@each_table
def test_state_and_event_have_one_row(table: StateTable) -> None:
    pairs = [(row.source, row.event) for row in table.transitions]

    assert len(pairs) == len(set(pairs))


@each_table
def test_rows_name_known_states_events_and_somebody(table: StateTable) -> None:
    for row in table.transitions:
        assert table.states(row.source) and table.states(row.target)
        assert table.events(row.event)
        assert row.roles and row.roles <= frozenset(Role)


@each_table
def test_every_state_is_reached_and_every_event_used(table: StateTable) -> None:
    first = str(next(iter(table.states)))
    reached = {first} | ALSO_INITIAL.get(table.name, set())
    while True:
        more = {str(r.target) for r in table.transitions if r.source in reached}
        if more <= reached:
            break
        reached |= more

    assert reached == {state.value for state in table.states}
    assert {row.event for row in table.transitions} == set(table.events)


@each_table
def test_rules_and_periods_that_rows_cite_exist(table: StateTable) -> None:
    for row in table.transitions:
        for code in re.findall(r"\b[EW]-[A-Z]{2}-\d\d\b", row.guard):
            assert code in MESSAGES
        for name in re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", row.timer):
            assert hasattr(periods, name), name


def test_registry_holds_every_table_of_the_rules() -> None:
    found = set()
    for module in pkgutil.walk_packages(cms.rules.__path__, "cms.rules."):
        if not module.name.endswith(".tables"):
            values = vars(importlib.import_module(module.name)).values()
            found |= {value.name for value in values if isinstance(value, StateTable)}

    assert found == set(BY_NAME)
    assert len(BY_NAME) == len(TABLES)


def test_by_returns_the_actors() -> None:
    assert by(Role.PLATFORM, Role.BUREAU) == frozenset({Role.BUREAU, Role.PLATFORM})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (
            "empowerment",
            "submit pass_review approve publish object dismiss_after_close sign"
            " register request_extension approve_extension close_extension_notice"
            " expire",
        ),
        ("notice", "submit approve publish suspend resume extend close"),
        (
            "listing",
            "submit approve enroll qualify suspend resume close_to_bidding"
            " end_bidding confirm sign complete",
        ),
        (
            "negotiation",
            "announce start_talks agree publish extend object close_notice hold"
            " resume sign complete revisit",
        ),
        (
            "auction",
            "approve enroll qualify close open knock_down confirm sign complete",
        ),
        ("objection", "raise admit defend prove uphold"),
        ("negotiated_objection", "raise admit miss_reply"),
        (
            "use_then_transfer",
            "approve license register_intent start_transformation fail_to_sell"
            " start_transformation sell",
        ),
        ("agreement", "draw_up publish close_notice sign take_effect complete"),
        (
            "payment",
            "trigger return trigger confirm pay_part fall_overdue pay correct waive",
        ),
        (
            "ledger_entry",
            "return disclose register mark_intended mark_transformed"
            " mark_transformed request_abandonment ask_inventors"
            " publish_abandonment abandon",
        ),
        ("reward", "submit publish object dismiss_after_close pay complete"),
        (
            "technology_manager",
            "recommend start_expert_review pass_expert_review publish file register"
            " miss_report end_term renew",
        ),
        (
            "liability_exemption",
            "admit investigate hear draft exempt_partly archive",
        ),
        ("pilot_unit", "assess confirm start remind_of_rules end"),
        (
            "equity_investment",
            "submit approve complete_contribution record_shares write_off",
        ),
    ],
)
def test_story_of_the_register_runs_to_its_end(name: str, path: str) -> None:
    table = BY_NAME[name]
    state = str(next(iter(table.states)))

    for event in path.split():
        row = table.find(state, event)
        assert row is not None, (state, event)
        state = str(row.target)

    assert [r for r in table.transitions if r.source == state] == []
