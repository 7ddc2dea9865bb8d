"""Organizations and people for tests; names and codes are invented."""

from datetime import date, datetime
from itertools import count

from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.parties.models import Membership, Organization, User, VerificationCase
from cms.parties.queries import get_actor
from cms.rules.parties import (
    EnterpriseSize,
    OrganizationKind,
    PilotEntry,
    PilotStatus,
    VerificationState,
)
from cms.rules.roles import Role
from notation.check_digits import CREDIT_CODE_ALPHABET, credit_code_check_digit

PASSWORD = "Test-pass-2026"
REGISTERED_AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
_numbers = count(1)


def make_credit_code(prefix: str = "91450200") -> str:
    """Return a new valid 统一社会信用代码."""
    number, tail = next(_numbers), ""
    for _ in range(4):
        number, place = divmod(number, len(CREDIT_CODE_ALPHABET))
        tail = CREDIT_CODE_ALPHABET[place] + tail
    body = f"{prefix}MATEX{tail}"
    return body + credit_code_check_digit(body)


def make_organization(
    kind: OrganizationKind = OrganizationKind.ENTERPRISE, **fields: object
) -> Organization:
    """Create a verified organization of a kind."""
    code = make_credit_code()
    values: dict[str, object] = {
        "name": f"柳州测试{kind.label}{code[-5:]}",
        "short_name": f"测试{code[-5:]}",
        "credit_code": code,
        "kind": kind.value,
        "district": "450203",
        "verification": VerificationState.VERIFIED.value,
        "created_at": REGISTERED_AT,
    }
    organization = Organization.objects.create(**{**values, **fields})
    VerificationCase.objects.create(
        organization=organization, status=organization.verification
    )
    return organization


def make_unit(
    kind: OrganizationKind = OrganizationKind.UNIVERSITY, **fields: object
) -> Organization:
    """Create a pilot unit (university) of the first batch."""
    values: dict[str, object] = {
        "pilot_status": PilotStatus.PILOT.value,
        "pilot_entry": PilotEntry.EXEMPT.value,
        "pilot_batch": "第一批",
        "pilot_document": "柳科示例〔2026〕1号",
        "pilot_from": date(2026, 9, 1),
        "pilot_until": date(2029, 9, 1),
    }
    return make_organization(kind, **{**values, **fields})


def make_reference_unit(**fields: object) -> Organization:
    """Create a resident institute that applies the pilot by reference."""
    status = {"pilot_status": PilotStatus.REFERENCE.value}
    return make_unit(OrganizationKind.RESIDENT_INSTITUTE, **{**status, **fields})


def make_enterprise(**fields: object) -> Organization:
    """Create a verified small enterprise."""
    size = {"size": EnterpriseSize.SMALL.value}
    return make_organization(OrganizationKind.ENTERPRISE, **{**size, **fields})


def make_unverified_enterprise(**fields: object) -> Organization:
    """Create an enterprise that has not asked for verification."""
    state = {"verification": VerificationState.UNVERIFIED.value}
    return make_enterprise(**{**state, **fields})


def make_bureau(**fields: object) -> Organization:
    """Create a bureau."""
    return make_organization(OrganizationKind.BUREAU, **fields)


def make_platform(**fields: object) -> Organization:
    """Create a platform operator."""
    return make_organization(OrganizationKind.PLATFORM, **fields)


def make_agency(**fields: object) -> Organization:
    """Create an agency."""
    return make_organization(OrganizationKind.AGENCY, **fields)


_HOME = {
    Role.ENTERPRISE: make_enterprise,
    Role.BUREAU: make_bureau,
    Role.MARKET_REGULATOR: make_bureau,
    Role.PLATFORM: make_platform,
    Role.ADMINISTRATOR: make_platform,
    Role.AUDITOR: make_platform,
    Role.AGENT: make_agency,
    Role.AUCTIONEER: make_agency,
}


def make_user(**fields: object) -> User:
    """Create a person without any role; the password is PASSWORD."""
    number = next(_numbers)
    values: dict[str, object] = {
        "username": f"person{number}",
        "full_name": f"测试员{number}",
        "date_joined": REGISTERED_AT,
    }
    user = User(**{**values, **fields})
    user.set_password(PASSWORD)
    user.save()
    return user


def make_person(
    role: Role, organization: Organization | None = None, **fields: object
) -> User:
    """Create a person with a role in an organization (a new fitting one)."""
    user = make_user(**fields)
    if organization is None:
        organization = _HOME.get(role, make_unit)()
    Membership.objects.create(user=user, organization=organization, role=role.value)
    return user


def make_actor(role: Role, organization: Organization | None = None) -> Actor:
    """Create a person as by `make_person` and return the actor."""
    return get_actor(make_person(role, organization))
