"""Doors for objections and trades: who counts them, and may one go on?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cms.notices.models import Notice
from cms.notices.queries import facts_of
from cms.rules.notices import may_proceed
from cms.rules.violations import RuleViolation

Counter = Callable[[Notice], int]
_objections: list[Counter] = []
_missing_consents: list[Counter] = []


def counts_open_objections(counter: Counter) -> Counter:
    """Register what counts the open objections to a notice (E-NT-05)."""
    _objections.append(counter)
    return counter


def counts_missing_consents(counter: Counter) -> Counter:
    """Register what counts qualified bidders without consent (OT-41, E-CH-01)."""
    _missing_consents.append(counter)
    return counter


def count_open_objections(notice: Notice) -> int:
    """Return how many objections to a notice are not closed."""
    return sum(counter(notice) for counter in _objections)


def check_consents(notice: Notice) -> None:
    """Refuse a change while a qualified bidder has not consented.

    Raises:
        RuleViolation: E-CH-01.
    """
    missing = sum(counter(notice) for counter in _missing_consents)
    if missing:
        raise RuleViolation("E-CH-01", n=missing)


def check_may_proceed(notice: Notice, at: datetime) -> None:
    """Refuse signing, payout or filing on a notice that has not served its purpose.

    Raises:
        RuleViolation: those of `rules.notices.may_proceed`.
    """
    facts = replace(facts_of(notice), open_objections=count_open_objections(notice))
    may_proceed(facts, at)
