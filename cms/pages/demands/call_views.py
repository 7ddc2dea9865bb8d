"""Calls (征集): list, page with countdown, entries of the batch."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters, page_at
from cms.pages.serving import serves
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CallState
from cms.supply_demand.models import CallIndexPage, CallPage, DemandPage, OfferPage
from cms.supply_demand.queries.calls import list_public_calls, phase_of

PAGE_SIZE = 20
LIST = ListParameters("征集", "/calls/", PAGE)
ENTRIES = 50


@require_safe
@LIST.checks
def call_list(request: HttpRequest) -> HttpResponse:
    """List the calls with their phase by the server's clock."""
    at = clock.now()
    page = page_at(Paginator(list_public_calls(), PAGE_SIZE), request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(call, phase_of(call, at)) for call in page],
        "trail": [("征集", "")],
    }
    return render(request, "demands/calls.html", context)


@serves(CallIndexPage)
def call_index(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the list where the page tree leads to it."""
    return call_list(request)


@serves(CallPage)
@require_safe
def call_detail(request: HttpRequest, page: Page) -> HttpResponse:
    """Show a call, the time left and the entries of its batch."""
    call: CallPage = page  # type: ignore[assignment]
    demands = DemandPage.objects.live().filter(call_number=call.number)
    offers = OfferPage.objects.live().filter(call_number=call.number)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "may_submit": actor.user_id is None or actor.has(Role.ENTERPRISE),
        "page": call,
        "phase": phase_of(call, clock.now()),
        "is_withdrawn": call.state == CallState.WITHDRAWN,
        "demands": demands.order_by("-published_at", "-pk")[:ENTRIES],
        "offers": offers.select_related("unit").order_by("-published_at", "-pk")[
            :ENTRIES
        ],
        "trail": [("征集", "/calls/"), (call.title, "")],
    }
    return render(request, "demands/call.html", context)
