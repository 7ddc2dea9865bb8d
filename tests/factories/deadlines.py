"""Shorthand for deadlines in tests: Shanghai times, stops, refusals."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from cms.rules.deadlines import Deadline, compute
from cms.rules.periods import FIRST_EDITION
from cms.rules.shanghai_time import SHANGHAI
from cms.rules.suspensions import Suspension
from cms.rules.violations import RuleViolation
from tests.factories.calendars import shipped_calendar

EDITION = FIRST_EDITION.isoformat()


def at(text: str) -> datetime:
    """Return a Shanghai time such as `2026-09-25 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def stop(start: str, end: str) -> Suspension:
    """Return a stop between two Shanghai times."""
    return Suspension(at(start), at(end))


def deadline(
    rule: str, opened: str, *stops: Suspension, extensions: Sequence[int] = ()
) -> Deadline:
    """Compute under the shipped calendar."""
    return compute(rule, at(opened), shipped_calendar(), stops, extensions)


def refusal(function: Callable[..., Any], *args: Any, **kwargs: Any) -> RuleViolation:
    """Return the refusal of a call that must be refused."""
    with pytest.raises(RuleViolation) as caught:
        function(*args, **kwargs)
    return caught.value
