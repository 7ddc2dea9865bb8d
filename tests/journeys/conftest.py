"""Fixtures of the stories: the clock that a story moves from day to day."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.notices import at


@pytest.fixture
def clock_hand() -> Iterator[time_machine.Traveller]:
    """Stop the clock at the story's first day; the story moves it on."""
    with time_machine.travel(at("2026-10-28 09:00"), tick=False) as traveller:
        yield traveller
