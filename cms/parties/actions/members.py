"""Members of an organization: who is admitted, in which role, by whom."""

from datetime import datetime

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.actions.accounts import create_user
from cms.parties.actions.admin_access import sync_admin_access
from cms.parties.actions.second_factor import remove_second_factor
from cms.parties.models import Membership, Organization, User
from cms.rules.parties import (
    GRANTABLE,
    check_grant,
    check_role_fits,
    check_separation,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation


def granting_roles(by: Actor, organization: Organization) -> frozenset[Role]:
    """Return the roles by which the actor may dispose of this organization's."""
    return by.roles_in(organization.pk) | (by.roles & {Role.ADMINISTRATOR})


@writing()
def invite_member(
    organization: Organization,
    *,
    username: str,
    full_name: str,
    role: Role,
    by: Actor,
    at: datetime,
) -> User:
    """Open an account in the organization; the activation link sets its password.

    Raises:
        RuleViolation: E-PA-01, E-PA-03, E-PA-09.
    """
    check_grant(granting_roles(by, organization), role)
    user = create_user(username, full_name, at=at)
    admit(user, organization, role, by=by, at=at)
    return user


@writing()
def grant_role(
    user: User, organization: Organization, role: Role, *, by: Actor, at: datetime
) -> Membership:
    """Give a member one more role.

    Raises:
        RuleViolation: E-PA-01, E-PA-02 (三员分立), E-PA-03, E-PA-04 (oneself).
    """
    _check_not_self(user, by)
    check_grant(granting_roles(by, organization), role)
    return admit(user, organization, role, by=by, at=at)


@writing()
def revoke_role(membership: Membership, *, by: Actor, at: datetime) -> None:
    """Take a role from a member; the row stays, inactive.

    Raises:
        RuleViolation: E-PA-03, E-PA-04 (oneself), E-PA-05 (nobody would be left
            to manage the members).
    """
    _check_not_self(membership.user, by)
    role, organization = Role(membership.role), membership.organization
    check_grant(granting_roles(by, organization), role)
    Organization.objects.select_for_update().get(pk=organization.pk)
    left = organization.memberships.filter(is_active=True).exclude(pk=membership.pk)
    grants = {held.value for held in GRANTABLE}
    if role in GRANTABLE and not left.filter(role__in=grants).exists():
        raise RuleViolation("E-PA-05")
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    sync_admin_access(membership.user)
    evidence.record(
        "membership.revoked",
        membership,
        {"organization": organization.pk, "role": role.value},
        by=by,
        at=at,
    )


@writing()
def reset_second_factor(
    user: User, organization: Organization, *, by: Actor, at: datetime
) -> None:
    """Switch off the second factor of a member whose device is lost.

    Raises:
        RuleViolation: E-PA-03 (not this member's manager), E-PA-04 (oneself).
    """
    check_manages(user, organization, by=by)
    remove_second_factor(user, by=by, at=at)


@writing()
def issue_activation(
    user: User, organization: Organization, *, by: Actor, at: datetime
) -> None:
    """Note that a link was handed out by which a member sets a new password.

    Raises:
        RuleViolation: E-PA-03 (not this member's manager), E-PA-04 (oneself).
    """
    check_manages(user, organization, by=by)
    evidence.record("user.activation_issued", user, {}, by=by, at=at)


def check_manages(user: User, organization: Organization, *, by: Actor) -> None:
    """Refuse who may not dispose of every role that the member holds anywhere.

    Raises:
        RuleViolation: E-PA-03, E-PA-04 (oneself).
    """
    _check_not_self(user, by)
    for membership in user.memberships.filter(is_active=True):
        granter = by.roles & {Role.ADMINISTRATOR}
        if membership.organization_id == organization.pk:
            granter = granting_roles(by, organization)
        check_grant(granter, Role(membership.role))


@writing()
def admit(
    user: User, organization: Organization, role: Role, *, by: Actor, at: datetime
) -> Membership:
    """Write a membership after the rules on roles; callers check who may.

    Raises:
        RuleViolation: E-PA-01, E-PA-02.
    """
    check_role_fits(organization.kind, role)
    # The person's row is the lock under which roles that exclude each other
    # are told apart.
    User.objects.select_for_update().get(pk=user.pk)
    held = user.memberships.filter(is_active=True).values_list("role", flat=True)
    check_separation(frozenset(Role(code) for code in held), role)
    membership, _ = Membership.objects.update_or_create(
        user=user,
        organization=organization,
        role=role.value,
        defaults={"is_active": True},
    )
    sync_admin_access(user)
    evidence.record(
        "membership.granted",
        membership,
        {"organization": organization.pk, "role": role.value},
        by=by,
        at=at,
    )
    return membership


def _check_not_self(user: User, by: Actor) -> None:
    if user.pk == by.user_id:
        raise RuleViolation("E-PA-04")
