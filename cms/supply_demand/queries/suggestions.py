"""Suggestions: the best fitting offers for a demand, and the other way round."""

from dataclasses import dataclass

from django.db.models import Q

from cms.rules.supply_demand.demand_form import CooperationMode
from cms.rules.supply_demand.suggestions import Fit, Traits, fit
from cms.rules.vocabularies import TECHNOLOGY_FIELDS
from cms.supply_demand.models import DemandPage, OfferPage

POOL = 200
SHOWN = 5
_MODES = {mode.value: mode.label for mode in CooperationMode}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that may fit, with points and reasons."""

    page: OfferPage | DemandPage
    fit: Fit


def suggest_offers(demand: DemandPage) -> list[Suggestion]:
    """Return up to five open offers for a demand, best first (1 query)."""
    wanted = traits_of_demand(demand)
    near = Q(industry__startswith=demand.industry[:2]) | Q(district=demand.district)
    if "use_then_pay" in demand.mode_list:
        near |= Q(is_use_then_pay=True)
    offers = OfferPage.objects.listed().filter(near).select_related("unit")
    pool = offers.order_by("-published_at", "-pk")[:POOL]
    return _best(
        [(offer, fit(traits_of_offer(offer), wanted, _MODES)) for offer in pool]
    )


def suggest_demands(offer: OfferPage) -> list[Suggestion]:
    """Return up to five open demands for an offer, best first (1 query)."""
    given = traits_of_offer(offer)
    near = Q(industry__startswith=offer.industry[:2]) | Q(district=offer.district)
    for mode in given.modes:
        near |= Q(modes__contains=f",{mode},")
    demands = DemandPage.objects.listed().filter(near)
    pool = demands.order_by("-published_at", "-pk")[:POOL]
    return _best(
        [(demand, fit(given, traits_of_demand(demand), _MODES)) for demand in pool]
    )


def traits_of_offer(offer: OfferPage) -> Traits:
    """Return what the fit looks at in an offer."""
    modes = {CooperationMode.LICENSE.value}
    if offer.is_use_then_pay:
        modes.add(CooperationMode.USE_THEN_PAY.value)
    if offer.is_use_then_transfer:
        modes.add(CooperationMode.USE_THEN_TRANSFER.value)
    field = TECHNOLOGY_FIELDS.label(offer.technology_field)
    return Traits(
        industry=offer.industry,
        district=offer.district,
        modes=frozenset(modes),
        text=f"{offer.title}。{offer.abstract}",
        field_words=tuple(word for word in field.replace("及其应用", "").split("、")),
    )


def traits_of_demand(demand: DemandPage) -> Traits:
    """Return what the fit looks at in a demand."""
    return Traits(
        industry=demand.industry,
        district=demand.district,
        modes=frozenset(demand.mode_list),
        text=f"{demand.title}。{demand.problem}。{demand.indicators}",
    )


def _best(scored: list[tuple[OfferPage | DemandPage, Fit]]) -> list[Suggestion]:
    worth = [Suggestion(page, fit) for page, fit in scored if fit.is_worth_showing]
    worth.sort(key=lambda one: (-one.fit.points, -one.page.pk))
    return worth[:SHOWN]
