"""Ends of pending matches whose entry has left the list."""

from datetime import datetime

from django.db.models import QuerySet

from cms.core import due, transitions
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.rules.supply_demand.matching import MATCH, MatchEvent, MatchState
from cms.supply_demand.models import Demand, Match, OfferPage

EXPIRY = "match.expire"


def expire_matches_of_demand(demand: Demand, *, at: datetime) -> int:
    """Let the unanswered matches on a demand lapse; return how many."""
    return _expire_all(Match.objects.filter(demand=demand), at)


def expire_matches_of_offer(offer: OfferPage, *, at: datetime) -> int:
    """Let the unanswered matches on an offer lapse; return how many."""
    return _expire_all(Match.objects.filter(offer=offer), at)


@writing()
def expire_match(match: Match, *, at: datetime) -> Match:
    """Let an unanswered match lapse (due row `match.expire`)."""
    if match.status == MatchState.PENDING:
        roles = SYSTEM.roles
        transitions.apply(
            MATCH, match, MatchEvent.EXPIRE, by=SYSTEM, roles=roles, at=at
        )
        match.ended_at = at
        match.save(update_fields=["ended_at"])
        due.cancel(EXPIRY, match, at=at)
    return match


@writing()
def _expire_all(matches: QuerySet[Match], at: datetime) -> int:
    pending = list(matches.filter(status=MatchState.PENDING))
    for match in pending:
        expire_match(match, at=at)
    return len(pending)
