"""My demands (我的需求): the enterprise's own forms."""

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
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal, violations_of
from cms.core.typed_numbers import typed_number
from cms.pages.demands.forms import DeclarationForm, DemandForm, ReasonForm
from cms.rules.supply_demand.demand_form import FIELD_LABELS
from cms.rules.supply_demand.demand_states import (
    DEMAND,
    EDITABLE_STATES,
    LISTED_STATES,
    DemandEvent,
    DemandState,
)
from cms.rules.supply_demand.demand_texts import form_rows
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demands import (
    Declarations,
    check_submittable,
    discard_draft,
    latest_validity,
    resolve_demand,
    retract_demand,
    save_demand,
    start_demand,
    submit_demand,
    withdraw_demand,
)
from cms.supply_demand.models import Demand
from cms.supply_demand.queries.demands import (
    facts_of,
    get_last_submission,
    get_own_demand,
    list_own_demands,
)
from cms.supply_demand.queries.parties import list_enterprises_of
from cms.supply_demand.queries.suggestions import suggest_offers

PAGE_SIZE = 20
LACKS = "E-DM-01"
TRAIL = [("我的工作台", "/my/"), ("我的需求", "/my/demands/")]
LIST = ListParameters("我的需求", "/my/demands/", PAGE)
_DECLARED = ("consents_to_publication", "states_truth", "states_secrecy")
_FORM_FIELDS = tuple(
    name
    for name in FIELD_LABELS
    if name not in ("enterprise_name", "credit_code", *_DECLARED)
)


@login_required
@require_safe
@LIST.checks
def my_demands(request: HttpRequest) -> HttpResponse:
    """List the demands of one's enterprises."""
    enterprises = list(list_enterprises_of(request.actor))
    if not enterprises:
        raise Http404
    pages = Paginator(list_own_demands(request.actor), PAGE_SIZE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "enterprises": enterprises,
        "trail": TRAIL,
    }
    return render(request, "demands/my_list.html", context)


