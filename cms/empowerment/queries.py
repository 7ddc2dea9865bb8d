"""Reads of empowerment cases, each within the reader's scope."""

from django.db.models import Q, QuerySet

from cms.core.actors import Actor
from cms.empowerment.models import EmpowermentCase
from cms.rules.roles import Role

OFFICE = (
    Role.TRANSFER_OFFICE,
    Role.APPROVER,
    Role.FINANCE,
    Role.HUMAN_RESOURCES,
    Role.DISCIPLINE,
)
"""Who of a unit sees all its cases; a researcher sees those of the own team."""


def list_cases(actor: Actor) -> QuerySet[EmpowermentCase]:
    """Return the cases that the actor may see, newest change first.

    The office of the unit sees all of the unit's; a researcher the cases that
    he represents or opened; an enterprise those to which it is a party, once
    they are signed.
    """
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    own = Q(representative_id=actor.user_id) | Q(created_by_id=actor.user_id)
    if actor.user_id is not None:
        mine |= own & Q(owner_id__in=actor.organizations_as(Role.RESEARCHER))
        mine |= Q(
            enterprise_id__in=actor.organizations_as(Role.ENTERPRISE),
            signed_on__isnull=False,
        )
    return EmpowermentCase.objects.filter(mine).select_related(
        "owner", "representative", "notice"
    )


def get_case(actor: Actor, pk: int) -> EmpowermentCase:
    """Return one case of the actor's scope (1 query).

    Raises:
        EmpowermentCase.DoesNotExist: none, or not for this actor.
    """
    return list_cases(actor).get(pk=pk)


def roles_over(case: EmpowermentCase, by: Actor) -> frozenset[Role]:
    """Return the roles that the actor holds over a case."""
    return by.roles_in(case.owner_id) | (by.roles & {Role.SYSTEM})


def open_objections(case: EmpowermentCase) -> int:
    """Return how many objections are not concluded (1 query)."""
    return case.objections.filter(outcome="").count()
