"""Reads of people and organizations."""

from cms.core.actors import ANONYMOUS, Actor
from cms.parties.models import Membership, User
from cms.rules.parties import VerificationState
from cms.rules.roles import Role


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
