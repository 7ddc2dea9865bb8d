"""Gates of an empowerment case before approval, notice and signing (§3, §5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cms.rules.notices.fields import GrantKind
from cms.rules.violations import RuleViolation

# EM-07, EM-08: what the agreement must contain, by kind of grant.
_OWNERSHIP_CLAUSES = (
    ("revenue_share", "收益分配比例"),
    ("decision", "转化决策机制"),
    ("cost_sharing", "转化费用分担"),
    ("maintenance", "知识产权维持费用"),
    ("duties", "各方权利义务"),
)
_USE_RIGHT_CLAUSES = (
    ("revenue_share", "收益分配"),
    ("term", "使用期限"),
    ("scope", "使用范围"),
    ("sublicense", "分许可"),
    ("reporting", "报告义务"),
    ("end_of_term", "期满处理"),
)
MANDATORY_CLAUSES = {
    GrantKind.PARTIAL_OWNERSHIP: _OWNERSHIP_CLAUSES,
    GrantKind.FULL_OWNERSHIP: _OWNERSHIP_CLAUSES,
    GrantKind.LONG_TERM_USE: _USE_RIGHT_CLAUSES,
}
EXTENSION_PROOFS = (
    ("performance", "履行协议"),
    ("progress", "转化取得积极进展"),
    ("revenue", "收益情况良好"),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """A department's opinion on an application (附件1十)."""

    department: str
    agrees: bool | None


def check_clauses(grant: GrantKind, present: Collection[str]) -> None:
    """Refuse an agreement without its mandatory clauses (EM-07, EM-08).

    Raises:
        RuleViolation: E-EM-06 naming the missing ones.
    """
    missing = [label for name, label in MANDATORY_CLAUSES[grant] if name not in present]
    if missing:
        raise RuleViolation("E-EM-06", field="clauses", clauses="、".join(missing))


def check_plan(grant: GrantKind, has_plan: bool) -> None:
    """Refuse a use-right application without 成果转化方案 (EM-04).

    Raises:
        RuleViolation: E-EM-08.
    """
    if grant is GrantKind.LONG_TERM_USE and not has_plan:
        raise RuleViolation("E-EM-08", field="plan")


def check_co_owners(has_co_owners: bool, has_consent: bool) -> None:
    """Refuse while external co-owners have not consented (EM-15).

    Raises:
        RuleViolation: E-EM-15 (专利法14, 民法典301, 305).
    """
    if has_co_owners and not has_consent:
        raise RuleViolation("E-EM-15", field="co_owner_consent")


def check_extension(proofs: Collection[str]) -> None:
    """Refuse an extension without its three proofs (EM-09).

    Raises:
        RuleViolation: E-EM-12.
    """
    if any(name not in proofs for name, _ in EXTENSION_PROOFS):
        raise RuleViolation("E-EM-12", field="proofs")


def check_scope(grant: GrantKind, instrument: str) -> None:
    """Refuse a transfer of title by who holds a use right only (EM-11).

    Raises:
        RuleViolation: E-EM-14 (附件1九).
    """
    if grant is GrantKind.LONG_TERM_USE and instrument in TITLE_TRANSFERS:
        raise RuleViolation("E-EM-14", field="instrument")


TITLE_TRANSFERS = frozenset({"D-10", "D-13", "D-14", "D-16", "D-17", "D-19", "D-60"})
"""Instruments by which ownership passes."""


def check_opinions(required: Sequence[str], given: Sequence[Opinion]) -> None:
    """Refuse a decision before every configured department has spoken (EM-05).

    Raises:
        RuleViolation: E-CC-03 naming the departments.
    """
    heard = {opinion.department for opinion in given if opinion.agrees is not None}
    missing = [department for department in required if department not in heard]
    if missing:
        docs = "、".join(f"{department}意见" for department in missing)
        raise RuleViolation("E-CC-03", field="opinions", docs=docs)


def check_materials(required: Mapping[str, str], present: Collection[str]) -> None:
    """Refuse while key materials are missing (CC-03, 附件1附件二4).

    `required` maps an instrument to its name.

    Raises:
        RuleViolation: E-CC-03 naming them.
    """
    missing = [
        name for instrument, name in required.items() if instrument not in present
    ]
    if missing:
        raise RuleViolation("E-CC-03", field="materials", docs="、".join(missing))


def check_bundle(
    mode: str, required: Mapping[str, str], present: Collection[str]
) -> None:
    """Refuse a mode's bundle that lacks instruments (AS-01).

    Raises:
        RuleViolation: E-FP-12 naming mode and instruments.
    """
    missing = [
        name for instrument, name in required.items() if instrument not in present
    ]
    if missing:
        raise RuleViolation(
            "E-FP-12", field="bundle", mode=mode, docs="、".join(missing)
        )