@login_required
@require_POST
def my_demand_new(request: HttpRequest) -> HttpResponse:
    """Open a new form for one of one's enterprises."""
    enterprise = (
        list_enterprises_of(request.actor)
        .filter(pk=_number(request.POST.get("organization")))
        .first()
    )
    if enterprise is None:
        raise Http404
    demand = start_demand(enterprise, by=request.actor, at=clock.now())
    return redirect("my_demand_edit", demand.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_demand_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the form; `save` keeps it, `next` goes on to the check page."""
    demand, at = get_own_demand(request.actor, pk), clock.now()
    if demand.status not in EDITABLE_STATES:
        return redirect("my_demand", demand.pk)
    if request.method == "POST":
        form = DemandForm(request.POST, at=at)
        if form.is_valid() and _save(form, demand, request, at):
            if "next" in request.POST:
                return redirect("my_demand_check", demand.pk)
            messages.success(request, "已保存。可以随时回来继续填写。", "ok")
            return redirect("my_demand_edit", demand.pk)
    else:
        form = DemandForm(initial=_initial(demand, at), at=at)
    last = get_last_submission(demand)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "demand": demand,
        "returned": last if last and last.decision == "returned" else None,
        "form_fields": _FORM_FIELDS,
        "trail": [*TRAIL, ("填写需求表", "")],
    }
    return render(request, "demands/my_edit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_demand_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answers with what is still wrong; hand them in with declarations."""
    demand, at = get_own_demand(request.actor, pk), clock.now()
    if demand.status not in EDITABLE_STATES:
        return redirect("my_demand_receipt", demand.pk)
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    refused: RuleViolation | RuleViolations | None = None
    if request.method == "POST" and form.is_valid():
        declared = Declarations(**form.cleaned_data)
        try:
            submit_demand(demand, declared, by=request.actor, at=at)
            return redirect("my_demand_receipt", demand.pk)
        except (RuleViolation, RuleViolations) as error:
            refused = error
            demand = get_own_demand(request.actor, pk)
    else:
        refused = _refusals_before_declaring(demand, request, at)
    problems = violations_of(refused) if refused else []
    for one in problems:
        if one.field in _DECLARED and request.method == "POST":
            add_refusal(form, one)
    context = {
        "form": form,
        "demand": demand,
        "has_errors": request.method == "POST",
        "rows": form_rows(facts_of(demand)),
        "missing": _missing(problems),
        "problems": [
            one for one in problems if one.field not in _DECLARED and one.code != LACKS
        ],
        "trail": [*TRAIL, ("核对并提交", "")],
    }
    return render(request, "demands/my_check.html", context)


def _missing(problems: list[RuleViolation]) -> dict[str, Any] | None:
    """Return one refusal for all fields that are empty, and the fields."""
    fields = [one.field for one in problems if one.code == LACKS]
    fields = [name for name in fields if name not in _DECLARED]
    if not fields:
        return None
    labels = "、".join(FIELD_LABELS[name] for name in fields)
    return {"refusal": RuleViolation(LACKS, fields=labels), "fields": fields}


@login_required
@require_safe
def my_demand_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the receipt of what was handed in last."""
    demand = get_own_demand(request.actor, pk)
    submission = get_last_submission(demand)
    if submission is None:
        raise Http404
    context = {
        "demand": demand,
        "submission": submission,
        "trail": [*TRAIL, ("回执", "")],
    }
    return render(request, "demands/my_receipt.html", context)


@login_required
@require_safe
def my_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one demand of one's enterprise with what may be done now."""
    demand = get_own_demand(request.actor, pk)
    roles = request.actor.roles_in(demand.organization_id)
    context = {
        "demand": demand,
        "rows": form_rows(facts_of(demand)),
        "submissions": demand.submissions.order_by("-sequence"),
        "events": DEMAND.events_for(demand.status, roles),
        "can_edit": demand.status in EDITABLE_STATES,
        "can_discard": demand.status == DemandState.DRAFT and not demand.number,
        "reason_form": ReasonForm(),
        "suggestions": suggest_offers(demand.page) if _takes_pushes(demand) else [],
        "trail": [*TRAIL, (demand.title or "未命名需求", "")],
    }
    return render(request, "demands/my_detail.html", context)


@login_required
@require_POST
def my_demand_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take one step on one's demand: retract, resolve, withdraw or discard it."""
    demand, at = get_own_demand(request.actor, pk), clock.now()
    by = request.actor
    try:
        if step == DemandEvent.RETRACT:
            retract_demand(demand, by=by, at=at)
            messages.success(request, "已撤回，可以继续修改。", "ok")
        elif step == DemandEvent.RESOLVE:
            resolve_demand(demand, by=by, at=at)
            messages.success(request, "已标记为已解决。", "ok")
        elif step == DemandEvent.WITHDRAW:
            withdraw_demand(demand, request.POST.get("reason", ""), by=by, at=at)
            messages.success(request, "已下架。", "ok")
        elif step == "discard":
            discard_draft(demand, by=by)
            messages.success(request, "草稿已删除。", "ok")
            return redirect("my_demands")
        else:
            raise Http404
    except RuleViolation as error:
        tell_refusal(request, error)
    return redirect("my_demand", pk)


def _takes_pushes(demand: Demand) -> bool:
    """Whether fitting offers are to be shown in the room (§20.2 接受推送)."""
    return demand.status in LISTED_STATES and bool(demand.answers.get("accepts_push"))


def _save(form: DemandForm, demand: Demand, request: HttpRequest, at: datetime) -> bool:
    try:
        save_demand(
            demand,
            form.facts(demand),
            form.cleaned_data["call"],
            version=form.cleaned_data["version"],
            by=request.actor,  # type: ignore[attr-defined]
            at=at,
        )
    except RuleViolation as error:
        add_refusal(form, error)
        return False
    return True


def _initial(demand: Demand, at: datetime) -> dict[str, object]:
    facts = facts_of(demand)
    initial: dict[str, object] = {name: getattr(facts, name) for name in _FORM_FIELDS}
    initial["modes"] = list(facts.modes)
    initial["size"] = facts.size or demand.organization.size
    initial["valid_until"] = facts.valid_until or latest_validity(at)
    initial["call"], initial["version"] = demand.call_id, demand.version
    return initial


def _refusals_before_declaring(
    demand: Demand, request: HttpRequest, at: datetime
) -> RuleViolation | RuleViolations | None:
    try:
        check_submittable(demand, by=request.actor, at=at)  # type: ignore[attr-defined]
    except (RuleViolation, RuleViolations) as error:
        return error
    return None


def _number(text: str | None) -> int:
    return typed_number(text, otherwise=0)
