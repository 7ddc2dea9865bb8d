"""My matches (我的对接): interest from either side, answers, intents."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal
from cms.pages.demands.forms import InterestForm, ReasonForm, ReplyForm
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_states import LISTED_STATES
from cms.rules.supply_demand.matching import MatchState, check_interest
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.matches import (
    accept_match,
    close_match,
    decline_match,
    express_interest_in_demand,
    express_interest_in_offer,
    responder_of,
    withdraw_match,
)
from cms.supply_demand.models import Demand, DemandPage, Match, OfferPage
from cms.supply_demand.queries.calls import list_invitations
from cms.supply_demand.queries.demands import facts_of, list_own_demands
from cms.supply_demand.queries.matches import (
    get_own_match,
    list_own_matches,
    view_match,
)
from cms.supply_demand.queries.parties import list_enterprises_of, list_units_of

PAGE_SIZE = 20
TRAIL = [("我的工作台", "/my/"), ("我的对接", "/my/matches/")]
LIST = ListParameters("我的对接", "/my/matches/", PAGE)


@login_required
@require_safe
@LIST.checks
def my_matches(request: HttpRequest) -> HttpResponse:
    """List one's matches in both directions, those that wait first."""
    actor = request.actor
    if not actor.has(Role.ENTERPRISE, Role.TRANSFER_OFFICE):
        raise Http404
    pages = Paginator(list_own_matches(actor), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "views": [view_match(match, actor) for match in page],
        "invitations": list_invitations(actor, clock.now()),
        "trail": TRAIL,
    }
    return render(request, "demands/my_matches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_match_new(request: HttpRequest) -> HttpResponse:
    """Express interest in an offer (`?offer=`) or a demand (`?demand=`)."""
    offer, demand_page = _entry(request)
    actor: Actor = request.actor
    organizations = list_enterprises_of(actor) if offer else list_units_of(actor)
    try:
        check_interest(
            is_signed_in=actor.user_id is not None,
            is_verified=actor.is_verified and organizations.exists(),
        )
    except RuleViolation as refused:
        return _refuse(request, refused, offer, demand_page)
    form = InterestForm(
        request.POST if request.method == "POST" else None,
        organizations=organizations,
        entries=_own_entries(actor, for_offer=offer is not None),
        initial={"contact_name": actor.name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            match = _express(form, offer, demand_page, actor, clock.now())
            messages.success(request, "合作意向已提交，等待对方回应。", "ok")
            return redirect("my_match", match.pk)
        except (RuleViolation, RuleViolations) as error:
            add_refusal(form, error)
    page = offer or demand_page
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "page": page,
        "is_offer": offer is not None,
        "trail": [*TRAIL, ("提交合作意向", "")],
    }
    return render(request, "demands/interest.html", context)


@login_required
@require_safe
def my_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one match as one's party may see it."""
    return _show(request, get_own_match(request.actor, pk))


@login_required
@require_POST
def my_match_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Answer, take back or end a match."""
    match, at, by = get_own_match(request.actor, pk), clock.now(), request.actor
    form: Any = None
    try:
        if step == "accept":
            form = ReplyForm(request.POST)
            if not form.is_valid():
                return _show(request, match, reply_form=form)
            accept_match(
                match,
                reply=form.cleaned_data["reply"],
                contact=form.contact(),
                by=by,
                at=at,
            )
            messages.success(request, "已接受，双方联系方式已互相可见。", "ok")
        elif step == "decline":
            decline_match(
                match, reply=request.POST.get("reply", "")[:500], by=by, at=at
            )
            messages.success(request, "已婉拒，未交换联系方式。", "ok")
        elif step == "withdraw":
            withdraw_match(match, by=by, at=at)
            messages.success(request, "已撤回合作意向。", "ok")
        elif step == "close":
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return _show(request, match, reason_form=form)
            close_match(match, reason=form.cleaned_data["reason"], by=by, at=at)
            messages.success(request, "对接已结束。", "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as error:
        fresh = get_own_match(request.actor, pk)
        if isinstance(form, ReplyForm):
            add_refusal(form, error)
            return _show(request, fresh, reply_form=form)
        if isinstance(form, ReasonForm):
            add_refusal(form, error)
            return _show(request, fresh, reason_form=form)
        tell_refusal(request, error)
    return redirect("my_match", pk)


def _show(
    request: HttpRequest,
    match: Match,
    *,
    reply_form: ReplyForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    view = view_match(match, request.actor)  # type: ignore[attr-defined]
    form = reply_form or ReplyForm(initial=_known_contact(match, request))
    bound = reply_form or reason_form
    context = {
        "view": view,
        "match": match,
        "intent": getattr(match, "intent", None),
        "is_own_intent": hasattr(match, "intent")
        and (match.intent.proposer_id == match.enterprise_id) == view.is_enterprise,
        "agreement": getattr(match, "agreement", None),
        "can_draw_up": not view.is_enterprise
        and view.is_released
        and match.status in (MatchState.MATCHING, MatchState.INTENT_RECORDED)
        and not hasattr(match, "agreement"),
        "can_propose": match.status == MatchState.MATCHING,
        "can_close": match.status in (MatchState.MATCHING, MatchState.INTENT_RECORDED),
        "reply_form": form,
        "reason_form": reason_form or ReasonForm(),
        "bound_form": bound,
        "has_errors": bool(bound and bound.errors),
        "trail": [*TRAIL, (f"对接{match.pk}", "")],
    }
    return render(request, "demands/my_match.html", context)


def _known_contact(match: Match, request: HttpRequest) -> dict[str, str]:
    """Return the contact of the demand for the enterprise that has to answer."""
    known = {"contact_name": request.actor.name}  # type: ignore[attr-defined]
    demand = match.demand
    if demand is not None and responder_of(match).pk == demand.organization_id:
        facts = facts_of(demand)
        known = {
            "contact_name": facts.contact_name,
            "contact_phone": facts.contact_phone,
            "contact_email": facts.contact_email,
        }
    return known


def _entry(request: HttpRequest) -> tuple[OfferPage | None, DemandPage | None]:
    asked = request.GET
    if "offer" in asked:
        offer = OfferPage.objects.live().filter(number=asked["offer"]).first()
        if offer is not None:
            return offer, None
    elif "demand" in asked:
        demand = DemandPage.objects.live().filter(number=asked["demand"]).first()
        if demand is not None:
            return None, demand
    raise Http404


def _own_entries(actor: Actor, *, for_offer: bool) -> Any:
    """Return one's own listed entries that an interest may name."""
    if for_offer:
        return list_own_demands(actor).filter(status__in=LISTED_STATES)
    units = actor.organizations_as(Role.TRANSFER_OFFICE)
    return OfferPage.objects.listed().filter(unit__in=units).order_by("-pk")


def _express(
    form: InterestForm,
    offer: OfferPage | None,
    demand_page: DemandPage | None,
    actor: Actor,
    at: datetime,
) -> Match:
    values = form.cleaned_data
    if offer is not None:
        return express_interest_in_offer(
            offer,
            values["organization"],
            note=values["note"],
            contact=form.contact(),
            demand=values["entry"],
            by=actor,
            at=at,
        )
    return express_interest_in_demand(
        Demand.objects.select_related("organization", "page").get(page=demand_page),
        values["organization"],
        note=values["note"],
        contact=form.contact(),
        offer=values["entry"],
        by=actor,
        at=at,
    )


def _refuse(
    request: HttpRequest,
    refused: RuleViolation,
    offer: OfferPage | None,
    demand_page: DemandPage | None,
) -> HttpResponse:
    """Say E-FP-18 with the way to sign in, or to be verified (case J10)."""
    context = {
        "refused": refused,
        "page": offer or demand_page,
        "is_offer": offer is not None,
        "next": request.get_full_path(),
        "trail": [("提交合作意向", "")],
    }
    return render(request, "demands/interest_refused.html", context, status=403)
