"""Calls at the desk: draft, publish, withdraw."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CallEvent, CallState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view
from cms.staff.demands.forms import CallForm
from cms.supply_demand.actions.calls import publish_call, save_call, withdraw_call
from cms.supply_demand.models import Call

PAGE_SIZE = 20
_TRAIL = [("审核台", "/desk/"), ("征集管理", "/desk/calls/")]
LIST = ListParameters("征集", "/desk/calls/", PAGE)


@desk_view(Role.BUREAU)
@require_safe
@LIST.checks
def call_list(request: HttpRequest) -> HttpResponse:
    """List all calls, drafts included."""
    rows = Call.objects.select_related("page").order_by("-created_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "staff/demands/calls.html", {"page": page, "trail": _TRAIL})


@desk_view(Role.BUREAU)
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a draft."""
    call = get_object_or_404(Call, pk=pk, status=CallState.DRAFT) if pk else None
    initial = CallForm.initial_of(call) if call else {}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_call(call, form.content(), by=request.actor, at=clock.now())
            messages.success(request, "草稿已保存。", "ok")
            return redirect("desk_calls")
        except (RuleViolation, RuleViolations) as error:
            add_refusal(form, error)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "heading": "编辑征集文件" if call else "新建征集文件",
        "back": "/desk/calls/",
        "trail": [*_TRAIL, ("编辑", "")],
    }
    return render(request, "staff/demands/edit.html", context)


@desk_view(Role.BUREAU)
@require_POST
def call_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Publish a draft, or withdraw a published call."""
    call, by, at = get_object_or_404(Call, pk=pk), request.actor, clock.now()
    try:
        if step == CallEvent.PUBLISH:
            page = publish_call(call, by=by, at=at)
            messages.success(request, f"已发布：{page.number}。", "ok")
        elif step == CallEvent.WITHDRAW:
            withdraw_call(call, by=by, at=at)
            messages.success(request, "已撤销。", "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as error:
        tell_refusal(request, error)
    return redirect("desk_calls")
