"""The public page of a demand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core import clock
from cms.pages.serving import serves
from cms.supply_demand.models import CallPage, DemandPage
from cms.supply_demand.queries.suggestions import suggest_offers


@serves(DemandPage)
@require_safe
def demand_detail(request: HttpRequest, page: Page) -> HttpResponse:
    """Show a demand with its state, validity and the offers that may fit."""
    demand: DemandPage = page  # type: ignore[assignment]
    is_open = demand.ended_at is None and clock.now() < demand.valid_until
    context = {
        "page": demand,
        "is_open": is_open,
        "call": CallPage.objects.filter(number=demand.call_number).first()
        if demand.call_number
        else None,
        "suggestions": suggest_offers(demand) if is_open else [],
        "trail": [("需求清单", "/demands/"), (demand.title, "")],
    }
    return render(request, "demands/detail.html", context)
