"""Excel in for an enterprise: template, dry run, all or nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.models import PrivateFile
from cms.core.refusals import add_refusal
from cms.core.spreadsheets.uploads import store_workbook
from cms.pages.demands.forms import ImportForm
from cms.pages.demands.import_sheets import demand_template, own_demands_workbook
from cms.pages.demands.my_views import TRAIL
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.demand_imports import check_import, import_demands
from cms.supply_demand.demand_rows import ParsedDemands
from cms.supply_demand.queries.demands import list_own_demands
from cms.supply_demand.queries.parties import list_enterprises_of

PURPOSE = "demand_import"
EXPORT_MAX = 5000
ERRORS_SHOWN = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORT = ListParameters("我的需求", "/my/demands/", PAGE)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Send the import template."""
    return _workbook(demand_template(), "demand-template")


@login_required
@require_safe
@EXPORT.checks
def my_export(request: HttpRequest) -> HttpResponse:
    """Send one's own demands in the template's columns."""
    demands = list_own_demands(request.actor)  # type: ignore[attr-defined]
    if not list_enterprises_of(request.actor).exists():
        raise Http404
    return _workbook(own_demands_workbook(demands[:EXPORT_MAX]), "my-demands")


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=_XLSX, headers=headers)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demand_import(request: HttpRequest) -> HttpResponse:
    """Take a file and go on to its dry run."""
    enterprises = list_enterprises_of(request.actor)
    if not enterprises.exists():
        raise Http404
    is_post = request.method == "POST"
    form = ImportForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        organizations=enterprises,
    )
    if is_post and form.is_valid():
        try:
            file = store_workbook(
                form.cleaned_data["file"],
                by=request.actor,
                owner_id=form.cleaned_data["organization"].pk,
                purpose=PURPOSE,
                at=clock.now(),
            )
            return redirect("my_demand_import_check", file.pk)
        except RuleViolation as refused:
            add_refusal(form, refused)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "trail": [*TRAIL, ("从 Excel 导入", "")],
    }
    return render(request, "demands/import.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demand_import_check(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show what the file would do (dry run); a POST does it, all or nothing."""
    enterprises = list_enterprises_of(request.actor)
    file = get_object_or_404(
        PrivateFile, pk=file_id, purpose=PURPOSE, owner__in=enterprises
    )
    enterprise, at = enterprises.get(pk=file.owner_id), clock.now()
    refused: RuleViolation | None = None
    parsed = ParsedDemands()
    try:
        if request.method == "POST":
            count = import_demands(file, enterprise, by=request.actor, at=at)
            if count is not None:
                messages.success(request, f"已导入{count}条需求草稿。", "ok")
                return redirect("my_demands")
        parsed = check_import(file, enterprise, at=at)
    except RuleViolation as error:
        refused = error
    context = {
        "file": file,
        "refused": refused,
        "demands": parsed.demands,
        "errors": parsed.errors[:ERRORS_SHOWN],
        "error_count": len(parsed.errors),
        "errors_shown": ERRORS_SHOWN,
        "has_errors": bool(refused or parsed.errors),
        "trail": [*TRAIL, ("试读结果", "")],
    }
    return render(request, "demands/import_check.html", context)
