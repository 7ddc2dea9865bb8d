"""Who may file and what may be published (FP-04, FP-05, PL-01; E-FP-01, -17)."""

from dataclasses import dataclass

from cms.rules.achievements import AchievementForm
from cms.rules.labels import LabeledEnum
from cms.rules.parties import OrganizationKind, PilotStatus
from cms.rules.violations import RuleViolation


class SecrecyStatus(LabeledEnum):
    """Whether the achievement is or was secret (附件6三, CC-08)."""

    NONE = "none", "不涉密"
    DECLASSIFIED = "declassified", "已解密国防专利"
    CONFIDENTIAL_PATENT = "confidential_patent", "保密专利"
    STATE_SECRET = "state_secret", "涉及国家秘密"


_PATENT_FORMS = (AchievementForm.PATENT, AchievementForm.PATENT_APPLICATION)


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """What decides whether an achievement may be published."""

    form: AchievementForm
    secrecy: SecrecyStatus
    has_declassification_proof: bool = False
    has_unit_decision: bool = False


def may_file(kind: OrganizationKind, pilot: PilotStatus) -> bool:
    """Whether an organization may file applications (PL-01, AMB-29)."""
    if kind == OrganizationKind.RESIDENT_INSTITUTE:
        return True
    is_unit = kind in (
        OrganizationKind.UNIVERSITY,
        OrganizationKind.INSTITUTE,
        OrganizationKind.STATE_ENTERPRISE,
        OrganizationKind.PUBLIC_INSTITUTION,
    )
    return is_unit and pilot in (PilotStatus.PILOT, PilotStatus.REFERENCE)


def check_filer(kind: OrganizationKind, pilot: PilotStatus) -> None:
    """Refuse an organization that is neither a pilot nor a resident unit.

    Raises:
        RuleViolation: E-FP-17.
    """
    if not may_file(kind, pilot):
        raise RuleViolation("E-FP-17")


def check_object(facts: ObjectFacts) -> list[RuleViolation]:
    """Return why an achievement may not be published (FP-04, NG-01, CC-08)."""
    if facts.secrecy == SecrecyStatus.STATE_SECRET:
        return [RuleViolation("E-SE-01", field="secrecy")]
    reason = _refusal_of_object(facts)
    return [RuleViolation("E-FP-01", field="secrecy", reason=reason)] if reason else []


def _refusal_of_object(facts: ObjectFacts) -> str:
    """Return the reason, empty where there is none."""
    if facts.secrecy == SecrecyStatus.CONFIDENTIAL_PATENT:
        return "保密专利不得发布"
    if facts.secrecy == SecrecyStatus.DECLASSIFIED:
        if facts.form not in _PATENT_FORMS:
            return "已解密国防专利的成果形式须为专利权或专利申请权"
        if not facts.has_declassification_proof:
            return "已解密国防专利须附解密证明"
    if facts.form == AchievementForm.OTHER and not facts.has_unit_decision:
        return "其他技术成果须附本单位认定文件"
    return ""
