"""Reads of calls and events: open batches, public lists, places."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from cms.core.actors import Actor
from cms.rules.supply_demand.calls import (
    CallPhase,
    CallScope,
    CallState,
    RegistrationState,
    phase,
)
from cms.supply_demand.models import (
    Call,
    CallPage,
    Event,
    EventInvitation,
    EventPage,
    EventRegistration,
)


def list_open_calls(at: datetime, scope: str) -> QuerySet[Call]:
    """Return the published calls open at `at` for `offers` or `demands`.

    Whether a call is open is read from its instants, not from its state.
    """
    return Call.objects.filter(
        status__in=[CallState.PUBLISHED.value, CallState.CLOSED.value],
        scope__in=[scope, CallScope.BOTH.value],
        opens_at__lte=at,
        closes_at__gt=at,
    ).order_by("closes_at", "pk")


def list_public_calls() -> QuerySet[CallPage]:
    """Return the published calls, newest first."""
    return CallPage.objects.live().order_by("-published_at", "-pk")


def phase_of(page: CallPage, at: datetime) -> CallPhase:
    """Return the phase of a published call by the server's clock."""
    return phase(page.opens_at, page.closes_at, at)


def list_public_events() -> QuerySet[EventPage]:
    """Return the published events, the latest first."""
    return EventPage.objects.live().order_by("-starts_at", "-pk")


@dataclass(frozen=True, slots=True)
class Places:
    """How full an event is."""

    confirmed: int
    waiting: int
    capacity: int

    @property
    def free(self) -> int:
        """Places still to be had."""
        return max(0, self.capacity - self.confirmed)


def get_places(event: Event) -> Places:
    """Return how many hold a place or wait for one (1 query)."""
    counts = event.registrations.aggregate(
        confirmed=Count("pk", filter=Q(state=RegistrationState.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
    )
    return Places(counts["confirmed"], counts["waiting"], event.capacity)


def get_own_registration(event: Event, actor: Actor) -> EventRegistration | None:
    """Return the person's place or waiting place at an event."""
    if actor.user_id is None:
        return None
    return (
        event.registrations.filter(user=actor.user_id)
        .exclude(state=RegistrationState.CANCELLED)
        .select_related("organization")
        .first()
    )


def list_attendance(event: Event) -> QuerySet[EventRegistration]:
    """Return who registered, in order, with person and organization."""
    return event.registrations.select_related("user", "organization").order_by(
        "registered_at", "pk"
    )


def list_invitations(actor: Actor, at: datetime) -> QuerySet[EventInvitation]:
    """Return the invitations of the person's organizations to events to come."""
    organizations = {owner for owner, _ in actor.memberships}
    return (
        EventInvitation.objects.filter(
            organization__in=organizations,
            event__starts_at__gt=at,
            event__status="published",
        )
        .select_related("event__page", "organization")
        .order_by("event__starts_at", "pk")
    )
