"""Kinds of license (§20 许可方式) and what they exclude (FP-14)."""

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation


class LicenseKind(LabeledEnum):
    """Kinds of license; what is not said is an ordinary one (技术合同解释25)."""

    ORDINARY = "ordinary", "普通许可"
    SOLE = "sole", "排他许可"
    EXCLUSIVE = "exclusive", "独占许可"


def check_labels(
    *,
    use_then_pay: bool,
    use_then_transfer: bool,
    offered: LicenseKind,
    has_exclusive_license: bool,
) -> None:
    """Refuse both labels on one achievement with an exclusive license (FP-14).

    `has_exclusive_license` says whether a sole or exclusive license is in force.

    Raises:
        RuleViolation: E-UT-06.
    """
    if not (use_then_pay and use_then_transfer):
        return
    if has_exclusive_license or offered != LicenseKind.ORDINARY:
        raise RuleViolation("E-UT-06", field="license_kind")
