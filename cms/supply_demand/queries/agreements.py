"""Reads of agreements: the unit's office and the enterprise that is a party."""

from django.db.models import Q, QuerySet

from cms.core.actors import Actor
from cms.rules.roles import Role
from cms.supply_demand.models import Agreement

OFFICE = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.FINANCE, Role.DISCIPLINE)


def list_agreements(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements of the actor's unit or enterprise, newest first."""
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    mine |= Q(enterprise_id__in=actor.organizations_as(Role.ENTERPRISE))
    return Agreement.objects.filter(mine).select_related(
        "owner", "enterprise", "notice"
    )


def get_agreement(actor: Actor, pk: int) -> Agreement:
    """Return one agreement of the actor's scope (1 query).

    Raises:
        Agreement.DoesNotExist: none, or not for this actor.
    """
    return list_agreements(actor).get(pk=pk)


def agreement_roles(agreement: Agreement, by: Actor) -> frozenset[Role]:
    """Return the roles that the actor holds over an agreement."""
    return by.roles_in(agreement.owner_id) | (by.roles & {Role.SYSTEM})
