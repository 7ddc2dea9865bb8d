"""Review of demands (需求审核): queue, form, return, publish."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import violations_of
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_form import FIELD_LABELS
from cms.rules.supply_demand.demand_states import DEMAND, REVIEW_STATES, DemandEvent
from cms.rules.supply_demand.demand_texts import form_rows
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view
from cms.supply_demand.actions.demand_review import (
    publish_demand,
    record_desk_view,
    return_demand,
)
from cms.supply_demand.actions.demands import roles_over, withdraw_demand
from cms.supply_demand.models import Demand
from cms.supply_demand.queries.demands import (
    facts_of,
    get_last_submission,
    list_demands_for_desk,
    list_demands_for_review,
)

PAGE_SIZE = 20
_TRAIL = [("审核台", "/desk/"), ("需求审核", "/desk/demands/")]
LIST = ListParameters(
    "需求审核", "/desk/demands/", {"all": "全部（1）", **PAGE}, {"all": ["1"]}
)


@desk_view(Role.BUREAU)
@require_safe
@LIST.checks
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, or with `?all=1` all that was handed in."""
    show_all = request.GET.get("all") == "1"
    rows = list_demands_for_desk() if show_all else list_demands_for_review()
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "show_all": show_all,
        "page_query": "all=1&" if show_all else "",
        "trail": _TRAIL,
    }
    return render(request, "staff/demands/queue.html", context)


@desk_view(Role.BUREAU)
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a form as handed in; opening it is logged (it holds the contact)."""
    demand = _demand(pk)
    record_desk_view(demand, by=request.actor, at=clock.now())
    return _show(request, demand)


@desk_view(Role.BUREAU)
@require_POST
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Publish, return or take off a demand."""
    demand, by, at = _demand(pk), request.actor, clock.now()
    try:
        _check_version(demand, request)
        if decision == DemandEvent.PUBLISH:
            page = publish_demand(demand, by=by, at=at)
            messages.success(request, f"已发布：{page.number}。", "ok")
        elif decision == DemandEvent.RETURN:
            comments = {
                name: request.POST.get(f"comment_{name}", "")[:500]
                for name in FIELD_LABELS
            }
            opinion = request.POST.get("opinion", "")[:1000]
            return_demand(demand, opinion, comments, by=by, at=at)
            messages.success(request, "已退回企业修改。", "ok")
        elif decision == DemandEvent.WITHDRAW:
            reason = request.POST.get("reason", "")[:200]
            withdraw_demand(demand, reason, by=by, at=at)
            messages.success(request, "已下架。", "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as error:
        return _show(request, _demand(pk), refused=error)
    return redirect("desk_demands")


def _show(
    request: HttpRequest,
    demand: Demand,
    *,
    refused: RuleViolation | RuleViolations | None = None,
) -> HttpResponse:
    submission = get_last_submission(demand)
    if submission is None:
        raise Http404
    rows = form_rows(facts_of(submission))
    old = _published_rows(demand, submission.sequence)
    for row in rows:
        row["comment"] = request.POST.get(
            f"comment_{row['name']}", submission.comments.get(row["name"], "")
        )
        before = old.get(row["name"], row["value"])
        row["before"] = before if before != row["value"] else ""
    by = request.actor  # type: ignore[attr-defined]
    context = {
        "demand": demand,
        "submission": submission,
        "rows": rows,
        "is_waiting": demand.status in REVIEW_STATES,
        "is_own": bool(by.roles_in(demand.organization_id)),
        "can_withdraw": DemandEvent.WITHDRAW
        in DEMAND.events_for(demand.status, roles_over(demand, by)),
        "refusals": violations_of(refused) if refused else [],
        "has_errors": refused is not None,
        "opinion": request.POST.get("opinion", ""),
        "trail": [*_TRAIL, (demand.number, "")],
    }
    return render(request, "staff/demands/review.html", context)


def _published_rows(demand: Demand, sequence: int) -> dict[str, str]:
    """Return the texts of the copy published before, by field."""
    before = (
        demand.submissions.filter(decision="published", sequence__lt=sequence)
        .order_by("-sequence")
        .first()
    )
    if before is None:
        return {}
    return {row["name"]: row["value"] for row in form_rows(facts_of(before))}


def _demand(pk: int) -> Demand:
    rows = Demand.objects.select_related("organization", "page", "call")
    return get_object_or_404(rows.exclude(number=""), pk=pk)


def _check_version(demand: Demand, request: HttpRequest) -> None:
    if request.POST.get("version") != str(demand.version):
        raise RuleViolation("E-ST-04")
