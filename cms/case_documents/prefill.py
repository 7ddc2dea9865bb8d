"""What a case's answers start with: catalogue entry, parties, match (interview)."""

from collections.abc import Iterable, Mapping
from typing import Any

from cms.achievements.models import Achievement
from cms.parties.models import Organization, User
from cms.rules.empowerment import MODE_RULES, EmpowermentMode
from cms.rules.notices.fields import GrantKind
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
)
from cms.supply_demand.models import Match

_KIND_OF_GRANT = {
    GrantKind.PARTIAL_OWNERSHIP: "partial_ownership",
    GrantKind.FULL_OWNERSHIP: "full_ownership",
    GrantKind.LONG_TERM_USE: "use_right",
}
_PARTY_KINDS = {
    "university",
    "institute",
    "state_enterprise",
    "public_institution",
    "resident_institute",
    "enterprise",
}


def start_empowerment(
    owner: Organization,
    mode: EmpowermentMode,
    representative: User,
    *,
    achievement: Achievement | None = None,
    enterprise: Organization | None = None,
) -> dict[str, Any]:
    """Return the first answers of an empowerment case."""
    rule = MODE_RULES[mode]
    answers: dict[str, Any] = {
        "unit": party_of(owner),
        "team": {
            "representative": representative.full_name,
            "representative_organization": owner.name,
        },
        "empowerment": {"mode": mode.value, "kind": _KIND_OF_GRANT[rule.grant]},
    }
    if achievement is not None:
        answers |= achievement_of(achievement)
    if enterprise is not None:
        answers["company"] = party_of(enterprise)
    return answers


def start_agreement(match: Match, achievement: Achievement | None) -> dict[str, Any]:
    """Return the first answers of a contract that follows a match."""
    answers: dict[str, Any] = {
        "unit": party_of(match.unit),
        "company": party_of(match.enterprise),
        "approval": {"recipient": match.enterprise.name},
        "due_diligence": {"subject": match.enterprise.name},
    }
    if achievement is not None:
        answers |= achievement_of(achievement)
    return answers


def party_of(organization: Organization) -> dict[str, Any]:
    """Return what the register of parties knows of one."""
    known: dict[str, Any] = {
        "name": organization.name,
        "credit_code": organization.credit_code,
    }
    if organization.kind in _PARTY_KINDS:
        known["kind"] = organization.kind
    if organization.size:
        known["size"] = organization.size
    return known


def achievement_of(entry: Achievement) -> dict[str, Any]:
    """Return achievement and rights as the catalogue entry has them."""
    labels = {
        "district": DISTRICTS.label(entry.district) if entry.district else "",
        "industry": INDUSTRIES.label(entry.industry) if entry.industry else "",
        "technology_field": (
            TECHNOLOGY_FIELDS.label(entry.technology_field)
            if entry.technology_field
            else ""
        ),
        "discipline": DISCIPLINES.label(entry.discipline) if entry.discipline else "",
    }
    return {
        "achievement": _filled(
            {
                "ledger_number": entry.ledger_number,
                "name": entry.name,
                "form": entry.form,
                "attribute": entry.attribute,
                "abstract": entry.abstract,
                "scenario": entry.scenario,
                "advantage": entry.advantage,
                "audience": entry.audience,
                "trl": entry.trl,
                "stage": entry.stage,
                **labels,
            }
        ),
        "ip_items": [_right(row) for row in _rows(entry.ip_items)],
    }


def _rows(value: object) -> Iterable[Mapping[str, Any]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, Mapping)]


def _right(row: Mapping[str, Any]) -> dict[str, Any]:
    return _filled(
        {
            "kind": row.get("kind"),
            "name": row.get("name"),
            "number": row.get("number"),
            "owner": row.get("holder"),
            "applicant": row.get("holder"),
            "filed_on": row.get("filed_on"),
            "granted_on": row.get("granted_on"),
            "expires_on": row.get("expires_on"),
            "legal_status": row.get("legal_status"),
        }
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
