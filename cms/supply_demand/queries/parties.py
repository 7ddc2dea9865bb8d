"""Which organizations a person may act for in supply and demand."""

from django.db.models import QuerySet

from cms.core.actors import Actor
from cms.parties.models import Organization
from cms.rules.parties import VerificationState
from cms.rules.roles import Role


def list_enterprises_of(actor: Actor) -> QuerySet[Organization]:
    """Return the enterprises for which the person may state demands."""
    return _held_as(actor, Role.ENTERPRISE)


def list_units_of(actor: Actor) -> QuerySet[Organization]:
    """Return the units for which the person may look for demands."""
    return _held_as(actor, Role.TRANSFER_OFFICE)


def is_organization_verified(organization: Organization) -> bool:
    """Whether the organization has passed real-name verification (CC-10)."""
    return organization.verification == VerificationState.VERIFIED.value


def _held_as(actor: Actor, role: Role) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=actor.organizations_as(role)).order_by(
        "name", "pk"
    )
