"""Reads of empowerment cases, each within the reader's scope."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.achievements.models import Achievement
from cms.core.actors import Actor
from cms.empowerment.models import DepartmentOpinion, EmpowermentCase, TeamAccount
from cms.rules.achievements import AchievementStatus
from cms.rules.empowerment import EmpowermentState
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
    he represents, opened or belongs to; an enterprise those to which it is a
    party, once they are signed.
    """
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    if actor.user_id is not None:
        own = Q(representative_id=actor.user_id) | Q(created_by_id=actor.user_id)
        linked = TeamAccount.objects.filter(case=OuterRef("pk"), user_id=actor.user_id)
        own |= Q(Exists(linked))
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


DEPARTMENT_ROLES = {
    "财务": Role.FINANCE,
    "人事": Role.HUMAN_RESOURCES,
    "纪检": Role.DISCIPLINE,
}
"""Departments with a role of their own; the others speak through the office."""

_S = EmpowermentState
_OFFICE_ACTS_IN = (
    _S.SUBMITTED,
    _S.AWAITING_NOTICE,
    _S.NOTICE_DISPUTED,
    _S.NOTICE_CLOSED,
    _S.SIGNED,
    _S.EXTENSION_NOTICE,
)
_APPROVER_ACTS_IN = (_S.AWAITING_APPROVAL, _S.NOTICE_DISPUTED, _S.EXTENSION_REVIEW)


def speaks_for(case: EmpowermentCase, actor: Actor) -> list[str]:
    """Return the departments of a case for which the actor may give an opinion."""
    roles = actor.roles_in(case.owner_id)
    return [
        department
        for department in case.departments
        if DEPARTMENT_ROLES.get(department, Role.TRANSFER_OFFICE) in roles
    ]


def list_awaiting_opinion(actor: Actor) -> QuerySet[EmpowermentCase]:
    """Return the cases on which a department of the actor has yet to speak."""
    mine = Q(pk__in=[])
    for department, role in DEPARTMENT_ROLES.items():
        given = DepartmentOpinion.objects.filter(
            case=OuterRef("pk"), department=department
        )
        mine |= Q(owner_id__in=actor.organizations_as(role)) & ~Q(Exists(given))
    return list_cases(actor).filter(mine, status=_S.AWAITING_APPROVAL.value)


def list_awaiting_decision(actor: Actor) -> QuerySet[EmpowermentCase]:
    """Return the cases that an approver of the unit has to decide."""
    return list_cases(actor).filter(
        owner_id__in=actor.organizations_as(Role.APPROVER),
        status__in=[_S.AWAITING_APPROVAL.value, _S.EXTENSION_REVIEW.value],
    )


def list_waiting_for(actor: Actor) -> QuerySet[EmpowermentCase]:
    """Return the cases whose next step is the actor's."""
    office = Q(
        owner_id__in=actor.organizations_as(Role.TRANSFER_OFFICE),
        status__in=[state.value for state in _OFFICE_ACTS_IN],
    )
    approver = Q(
        owner_id__in=actor.organizations_as(Role.APPROVER),
        status__in=[state.value for state in _APPROVER_ACTS_IN],
    )
    drafts = Q(representative_id=actor.user_id, status=_S.DRAFT.value)
    opinions = Q(pk__in=list_awaiting_opinion(actor).order_by().values("pk"))
    return list_cases(actor).filter(office | approver | drafts | opinions)


def list_grantable(actor: Actor) -> QuerySet[Achievement]:
    """Return the achievements of the units for which the actor may open a case."""
    owners = actor.organizations_as(Role.RESEARCHER, Role.TRANSFER_OFFICE)
    return (
        Achievement.objects.filter(owner_id__in=owners)
        .exclude(status=AchievementStatus.WITHDRAWN.value)
        .order_by("name", "pk")
    )
