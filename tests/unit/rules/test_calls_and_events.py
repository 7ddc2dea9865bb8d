"""Windows of calls and places of events (FP-07, NG-02)."""

from datetime import datetime, timedelta

import pytest

from cms.rules.shanghai_time import SHANGHAI
from cms.rules.supply_demand.calls import (
    CallPhase,
    EventState,
    RegistrationState,
    belongs_to_batch,
    check_event_times,
    check_registration,
    check_window,
    phase,
    place_for,
)
from cms.rules.violations import RuleViolation

OPENS = datetime(2026, 9, 1, tzinfo=SHANGHAI)
CLOSES = datetime(2026, 10, 1, tzinfo=SHANGHAI)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(OPENS - TICK, CallPhase.UPCOMING, id="before"),
        pytest.param(OPENS, CallPhase.OPEN, id="first instant"),
        pytest.param(CLOSES - TICK, CallPhase.OPEN, id="last instant"),
        pytest.param(CLOSES, CallPhase.CLOSED, id="the end is out"),
    ],
)
def test_phase_of_a_call(at, expected):
    assert phase(OPENS, CLOSES, at) is expected
    assert belongs_to_batch(OPENS, CLOSES, at) is (expected is CallPhase.OPEN)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "at", "is_refused"),
    [
        pytest.param(OPENS, CLOSES, OPENS - TICK, False, id="ahead"),
        pytest.param(OPENS, CLOSES, CLOSES - TICK, False, id="still open"),
        pytest.param(OPENS, CLOSES, CLOSES, True, id="over"),
        pytest.param(OPENS, OPENS, OPENS - TICK, True, id="empty"),
        pytest.param(CLOSES, OPENS, OPENS - TICK, True, id="reversed"),
    ],
)
def test_window_at_publication(opens_at, closes_at, at, is_refused):
    assert code_of(check_window, opens_at, closes_at, at) == (
        ("E-CB-01", "closes_on") if is_refused else None
    )


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        (29, RegistrationState.CONFIRMED),
        (30, RegistrationState.WAITING),
        (31, RegistrationState.WAITING),
    ],
)
def test_full_event_has_a_waiting_list(confirmed, expected):
    assert place_for(30, confirmed) is expected


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "registration_closes_at", "expected"),
    [
        pytest.param(OPENS, CLOSES, OPENS, None, id="registers until the start"),
        pytest.param(OPENS, OPENS, OPENS, ("E-EV-01", "ends_at"), id="no length"),
        pytest.param(
            OPENS,
            CLOSES,
            OPENS + TICK,
            ("E-EV-01", "registration_closes_at"),
            id="registers after the start",
        ),
    ],
)
def test_times_of_an_event(starts_at, ends_at, registration_closes_at, expected):
    found = code_of(check_event_times, starts_at, ends_at, registration_closes_at)

    assert found == expected


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (EventState.PUBLISHED, CLOSES - TICK, None),
        (EventState.PUBLISHED, CLOSES, ("E-EV-02", "")),
        (EventState.CANCELLED, OPENS, ("E-EV-02", "")),
        (EventState.DRAFT, OPENS, ("E-EV-02", "")),
        (EventState.ENDED, OPENS, ("E-EV-02", "")),
    ],
)
def test_registration(state, at, expected):
    assert code_of(check_registration, state.value, CLOSES, at) == expected


def code_of(function, *arguments) -> tuple[str, str] | None:
    try:
        function(*arguments)
    except RuleViolation as refusal:
        return refusal.code, refusal.field
    return None
