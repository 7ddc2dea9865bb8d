"""Reads of demands: the public list, the enterprise's own, the bureau's queue."""

from django.db.models import QuerySet
from django.http import Http404

from cms.core.actors import Actor
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_form import DemandFacts, from_answers
from cms.rules.supply_demand.demand_states import REVIEW_STATES
from cms.supply_demand.models import Demand, DemandPage, DemandSubmission
from cms.supply_demand.models.contacts import open_contact


def facts_of(case: Demand | DemandSubmission) -> DemandFacts:
    """Return the form of a working copy or of a frozen copy, contact included."""
    contact = open_contact(case.sealed_contact)
    return from_answers(
        {
            **case.answers,
            "contact_name": contact.name,
            "contact_phone": contact.phone,
            "contact_email": contact.email,
        }
    )


def list_own_demands(actor: Actor) -> QuerySet[Demand]:
    """Return the demands of the enterprises for which the person acts."""
    return Demand.objects.filter(
        organization__in=actor.organizations_as(Role.ENTERPRISE)
    ).select_related("organization", "page", "call")


def get_own_demand(actor: Actor, pk: int) -> Demand:
    """Return one demand of the person's enterprises.

    Raises:
        Http404: there is none, or it is another enterprise's.
    """
    demand = list_own_demands(actor).filter(pk=pk).first()
    if demand is None:
        raise Http404
    return demand


def list_demands_for_review() -> QuerySet[Demand]:
    """Return what waits for the bureau's decision, oldest first."""
    return (
        Demand.objects.filter(status__in=[state.value for state in REVIEW_STATES])
        .select_related("organization", "call", "page")
        .order_by("submitted_at", "pk")
    )


def list_demands_for_desk() -> QuerySet[Demand]:
    """Return every demand that was ever handed in, newest first."""
    return (
        Demand.objects.exclude(number="")
        .select_related("organization", "call", "page")
        .order_by("-submitted_at", "-pk")
    )


def get_last_submission(demand: Demand) -> DemandSubmission | None:
    """Return the copy handed in last."""
    return demand.submissions.order_by("-sequence").first()


def get_public_demand(number: str) -> DemandPage | None:
    """Return a published demand by its number."""
    return DemandPage.objects.live().filter(number=number).first()
