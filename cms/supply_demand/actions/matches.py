"""Two-way matching (FP-08): interest, acceptance, release of contacts, end."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from cms.core import due, evidence, transitions
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.models import Organization
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_states import (
    DEMAND,
    LISTED_STATES,
    DemandEvent,
)
from cms.rules.supply_demand.matching import (
    MATCH,
    OPEN_STATES,
    ContactFacts,
    MatchEvent,
    MatchSide,
    check_contact,
    check_interest,
    check_side,
)
from cms.rules.supply_demand.supply_states import (
    SUPPLY,
    SupplyEvent,
)
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demand_pages import write_state
from cms.supply_demand.actions.match_endings import EXPIRY
from cms.supply_demand.actions.offer_pages import write_state as write_offer_state
from cms.supply_demand.models import Application, Demand, Match, OfferPage
from cms.supply_demand.models.contacts import seal_contact
from cms.supply_demand.public_texts import screen
from cms.supply_demand.queries.parties import is_organization_verified


def express_interest_in_offer(
    offer: OfferPage,
    enterprise: Organization,
    *,
    note: str,
    contact: ContactFacts,
    demand: Demand | None = None,
    by: Actor,
    at: datetime,
) -> Match:
    """Record an enterprise's interest in an offer; the unit has to answer.

    `demand` is one of the enterprise's own listed demands that the offer may
    solve. Naming it shows the enterprise to the unit.

    Raises:
        RuleViolation, RuleViolations: E-FP-18, E-ST-02, E-MA-01, E-MA-03,
            E-MA-06, E-MA-07, E-SE-02.
    """
    _check_party(enterprise, Role.ENTERPRISE, by)
    _check_open(offer.is_listed and at < offer.valid_until)
    if demand is not None:
        _check_open(
            demand.organization_id == enterprise.pk and demand.status in LISTED_STATES
        )
    match = Match(
        enterprise=enterprise,
        unit=offer.unit,
        initiator=enterprise,
        offer=offer,
        demand=demand,
        expires_at=offer.valid_until,
    )
    return _begin(match, note, contact, by=by, at=at)


def express_interest_in_demand(
    demand: Demand,
    unit: Organization,
    *,
    note: str,
    contact: ContactFacts,
    offer: OfferPage | None = None,
    by: Actor,
    at: datetime,
) -> Match:
    """Record a unit's interest in a demand; the enterprise has to answer.

    `offer` is one of the unit's own listed offers that may answer the demand.

    Raises:
        RuleViolation, RuleViolations: as `express_interest_in_offer`.
    """
    _check_party(unit, Role.TRANSFER_OFFICE, by)
    page = demand.page
    _check_open(
        page is not None and demand.status in LISTED_STATES and at < page.valid_until
    )
    if offer is not None:
        _check_open(offer.unit_id == unit.pk and offer.is_listed)
    match = Match(
        enterprise=demand.organization,
        unit=unit,
        initiator=unit,
        offer=offer,
        demand=demand,
        hides_enterprise=bool(demand.answers.get("is_anonymous")),
        expires_at=page.valid_until,  # type: ignore[union-attr]
    )
    return _begin(match, note, contact, by=by, at=at)


def accept_match(
    match: Match, *, reply: str, contact: ContactFacts, by: Actor, at: datetime
) -> Match:
    """Accept the other side's interest: contacts are released to both.

    1. Steps to 对接中 and keeps the responder's contact.
    2. Logs each of the two releases as evidence, without the contacts.
    3. Marks the offer and the demand 对接中; both stay listed.

    Raises:
        RuleViolation, RuleViolations: E-FP-18, E-MA-02, E-MA-03, E-ST-01…04.
    """
    responder = responder_of(match)
    check_interest(
        is_signed_in=by.user_id is not None,
        is_verified=is_organization_verified(responder),
    )
    check_contact(contact)
    with writing():
        _step(match, MatchEvent.ACCEPT, by=by, at=at)
        match.responder_contact = seal_contact(contact)
        match.reply, match.decided_at = reply.strip(), at
        match.save(update_fields=["responder_contact", "reply", "decided_at"])
        due.cancel(EXPIRY, match, at=at)
        for receiver, owner in (
            (match.enterprise_id, match.unit_id),
            (match.unit_id, match.enterprise_id),
        ):
            evidence.record(
                "match.contact_released",
                match,
                {"to": receiver, "of": owner},
                by=by,
                at=at,
            )
        _mark_matching(match, by=by, at=at)
        return match


def decline_match(match: Match, *, reply: str, by: Actor, at: datetime) -> Match:
    """Decline the other side's interest; no contact is released."""
    with writing():
        _step(match, MatchEvent.DECLINE, by=by, at=at)
        match.reply, match.decided_at, match.ended_at = reply.strip(), at, at
        match.save(update_fields=["reply", "decided_at", "ended_at"])
        due.cancel(EXPIRY, match, at=at)
        return match


