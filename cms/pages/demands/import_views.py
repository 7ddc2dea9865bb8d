"""Excel in for an enterprise: template, dry run, all or nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from openpyxl import Workbook

from cms.core import clock, private_files
from cms.core.models import PrivateFile
from cms.core.refusals import add_refusal
from cms.core.spreadsheets.templates import (
    add_validation,
    saved,
    write_head,
    write_list,
)
from cms.pages.demands.forms import ImportForm
from cms.pages.demands.my_views import TRAIL
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.demand_imports import check_import, import_demands
from cms.supply_demand.demand_columns import (
    COLUMNS,
    DEMAND_SHEET,
    HELP_SHEET,
    LIST_SHEET,
    MAX_DEMANDS,
)
from cms.supply_demand.demand_rows import ParsedDemands
from cms.supply_demand.queries.parties import list_enterprises_of

PURPOSE = "demand_import"
ERRORS_SHOWN = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RULES = (
    f"每行一条需求，最多{MAX_DEMANDS}行；带*的栏目必填。",
    "删除示例行后填写；企业名称和统一社会信用代码须与实名登记一致。",
    "下拉选项来自“代码表”，也可只填代码或名称；合作方式可填多项，用顿号分隔。",
    "不得含有公式、宏、外部链接；导入先试读，全部无误才会写入草稿，任何一行有误则都不写入。",
    "声明在提交时逐条确认；不得写入国家秘密，公开栏目不得含联系方式和个人信息。",
)


@login_required
@require_safe
def demand_template(request: HttpRequest) -> HttpResponse:
    """Send the template: drop-down lists, one example row, help, code lists."""
    book = Workbook()
    sheet = book.active
    sheet.title = DEMAND_SHEET
    notes, lists = book.create_sheet(HELP_SHEET), book.create_sheet(LIST_SHEET)
    write_head(sheet, COLUMNS)
    sheet.append([column.example for column in COLUMNS])
    position = 0
    for place, column in enumerate(COLUMNS, 1):
        if column.options:
            position += 1
            write_list(lists, position, column)
            if column.kind != "choices":
                add_validation(sheet, place, lists, position, column, rows=MAX_DEMANDS)
    for rule in _RULES:
        notes.append([rule])
    return HttpResponse(
        saved(book),
        content_type=_XLSX,
        headers={"Content-Disposition": 'attachment; filename="demand-template.xlsx"'},
    )


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
            file = private_files.store(
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
