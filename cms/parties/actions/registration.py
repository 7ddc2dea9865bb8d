"""Registration: enterprises and agencies by themselves, units by the bureau."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import Q

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.actions.accounts import create_user
from cms.parties.actions.members import admit
from cms.parties.models import Membership, Organization, User, VerificationCase
from cms.parties.queries import get_actor
from cms.rules.identifiers import check_credit_code, check_mobile
from cms.rules.parties import (
    SELF_REGISTERED,
    OrganizationKind,
    PilotStatus,
    VerificationState,
    check_pilot,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What is written down of any organization."""

    name: str
    credit_code: str
    kind: str
    district: str
    short_name: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class PilotFacts:
    """Place of a unit in the pilot (PL-01); `until` is the last day."""

    status: str
    entry: str
    batch: str
    document: str
    starts_on: date | None
    ends_on: date | None


@writing()
def register_enterprise(
    facts: OrganizationFacts,
    *,
    username: str,
    full_name: str,
    phone: str,
    password: str,
    at: datetime,
) -> User:
    """Register an enterprise or agency and its first person; nobody is verified yet.

    Raises:
        RuleViolation: E-ID-01, E-ID-05, E-PA-01 (kind), E-PA-08, E-PA-09.
        RuleViolations: E-PA-08 and E-PA-09 together.
    """
    role = SELF_REGISTERED.get(OrganizationKind(facts.kind))
    if role is None:
        kind = OrganizationKind(facts.kind).label
        raise RuleViolation("E-PA-01", field="kind", kind=kind, role="自行注册")
    number = check_mobile(phone)
    _check_free(facts, username)
    organization = _create(facts, VerificationState.UNVERIFIED, at=at)
    user = create_user(username, full_name, at=at)
    user.set_password(password)
    user.phone = number
    user.save(update_fields=["password", "phone"])
    Membership.objects.create(user=user, organization=organization, role=role.value)
    evidence.record(
        "organization.registered",
        organization,
        {"credit_code": organization.credit_code, "kind": organization.kind},
        by=get_actor(user),
        at=at,
    )
    return user


@writing()
def register_unit(
    facts: OrganizationFacts, pilot: PilotFacts, *, by: Actor, at: datetime
) -> Organization:
    """Enter a pilot or reference unit in the register (PL-01); it counts as verified.

    Raises:
        RuleViolation: E-PA-10, E-PA-11, E-ID-01, E-PA-08.
    """
    _check_bureau(by)
    check_pilot(facts.kind, pilot.status, pilot.starts_on, pilot.ends_on)
    organization = _create(facts, VerificationState.VERIFIED, at=at)
    _set_pilot(organization, pilot)
    evidence.record(
        "organization.pilot_registered", organization, _plain(pilot), by=by, at=at
    )
    return organization


@writing()
def change_pilot(
    organization: Organization, pilot: PilotFacts, *, by: Actor, at: datetime
) -> None:
    """Change batch, document, term or status of a unit; the old values are kept.

    Raises:
        RuleViolation: E-PA-10, E-PA-11.
    """
    _check_bureau(by)
    check_pilot(organization.kind, pilot.status, pilot.starts_on, pilot.ends_on)
    before = pilot_of(organization)
    _set_pilot(organization, pilot)
    evidence.record(
        "organization.pilot_changed",
        organization,
        {"before": _plain(before), "after": _plain(pilot)},
        by=by,
        at=at,
    )


@writing()
def appoint_first_member(
    organization: Organization,
    *,
    username: str,
    full_name: str,
    role: Role,
    by: Actor,
    at: datetime,
) -> User:
    """Let the bureau appoint the approver or the office of a unit that has none.

    Raises:
        RuleViolation: E-PA-11, E-PA-03 (another role, or the unit has one),
            E-PA-01, E-PA-09.
    """
    _check_bureau(by)
    is_taken = organization.memberships.filter(role=role.value, is_active=True).exists()
    if role not in (Role.APPROVER, Role.TRANSFER_OFFICE) or is_taken:
        raise RuleViolation("E-PA-03", field="role", role=role.label)
    user = create_user(username, full_name, at=at)
    admit(user, organization, role, by=by, at=at)
    return user


def pilot_of(organization: Organization) -> PilotFacts:
    """Return the unit's place in the pilot as it stands."""
    return PilotFacts(
        status=organization.pilot_status,
        entry=organization.pilot_entry,
        batch=organization.pilot_batch,
        document=organization.pilot_document,
        starts_on=organization.pilot_from,
        ends_on=organization.pilot_until,
    )


def _check_free(facts: OrganizationFacts, username: str) -> None:
    """Refuse organization and login name at once where both are taken.

    Where two register at the same instant the constraints refuse one by one.
    """
    code = check_credit_code(facts.credit_code)
    same = Q(credit_code=code) | Q(name=facts.name.strip())
    if not Organization.objects.filter(same).exists():
        return
    taken = RuleViolation("E-PA-08", field="credit_code")
    if not User.objects.filter(username=username).exists():
        raise taken
    raise RuleViolations([taken, RuleViolation("E-PA-09", field="username")])


def _create(
    facts: OrganizationFacts, state: VerificationState, *, at: datetime
) -> Organization:
    code = check_credit_code(facts.credit_code)
    try:
        with writing():
            organization = Organization.objects.create(
                name=facts.name.strip(),
                short_name=facts.short_name.strip(),
                credit_code=code,
                kind=facts.kind,
                district=facts.district,
                size=facts.size,
                verification=state.value,
                created_at=at,
            )
    except IntegrityError as error:
        raise RuleViolation("E-PA-08", field="credit_code") from error
    VerificationCase.objects.create(organization=organization, status=state.value)
    return organization


def _check_bureau(by: Actor) -> None:
    if not by.has(Role.BUREAU):
        raise RuleViolation("E-PA-11")


def _set_pilot(organization: Organization, pilot: PilotFacts) -> None:
    organization.pilot_status = pilot.status
    organization.pilot_entry = pilot.entry
    organization.pilot_batch = pilot.batch
    organization.pilot_document = pilot.document
    organization.pilot_from = pilot.starts_on
    organization.pilot_until = pilot.ends_on
    organization.save()


def _plain(pilot: PilotFacts) -> dict[str, object]:
    return {
        "status": PilotStatus(pilot.status).value,
        "entry": pilot.entry,
        "batch": pilot.batch,
        "document": pilot.document,
        "starts_on": pilot.starts_on.isoformat() if pilot.starts_on else None,
        "ends_on": pilot.ends_on.isoformat() if pilot.ends_on else None,
    }