def withdraw_match(match: Match, *, by: Actor, at: datetime) -> Match:
    """Take back one's own interest before it is answered."""
    with writing():
        _step(match, MatchEvent.WITHDRAW, by=by, at=at)
        _end(match, at)
        due.cancel(EXPIRY, match, at=at)
        return match


def close_match(match: Match, *, reason: str, by: Actor, at: datetime) -> Match:
    """End a match that both accepted, with a reason; offer and demand stay listed.

    Raises:
        RuleViolation: E-MA-03 (no reason), E-ST-01, E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-MA-03", field="reason", fields="结束原因")
    with writing():
        _step(match, MatchEvent.CLOSE, by=by, at=at)
        match.closing_reason = reason.strip()
        _end(match, at)
        return match


def responder_of(match: Match) -> Organization:
    """Return the party that has to answer."""
    if match.initiator_id == match.enterprise_id:
        return match.unit
    return match.enterprise


def side_of(match: Match, by: Actor) -> MatchSide:
    """Return the side on which the person stands.

    Raises:
        RuleViolation: E-ST-02 (on neither).
    """
    for organization_id, role in (
        (match.enterprise_id, Role.ENTERPRISE),
        (match.unit_id, Role.TRANSFER_OFFICE),
    ):
        if role in by.roles_in(organization_id):
            if organization_id == match.initiator_id:
                return MatchSide.INITIATOR
            return MatchSide.RESPONDER
    raise RuleViolation("E-ST-02", event=MATCH.label)


def _check_party(organization: Organization, role: Role, by: Actor) -> None:
    check_interest(
        is_signed_in=by.user_id is not None,
        is_verified=is_organization_verified(organization),
    )
    if role not in by.roles_in(organization.pk):
        raise RuleViolation("E-ST-02", event="提交合作意向")


def _check_open(is_open: bool) -> None:
    if not is_open:
        raise RuleViolation("E-MA-06")


def _begin(
    match: Match, note: str, contact: ContactFacts, *, by: Actor, at: datetime
) -> Match:
    if match.enterprise_id == match.unit_id:
        raise RuleViolation("E-MA-07")
    if not note.strip():
        raise RuleViolation("E-MA-03", field="note", fields="意向说明")
    found = screen({"note": note})
    if found:
        raise RuleViolations(found)
    check_contact(contact)
    match.note = note.strip()
    match.initiator_contact = seal_contact(contact)
    match.submitted_by_id, match.created_at = by.user_id, at
    try:
        with writing():
            if _twins(match).exists():
                raise RuleViolation("E-MA-01")
            match.save(force_insert=True)
            evidence.record(
                "match.expressed",
                match,
                {
                    "initiator": match.initiator_id,
                    "offer": match.offer_id,
                    "demand": match.demand_id,
                },
                by=by,
                at=at,
            )
            due.schedule(EXPIRY, match, match.expires_at)
    except IntegrityError as error:
        raise RuleViolation("E-MA-01") from error
    return match


def _twins(match: Match) -> QuerySet[Match]:
    """Return the open matches between the same two on the same entry."""
    same = Q()
    if match.offer_id:
        same |= Q(offer=match.offer_id, enterprise=match.enterprise_id)
    if match.demand_id:
        same |= Q(demand=match.demand_id, unit=match.unit_id)
    return Match.objects.filter(same, status__in=OPEN_STATES)


def _step(match: Match, event: MatchEvent, *, by: Actor, at: datetime) -> None:
    check_side(event, side_of(match, by))
    roles = by.roles_in(match.enterprise_id) | by.roles_in(match.unit_id)
    transitions.apply(MATCH, match, event, by=by, roles=roles, at=at)


def _end(match: Match, at: datetime) -> None:
    match.ended_at = at
    match.save(update_fields=["ended_at", "closing_reason"])


def _mark_matching(match: Match, *, by: Actor, at: datetime) -> None:
    """Show offer and demand as 对接中 where they are not yet."""
    demand = match.demand
    if demand is not None and DEMAND.find(demand.status, DemandEvent.MATCH):
        transitions.apply(
            DEMAND,
            demand,
            DemandEvent.MATCH,
            by=by,
            roles=by.roles & {Role.ENTERPRISE, Role.TRANSFER_OFFICE},
            at=at,
            payload={"match": match.pk},
        )
        write_state(demand, at=at)
    if match.offer is not None:
        _mark_offer(match.offer, match, by=by, at=at)


def _mark_offer(offer: OfferPage, match: Match, *, by: Actor, at: datetime) -> None:
    application = Application.objects.filter(offer=offer).first()
    if application is None or not SUPPLY.find(application.status, SupplyEvent.MATCH):
        return
    transitions.apply(
        SUPPLY,
        application,
        SupplyEvent.MATCH,
        by=by,
        roles=by.roles & {Role.ENTERPRISE, Role.TRANSFER_OFFICE},
        at=at,
        payload={"match": match.pk},
    )
    write_offer_state(application, at=at)
