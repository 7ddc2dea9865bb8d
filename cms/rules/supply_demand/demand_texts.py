"""The form of a demand (§20.2) in words: each field, and who reads it."""

from collections.abc import Iterable

from cms.rules.parties import EnterpriseSize
from cms.rules.supply_demand.demand_form import (
    FIELD_LABELS,
    BudgetBand,
    CooperationMode,
    DemandFacts,
)
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES

# What the public reads of the form; the rest is for the bureau (§20.2).
PRIVATE_FIELDS = frozenset(
    {
        "credit_code",
        "accepts_push",
        "contact_name",
        "contact_phone",
        "contact_email",
        "consents_to_publication",
        "states_truth",
        "states_secrecy",
    }
)


def mode_names(modes: Iterable[str]) -> str:
    """Return the names of ways of cooperation, joined by 、."""
    return "、".join(CooperationMode(mode).label for mode in modes)


def field_text(facts: DemandFacts, name: str) -> str:
    """Return one field of the form as people read it."""
    value = getattr(facts, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if not value:
        return "未填写"
    if name == "modes":
        return mode_names(value)
    coded = {
        "size": lambda: EnterpriseSize(value).label,
        "budget": lambda: BudgetBand(value).label,
        "district": lambda: DISTRICTS.label(value),
        "industry": lambda: INDUSTRIES.path(value),
    }
    return coded[name]() if name in coded else str(value)


def form_rows(facts: DemandFacts) -> list[dict[str, str]]:
    """Return label, text and visibility of every field, in form order."""
    return [
        {
            "name": name,
            "label": label,
            "value": field_text(facts, name),
            "visibility": "不公开" if is_private(name, facts) else "公开",
        }
        for name, label in FIELD_LABELS.items()
    ]


def is_private(name: str, facts: DemandFacts) -> bool:
    """Whether the public never reads a field of this form."""
    if name == "enterprise_name":
        return facts.is_anonymous
    return name in PRIVATE_FIELDS
