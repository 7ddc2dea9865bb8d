"""Parties: kinds of organization, pilot status, real-name state (PL-01, CC-10)."""

from cms.rules.labels import LabeledEnum


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


class VerificationState(LabeledEnum):
    """Real-name state (CC-10)."""

    UNVERIFIED = "unverified", "未认证"
    PENDING = "pending", "待核验"
    VERIFIED = "verified", "已实名认证"
    REJECTED = "rejected", "未通过"
