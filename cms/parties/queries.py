"""Reads of people and organizations."""

from django.db.models import F, Q, QuerySet

from cms.core.actors import ANONYMOUS, Actor
from cms.parties.models import Membership, Organization, User, VerificationCase
from cms.rules.parties import OrganizationKind, PilotStatus, VerificationState
from cms.rules.roles import Role

STAFF_KINDS = (OrganizationKind.BUREAU.value, OrganizationKind.PLATFORM.value)


def get_actor(user: User) -> Actor:
    """Return the actor behind a signed-in user (1 query), or the public."""
    if not user.is_authenticated:
        return ANONYMOUS
    rows = list(
        user.memberships.filter(is_active=True).values_list(
            "organization_id", "role", "organization__verification"
        )
    )
    return Actor(
        user_id=user.pk,
        name=str(user),
        memberships=frozenset((owner, Role(role)) for owner, role, _ in rows),
        is_verified=any(state == VerificationState.VERIFIED for *_, state in rows),
    )


def list_memberships_of(user: User) -> list[Membership]:
    """Return a person's active memberships with their organizations (1 query)."""
    return list(
        user.memberships.filter(is_active=True)
        .select_related("organization")
        .order_by("organization__name", "role")
    )


def list_own_organizations(actor: Actor) -> list[Organization]:
    """Return the organizations in which the actor holds a role (1 query).

    The administrator also looks after bureaus and the operator of the platform.
    """
    owned = Q(pk__in={owner for owner, _ in actor.memberships})
    if actor.has(Role.ADMINISTRATOR):
        owned |= Q(kind__in=STAFF_KINDS)
    return list(Organization.objects.filter(owned).order_by("name"))


def get_verification_case(organization: Organization) -> VerificationCase:
    """Return the organization's real-name case (1 query)."""
    return VerificationCase.objects.select_related("organization", "license_file").get(
        organization=organization
    )


def list_members(organization: Organization) -> QuerySet[Membership]:
    """Return active memberships by person's name and role (persons joined)."""
    return (
        organization.memberships.filter(is_active=True)
        .select_related("user")
        .order_by("user__full_name", "user_id", "role")
    )


def list_units() -> QuerySet[Organization]:
    """Return the pilot and reference units of the public register (PL-01)."""
    return Organization.objects.exclude(pilot_status=PilotStatus.NONE.value).order_by(
        "pilot_batch", "pilot_status", "name"
    )


def list_verification_cases(status: str) -> QuerySet[VerificationCase]:
    """Return the real-name cases in a state, the longest waiting first."""
    return (
        VerificationCase.objects.filter(status=status)
        .select_related("organization", "submitted_by")
        .order_by(F("submitted_at").asc(nulls_last=True), "pk")
    )


def get_member(organization: Organization, user_id: int) -> User | None:
    """Return an active member of the organization, or None (1 query)."""
    return (
        User.objects.filter(
            pk=user_id,
            memberships__organization=organization,
            memberships__is_active=True,
        )
        .distinct()
        .first()
    )


def get_membership(organization: Organization, pk: int) -> Membership | None:
    """Return an active membership of the organization, or None (1 query)."""
    return (
        organization.memberships.filter(pk=pk, is_active=True)
        .select_related("user", "organization")
        .first()
    )


def list_roles_in(organization: Organization, user: User) -> QuerySet[Membership]:
    """Return the active memberships of one person in one organization."""
    return organization.memberships.filter(user=user, is_active=True).order_by("role")


def count_people_of(actor: Actor) -> int:
    """Return how many people act for the actor's organizations (1 query)."""
    owners = {owner for owner, _ in actor.memberships}
    active = Q(memberships__organization__in=owners, memberships__is_active=True)
    return User.objects.filter(active).distinct().count()
