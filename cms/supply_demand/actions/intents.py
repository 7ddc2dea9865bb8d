"""合作意向书 (D-30): drafted by one side, confirmed and numbered by the other."""

import json
import secrets
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from cms.core import evidence, numbering, transitions
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.rules.supply_demand.matching import (
    MATCH,
    IntentFacts,
    IntentState,
    MatchEvent,
    MatchSide,
    MatchState,
    check_intent,
)
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.matches import responder_of, side_of
from cms.supply_demand.models import IntentRecord, Match


def propose_intent(
    match: Match, facts: IntentFacts, *, by: Actor, at: datetime
) -> IntentRecord:
    """Put an intent before the other side; a new text replaces an unconfirmed one.

    Raises:
        RuleViolation, RuleViolations: E-ST-01, E-ST-02, E-MA-04, E-MA-05.
    """
    check_intent(facts, on=at.astimezone(SHANGHAI).date())
    with writing():
        locked = Match.objects.select_for_update().get(pk=match.pk)
        if locked.status != MatchState.MATCHING:
            raise RuleViolation(
                "E-ST-01",
                state=MatchState(locked.status).label,
                event=MatchEvent.RECORD_INTENT.label,
            )
        record, _ = IntentRecord.objects.update_or_create(
            match=locked,
            defaults={
                **asdict(facts),
                "status": IntentState.PROPOSED.value,
                "proposer_id": own_id(locked, by),
                "proposed_by_id": by.person_id,
                "proposed_at": at,
                "return_reason": "",
            },
        )
        evidence.record("intent.proposed", record, {"match": match.pk}, by=by, at=at)
        return record


def return_intent(
    record: IntentRecord, reason: str, *, by: Actor, at: datetime
) -> IntentRecord:
    """Send the other side's text back, with a reason.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-MA-08 (own text), E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        locked = _counterpart_of(record, by)
        locked.status = IntentState.RETURNED.value
        locked.return_reason = reason.strip()
        locked.save(update_fields=["status", "return_reason"])
        evidence.record("intent.returned", locked, {}, by=by, at=at)
        return locked


def confirm_intent(record: IntentRecord, *, by: Actor, at: datetime) -> IntentRecord:
    """Confirm the other side's text: it gets its number and its salted SHA-256.

    `record` is the copy that was read; a text changed since is refused.

    Raises:
        RuleViolation: E-MA-05, E-MA-08 (own text), E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        locked = _counterpart_of(record, by)
        day = at.astimezone(SHANGHAI)
        check_intent(facts_of_intent(locked), on=day.date())
        match = locked.match
        locked.number = numbering.next_number("YX", day.year)
        locked.status = IntentState.CONFIRMED.value
        locked.confirmed_by_id, locked.confirmed_at = by.user_id, at
        locked.salt = secrets.token_hex(16)
        locked.sha256 = _digest(locked)
        locked.save()
        transitions.apply(
            MATCH,
            match,
            MatchEvent.RECORD_INTENT,
            by=by,
            roles=by.roles_in(match.enterprise_id) | by.roles_in(match.unit_id),
            at=at,
            payload={"number": locked.number, "sha256": locked.sha256},
        )
        return locked


def facts_of_intent(record: IntentRecord) -> IntentFacts:
    """Return what the two parties wrote down."""
    return IntentFacts(
        **{name: getattr(record, name) for name in IntentFacts.__dataclass_fields__}
    )


def own_id(match: Match, by: Actor) -> int:
    """Return the id of the party for which the person acts."""
    if side_of(match, by) is MatchSide.INITIATOR:
        return match.initiator_id
    return responder_of(match).pk


def _counterpart_of(record: IntentRecord, by: Actor) -> IntentRecord:
    locked = IntentRecord.objects.select_for_update().get(pk=record.pk)
    if own_id(locked.match, by) == locked.proposer_id:
        raise RuleViolation("E-MA-08")
    if (locked.status, locked.proposed_at) != (
        IntentState.PROPOSED.value,
        record.proposed_at,
    ):
        raise RuleViolation("E-ST-04")
    return locked


def _digest(record: IntentRecord) -> str:
    text = json.dumps(
        asdict(facts_of_intent(record)),
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
    return sha256(f"{record.salt}{record.number}{text}".encode()).hexdigest()
