"""May the next step be taken? Computed from stored instants, never from a status."""

from dataclasses import dataclass
from datetime import datetime

from cms.rules.notices.kinds import Venue, rule_of
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """One venue's period; `close_at` is its close as it now stands."""

    venue: Venue
    opened_at: datetime
    close_at: datetime
    is_provisional: bool = False
    provisional_year: int = 0


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What decides whether a notice is over: its venues, stops and objections."""

    kind: str
    venues: tuple[VenueFacts, ...] = ()
    open_objections: int = 0
    is_suspended: bool = False
    is_terminated: bool = False

    @property
    def missing_venues(self) -> tuple[Venue, ...]:
        """Required venues that have not been opened (T-12)."""
        opened = {facts.venue for facts in self.venues}
        return tuple(v for v in rule_of(self.kind).required if v not in opened)

    @property
    def effective_close(self) -> datetime | None:
        """The later close of all opened venues; None while one is missing (T-12)."""
        if self.missing_venues or not self.venues:
            return None
        return max(facts.close_at for facts in self.venues)


def check_period_over(facts: NoticeFacts, at: datetime) -> None:
    """Refuse while a venue's period runs (T-12); objections are not asked.

    Raises:
        RuleViolation: E-NT-06 (one venue over, another not, or never opened),
            E-NT-03 (an end that is only provisional), the kind's own code or
            E-NT-04.
    """
    if facts.missing_venues:
        raise RuleViolation("E-NT-06", venue=facts.missing_venues[0].label)
    provisional = [v for v in facts.venues if v.is_provisional]
    if provisional:
        raise RuleViolation("E-NT-03", year=provisional[0].provisional_year)
    running = [v for v in facts.venues if facts.is_suspended or at < v.close_at]
    if not running:
        return
    if len(running) < len(facts.venues):
        raise RuleViolation("E-NT-06", venue=running[0].venue.label)
    code = rule_of(facts.kind).gate_code
    if code != "E-NT-04":
        raise RuleViolation(code)
    close = max(v.close_at for v in facts.venues)
    raise RuleViolation("E-NT-04", close=format_close(close))


def may_proceed(facts: NoticeFacts, at: datetime) -> None:
    """Refuse signing, payout or filing before the notice has served its purpose.

    Raises:
        RuleViolation: E-ST-01 (the notice was ended), those of
            `check_period_over`, E-NT-05 (open objections).
    """
    if facts.is_terminated:
        raise RuleViolation("E-ST-01", state="已终止", event="进入下一环节")
    check_period_over(facts, at)
    if facts.open_objections:
        raise RuleViolation("E-NT-05", n=facts.open_objections)
