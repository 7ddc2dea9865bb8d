"""What an agreement must have before its price is made public (TR-01, CC-06)."""

import hashlib
from collections.abc import Mapping
from typing import Any

from cms.rules.canonical_json import dump, plain
from cms.rules.empowerment import Declaration, check_declarations
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import Agreement

Answers = Mapping[str, Any]
_TERMS = ("payment", "payments", "license", "intention", "ip_items")


def terms_of(answers: Answers) -> str:
    """Return a digest of what the unit approves: object, manner, price, licensee."""
    terms = {name: answers.get(name) for name in _TERMS}
    terms["licensee"] = (answers.get("company") or {}).get("name")
    return hashlib.sha256(dump(plain(terms))).hexdigest()


def members_of(answers: Answers) -> list[str]:
    """Return the names of the inventors as the contract's answers list them."""
    rows = (answers.get("team") or {}).get("members") or []
    return [str(row.get("name") or "").strip() for row in rows if row.get("name")]


def is_approved(agreement: Agreement, answers: Answers) -> bool:
    """Whether the unit has approved the terms as they are answered now (TR-01)."""
    return agreement.approved_terms == terms_of(answers)


def notice_gates(agreement: Agreement, answers: Answers) -> list[RuleViolation]:
    """Return what keeps the price notice from being drafted: E-TR-01, E-EM-11."""
    found = []
    if not is_approved(agreement, answers):
        found.append(RuleViolation("E-TR-01", field="approval"))
    names = members_of(answers)
    made = [
        Declaration(
            str(row.get("name") or "").strip(),
            row.get("has_relation"),
            bool(row.get("verified_by") and row.get("verified_on")),
        )
        for row in answers.get("declarations") or []
    ]
    try:
        check_declarations(names or [""], made, verified=True)
    except RuleViolation as violation:
        found.append(violation)
    return found
