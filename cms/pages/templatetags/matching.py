"""Matching on the pages of offers and demands: button, suggestions, labels."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template

from cms.rules.parties import EnterpriseSize
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_form import (
    FIELD_LABELS,
    BudgetBand,
    CooperationMode,
)
from cms.rules.supply_demand.demand_states import DemandState
from cms.rules.supply_demand.demand_texts import mode_names
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES
from cms.supply_demand.models import DemandPage, OfferPage
from cms.supply_demand.queries.matches import has_open_match
from cms.supply_demand.queries.suggestions import suggest_demands

register = template.Library()
_TONES = {
    "published": "ok",
    "matching": "now",
    "submitted": "warn",
    "revision_submitted": "warn",
    "matching_revision_submitted": "warn",
    "pending": "warn",
    "intent_recorded": "ok",
    "confirmed": "ok",
    "waiting": "warn",
    "open": "ok",
    "upcoming": "now",
}


@register.inclusion_tag("demands/interest_button.html", takes_context=True)
def interest_button(
    context: dict[str, Any], page: OfferPage | DemandPage
) -> dict[str, Any]:
    """Show 提交合作意向 on an open offer or demand, or one's open match on it.

    The public sees the button too: pressing it tells to sign in (E-FP-18).
    """
    request = context["request"]
    actor = request.actor
    is_offer = isinstance(page, OfferPage)
    match_id = None
    if actor.user_id is not None:
        if is_offer:
            match_id = has_open_match(actor, offer=page)
        else:
            match_id = has_open_match(actor, demand=page.demand)
    query = urlencode({"offer" if is_offer else "demand": page.number})
    wanted = Role.ENTERPRISE if is_offer else Role.TRANSFER_OFFICE
    return {
        "url": f"/my/matches/new/?{query}",
        "match_id": match_id,
        "is_open": page.ended_at is None,
        "fits_role": actor.user_id is None or actor.has(wanted),
        "is_offer": is_offer,
    }


@register.inclusion_tag("demands/suggested_demands.html")
def suggested_demands(page: OfferPage) -> dict[str, Any]:
    """Show the open demands that an offer may answer, with reasons."""
    return {"suggestions": suggest_demands(page) if page.ended_at is None else []}


@register.filter
def district_name(code: str) -> str:
    """Return the name of a 行政区划 code."""
    return DISTRICTS.label(code)


@register.filter
def industry_name(code: str) -> str:
    """Return the name of a GB/T 4754 code."""
    return INDUSTRIES.label(code)


@register.filter
def industry_path(code: str) -> str:
    """Return the names from the section down to a GB/T 4754 code."""
    return INDUSTRIES.path(code)


@register.filter
def modes_name(modes: list[str]) -> str:
    """Return the names of ways of cooperation."""
    return mode_names(modes)


@register.filter
def mode_name(mode: str) -> str:
    """Return the name of one way of cooperation."""
    return CooperationMode(mode).label


@register.filter
def budget_name(band: str) -> str:
    """Return the name of a budget band; none is 未填写."""
    return BudgetBand(band).label if band else "未填写"


@register.filter
def size_name(size: str) -> str:
    """Return the name of an enterprise's size."""
    return EnterpriseSize(size).label


@register.filter
def demand_state(state: str) -> str:
    """Return the name of a demand's state."""
    return DemandState(state).label


@register.filter
def tone(state: str) -> str:
    """Return the colour of a state's label."""
    return _TONES.get(state, "")


@register.filter
def form_label(name: str) -> str:
    """Return the label of a field of the demand form."""
    return FIELD_LABELS.get(name, "整表")


@register.filter
def iso(at: datetime) -> str:
    """Return an instant to the microsecond, as the form sends it back."""
    return at.isoformat()
