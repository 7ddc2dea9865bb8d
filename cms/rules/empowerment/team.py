"""The team behind an achievement: shares, representative, declarations, priority."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation

WHOLE = Decimal(100)


class PriorityChoice(LabeledEnum):
    """What an inventor does with the right of priority (民法典847, CC-12)."""

    EXERCISED = "exercise", "行使优先受让权"
    WAIVED = "waive", "书面放弃优先受让权"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A member's declaration of related parties, and whether it is verified (CC-06)."""

    member: str
    has_relation: bool | None
    is_verified: bool


def check_shares(shares: Iterable[Decimal]) -> None:
    """Refuse a split inside the team that is not exactly 100 percent (EM-02).

    Raises:
        RuleViolation: E-EM-02 with the sum.
    """
    total = sum(shares, Decimal(0))
    if total != WHOLE:
        raise RuleViolation("E-EM-02", field="team.members", sum=f"{total:.2f}")


def check_ownership(shares: Iterable[Decimal]) -> None:
    """Refuse title shares that are not exactly 100 percent (EM-07, M1).

    Raises:
        RuleViolation: E-EM-09.
    """
    if sum(shares, Decimal(0)) != WHOLE:
        raise RuleViolation("E-EM-09", field="empowerment.share")


def check_filed_by_representative(filer: int | None, representative: int) -> None:
    """Refuse an application that the representative does not file (EM-02).

    Both are ids of persons.

    Raises:
        RuleViolation: E-EM-07.
    """
    if filer is None or filer != representative:
        raise RuleViolation("E-EM-07", field="team.representative")


def check_declarations(
    members: Sequence[str], declarations: Iterable[Declaration], *, verified: bool
) -> None:
    """Refuse while a member has not declared, or (`verified`) is not verified.

    Raises:
        RuleViolation: E-EM-11 (附件1十四(四)).
    """
    made = {
        found.member
        for found in declarations
        if found.has_relation is not None and (found.is_verified or not verified)
    }
    if any(member not in made for member in members):
        raise RuleViolation("E-EM-11", field="declarations")


def check_insider_statement(has_insider: bool, statement: str) -> None:
    """Refuse a notice that hides that the transferee is an insider (附件4八(二)).

    Raises:
        RuleViolation: E-OT-07.
    """
    if has_insider and not statement.strip():
        raise RuleViolation("E-OT-07", field="notice.insider_statement")


def check_priority(members: Collection[str], choices: dict[str, str]) -> None:
    """Refuse a sale while an inventor's priority right is open (CC-12).

    Raises:
        RuleViolation: E-EM-13 (民法典847).
    """
    known = {choice.value for choice in PriorityChoice}
    if any(choices.get(member) not in known for member in members):
        raise RuleViolation("E-EM-13", field="priority")
