"""What a new application takes over: a catalogue entry, or an earlier application."""

from typing import Any

from django.db.models import QuerySet

from cms.achievements.models import Achievement
from cms.core.actors import Actor
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers
from cms.supply_demand.queries.applications import UNIT_ROLES

_SAME_NAME = (
    "ledger_number",
    "attribute",
    "district",
    "industry",
    "technology_field",
    "discipline",
    "stage",
    "abstract",
    "scenario",
    "advantage",
    "audience",
    "representative",
    "pricing_method",
    "requirements",
    "contact_name",
    "contact_phone",
    "contact_email",
    "project_number",
)
# What a unit says anew each time: the achievement, its rights, gates and papers.
_TAKEN_OVER = (
    "office",
    "operator_name",
    "operator_phone",
    "contact_name",
    "contact_phone",
    "contact_email",
    "license_kind",
    "license_term",
    "free_term",
    "license_region",
    "may_sublicense",
    "royalty_period",
    "royalty_inspection",
    "support_services",
    "pricing_method",
    "accepted_parties",
    "requirements",
    "source_kind",
    "valid_months",
)


def list_own_achievements(actor: Actor) -> QuerySet[Achievement]:
    """Return the catalogue entries of the units for which the person acts."""
    return Achievement.objects.filter(
        owner__in=actor.organizations_as(*UNIT_ROLES)
    ).order_by("name", "pk")


def answers_of_achievement(achievement: Achievement) -> dict[str, Any]:
    """Return the answers that a catalogue entry gives."""
    answers = {name: getattr(achievement, name) or "" for name in _SAME_NAME}
    answers["title"] = achievement.name[:80]
    answers["achievement_form"] = achievement.form
    answers["trl"] = str(achievement.trl or "")
    answers["accepted_parties"] = [
        party for party in achievement.accepted_parties if party != "natural_person"
    ]
    answers["ip_items"] = [_ip_row(item) for item in achievement.ip_items]
    if achievement.reference_price is not None:
        answers["price_kind"] = "fixed"
        answers["reference_price"] = f"{achievement.reference_price:.2f}"
    elif achievement.price_note:
        answers["price_kind"] = "negotiable"
        answers["price_note"] = achievement.price_note[:120]
    return {code: value for code, value in answers.items() if value}


def answers_of_application(application: Application) -> dict[str, Any]:
    """Return what an earlier application gives: people and usual terms."""
    known = all_answers(application)
    taken = {code: known[code] for code in _TAKEN_OVER if known.get(code)}
    return {"license_kind": LicenseKind.ORDINARY.value, **taken}


def _ip_row(item: dict[str, Any]) -> dict[str, str]:
    columns = ("kind", "name", "number", "holder")
    dates = ("filed_on", "granted_on", "expires_on")
    row = {column: str(item.get(column) or "") for column in (*columns, *dates)}
    return {**row, "legal_status": "", "fee_paid_until": "", "encumbrance": ""}
