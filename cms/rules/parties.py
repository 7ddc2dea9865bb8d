"""Parties: kinds of organization, roles, members, real names (PL-01, CC-10)."""

from datetime import date

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition
from cms.rules.violations import RuleViolation


class OrganizationKind(LabeledEnum):
    """Kinds of organization (PL-01; requirements.md §1)."""

    UNIVERSITY = "university", "高校"
    INSTITUTE = "institute", "科研院所"
    STATE_ENTERPRISE = "state_enterprise", "国企"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    RESIDENT_INSTITUTE = "resident_institute", "驻柳科研单位"
    ENTERPRISE = "enterprise", "企业"
    BUREAU = "bureau", "主管部门"
    PLATFORM = "platform", "交易平台运营方"
    AGENCY = "agency", "中介机构"


class PilotStatus(LabeledEnum):
    """Whether a unit takes part in the pilot (主方案二(一)1; AMB-29)."""

    NONE = "none", "非试点"
    PILOT = "pilot", "试点"
    REFERENCE = "reference", "参照实施"


class PilotEntry(LabeledEnum):
    """How a unit came into the pilot (主方案二(一)1)."""

    EXEMPT = "exempt", "免申即享"
    COMPETITIVE = "competitive", "竞争择优"


class EnterpriseSize(LabeledEnum):
    """Size classes of enterprises (需求表 §20.2)."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class VerificationState(LabeledEnum):
    """Real-name state (CC-10)."""

    UNVERIFIED = "unverified", "未认证"
    PENDING = "pending", "待核验"
    VERIFIED = "verified", "已实名认证"
    REJECTED = "rejected", "未通过"


class VerificationEvent(LabeledEnum):
    """Steps of the real-name check (CC-10)."""

    SUBMIT = "submit", "提交实名认证"
    VERIFY = "verify", "核验通过"
    REJECT = "reject", "核验不通过"
    REVOKE = "revoke", "撤销认证"


UNIT_KINDS = frozenset(
    {
        OrganizationKind.UNIVERSITY,
        OrganizationKind.INSTITUTE,
        OrganizationKind.STATE_ENTERPRISE,
        OrganizationKind.PUBLIC_INSTITUTION,
        OrganizationKind.RESIDENT_INSTITUTE,
    }
)
_UNIT_ROLES = frozenset(
    {
        Role.RESEARCHER,
        Role.TRANSFER_OFFICE,
        Role.APPROVER,
        Role.FINANCE,
        Role.HUMAN_RESOURCES,
        Role.DISCIPLINE,
        Role.TECHNOLOGY_MANAGER,
    }
)
# 三员分立: who runs the system and who audits it do no business in it.
OFFICERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
DESK_ROLES = frozenset({Role.BUREAU, Role.MARKET_REGULATOR, Role.PLATFORM})
STAFF_ROLES = DESK_ROLES | OFFICERS
# Holders open the Wagtail admin (policies, pictures, code lists).
EDITOR_ROLES = frozenset({Role.BUREAU, Role.ADMINISTRATOR})

ROLES_OF_KIND: dict[OrganizationKind, frozenset[Role]] = {
    **dict.fromkeys(UNIT_KINDS, _UNIT_ROLES),
    OrganizationKind.ENTERPRISE: frozenset({Role.ENTERPRISE}),
    OrganizationKind.AGENCY: frozenset({Role.AGENT, Role.AUCTIONEER}),
    OrganizationKind.BUREAU: frozenset({Role.BUREAU, Role.MARKET_REGULATOR}),
    OrganizationKind.PLATFORM: frozenset({Role.PLATFORM}) | OFFICERS,
}
# Who admits whom. An approver is admitted by an approver only: else the one
# who submits could make himself a second pair of eyes.
GRANTABLE: dict[Role, frozenset[Role]] = {
    Role.TRANSFER_OFFICE: _UNIT_ROLES - {Role.APPROVER},
    Role.APPROVER: _UNIT_ROLES,
    Role.ENTERPRISE: frozenset({Role.ENTERPRISE}),
    Role.AGENT: frozenset({Role.AGENT, Role.AUCTIONEER}),
    Role.AUCTIONEER: frozenset({Role.AUCTIONEER}),
    Role.ADMINISTRATOR: STAFF_ROLES,
}

# Kinds that register themselves, and the role of the person who does it.
SELF_REGISTERED: dict[OrganizationKind, Role] = {
    OrganizationKind.ENTERPRISE: Role.ENTERPRISE,
    OrganizationKind.AGENCY: Role.AGENT,
}

# Who hands in real-name data for his organization.
SUBJECT_ROLES = frozenset(
    {
        Role.ENTERPRISE,
        Role.TRANSFER_OFFICE,
        Role.APPROVER,
        Role.AGENT,
        Role.AUCTIONEER,
    }
)
_PLATFORM = frozenset({Role.PLATFORM})

VERIFICATION = StateTable(
    name="verification",
    label="实名认证",
    states=VerificationState,
    events=VerificationEvent,
    transitions=(
        *(
            Transition(
                source.value,
                VerificationEvent.SUBMIT.value,
                SUBJECT_ROLES,
                VerificationState.PENDING.value,
                guard="E-ID-01、E-ID-02校验通过",
            )
            for source in (VerificationState.UNVERIFIED, VerificationState.REJECTED)
        ),
        Transition(
            VerificationState.PENDING.value,
            VerificationEvent.VERIFY.value,
            _PLATFORM,
            VerificationState.VERIFIED.value,
            guard="核验人不属于被核验主体",
            four_eyes=True,
        ),
        Transition(
            VerificationState.PENDING.value,
            VerificationEvent.REJECT.value,
            _PLATFORM,
            VerificationState.REJECTED.value,
            guard="填写理由；核验人不属于被核验主体",
            four_eyes=True,
        ),
        Transition(
            VerificationState.VERIFIED.value,
            VerificationEvent.REVOKE.value,
            _PLATFORM,
            VerificationState.UNVERIFIED.value,
            guard="填写理由；核验人不属于被核验主体",
        ),
    ),
)


def is_unit(kind: str) -> bool:
    """Whether the organization is a unit that holds achievements (PL-01)."""
    return kind in UNIT_KINDS


def may_publish_use_then_pay(kind: str, pilot_status: str) -> bool:
    """Whether the unit may file a 先使用后付费 application (PL-01, AMB-29)."""
    if not is_unit(kind):
        return False
    return (
        pilot_status in (PilotStatus.PILOT, PilotStatus.REFERENCE)
        or kind == OrganizationKind.RESIDENT_INSTITUTE
    )


def check_role_fits(kind: str, role: Role) -> None:
    """Refuse a role that organizations of this kind do not have.

    Raises:
        RuleViolation: E-PA-01.
    """
    if role not in ROLES_OF_KIND[OrganizationKind(kind)]:
        raise RuleViolation(
            "E-PA-01",
            field="role",
            kind=OrganizationKind(kind).label,
            role=role.label,
        )


def check_separation(held: frozenset[Role], role: Role) -> None:
    """Refuse to join administrator, auditor and business in one person (三员分立).

    Raises:
        RuleViolation: E-PA-02 with the roles that stand against each other.
    """
    others = held - {role}
    against = others if role in OFFICERS else others & OFFICERS
    if against:
        raise RuleViolation(
            "E-PA-02",
            field="role",
            role=role.label,
            held="、".join(sorted(other.label for other in against)),
        )


def check_grant(granter: frozenset[Role], role: Role) -> None:
    """Refuse to give or take a role that the granter may not dispose of.

    `granter` are the granter's roles in the organization concerned (or
    anywhere, for the administrator).

    Raises:
        RuleViolation: E-PA-03.
    """
    if not any(role in GRANTABLE.get(held, frozenset()) for held in granter):
        raise RuleViolation("E-PA-03", field="role", role=role.label)


def check_pilot(
    kind: str, status: str, starts_on: date | None, ends_on: date | None
) -> None:
    """Refuse a place in the pilot that does not hold together (PL-01).

    Raises:
        RuleViolation: E-PA-17 (not a unit), E-PA-18 (no term), E-PA-10.
    """
    if not is_unit(kind):
        raise RuleViolation("E-PA-17", field="kind")
    if status == PilotStatus.NONE:
        return
    if starts_on is None or ends_on is None:
        raise RuleViolation("E-PA-18", field="starts_on")
    if ends_on <= starts_on:
        raise RuleViolation("E-PA-10", field="ends_on")
