"""Reads of matches: one's own with what may be shown of the other side."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from cms.core.actors import Actor
from cms.parties.models import Organization
from cms.rules.roles import Role
from cms.rules.supply_demand.matching import (
    OPEN_STATES,
    ContactFacts,
    MatchSide,
    MatchState,
    contacts_released,
)
from cms.supply_demand.models import Demand, Match, OfferPage
from cms.supply_demand.models.contacts import open_contact

HIDDEN_NAME = "匿名企业（接受对接后可见）"


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as one of its parties may see it."""

    match: Match
    side: MatchSide
    is_enterprise: bool
    own_name: str
    other_name: str
    own_contact: ContactFacts | None
    other_contact: ContactFacts | None

    @property
    def may_answer(self) -> bool:
        """Whether it is this party's turn to accept or decline."""
        return (
            self.match.status == MatchState.PENDING and self.side is MatchSide.RESPONDER
        )

    @property
    def may_withdraw(self) -> bool:
        """Whether this party may take its interest back."""
        return (
            self.match.status == MatchState.PENDING and self.side is MatchSide.INITIATOR
        )

    @property
    def is_released(self) -> bool:
        """Whether the contacts are open to both."""
        return contacts_released(self.match.status)


def list_own_matches(actor: Actor) -> QuerySet[Match]:
    """Return the matches of the person's enterprises and units; waiting first."""
    enterprises = actor.organizations_as(Role.ENTERPRISE)
    units = actor.organizations_as(Role.TRANSFER_OFFICE)
    return (
        Match.objects.filter(Q(enterprise__in=enterprises) | Q(unit__in=units))
        .select_related("enterprise", "unit", "offer", "demand__page", "intent")
        .annotate(
            turn=Case(
                When(status=MatchState.PENDING, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .order_by("turn", "-created_at", "-pk")
    )


def get_own_match(actor: Actor, pk: int) -> Match:
    """Return one match of the person's organizations.

    Raises:
        Http404: there is none, or it is between others.
    """
    match = list_own_matches(actor).filter(pk=pk).first()
    if match is None:
        raise Http404
    return match


def view_match(match: Match, actor: Actor) -> MatchView:
    """Return what the person's party may see: names and contacts once released."""
    is_enterprise = Role.ENTERPRISE in actor.roles_in(match.enterprise_id)
    own_id = match.enterprise_id if is_enterprise else match.unit_id
    is_initiator = own_id == match.initiator_id
    is_released = contacts_released(match.status)
    sealed = (match.initiator_contact, match.responder_contact)
    own, other = sealed if is_initiator else sealed[::-1]
    name = match.unit.name if is_enterprise else match.enterprise.name
    if not is_enterprise and match.hides_enterprise and not is_released:
        name = HIDDEN_NAME
    return MatchView(
        match=match,
        side=MatchSide.INITIATOR if is_initiator else MatchSide.RESPONDER,
        is_enterprise=is_enterprise,
        own_name=match.enterprise.name if is_enterprise else match.unit.name,
        other_name=name,
        own_contact=open_contact(own) if is_initiator or is_released else None,
        other_contact=open_contact(other) if is_released else None,
    )


def count_waiting_matches(actor: Actor) -> int:
    """Return how many interests wait for the person's answer."""
    enterprises = actor.organizations_as(Role.ENTERPRISE)
    units = actor.organizations_as(Role.TRANSFER_OFFICE)
    return (
        Match.objects.filter(status=MatchState.PENDING)
        .filter(Q(enterprise__in=enterprises) | Q(unit__in=units))
        .exclude(initiator__in=enterprises | units)
        .count()
    )


def has_open_match(
    actor: Actor, *, offer: OfferPage | None = None, demand: Demand | None = None
) -> int | None:
    """Return the id of the person's open match on an entry, if there is one."""
    matches = Match.objects.filter(status__in=OPEN_STATES)
    if offer is not None:
        enterprises = actor.organizations_as(Role.ENTERPRISE)
        matches = matches.filter(offer=offer, enterprise__in=enterprises)
    else:
        units = actor.organizations_as(Role.TRANSFER_OFFICE)
        matches = matches.filter(demand=demand, unit__in=units)
    return matches.values_list("pk", flat=True).first()


def list_matched_parties() -> QuerySet[Organization]:
    """Return the parties of open matches, for invitations to events."""
    open_matches = Match.objects.filter(status__in=OPEN_STATES)
    return Organization.objects.filter(
        Q(pk__in=open_matches.values("enterprise"))
        | Q(pk__in=open_matches.values("unit"))
    ).order_by("name", "pk")
