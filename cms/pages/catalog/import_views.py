"""Excel in and out for a unit, and the questions that reached it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.achievements.actions.contacts import mark_read
from cms.achievements.actions.imports import check_import, import_entries, undo_import
from cms.achievements.import_rows import Parsed
from cms.achievements.queries import (
    list_imports,
    list_messages,
    list_units_of,
)
from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.models import PrivateFile
from cms.core.refusals import add_refusal, tell_refusal
from cms.core.spreadsheets.uploads import store_workbook
from cms.pages.catalog.import_sheets import import_template, own_workbook
from cms.pages.catalog.my_views import LIST, TRAIL, found_entries
from cms.parties.models import Organization
from cms.rules.violations import RuleViolation

PURPOSE = "achievement_import"
MESSAGES = ListParameters("收到的咨询", "/my/achievements/messages/", PAGE)
PAGE_SIZE = 20
ERRORS_SHOWN = 500
EXPORT_MAX = 5000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """The unit and its file."""

    unit = forms.ModelChoiceField(Organization.objects.none(), label="单位")
    file = forms.FileField(
        label="Excel 文件",
        help_text="按模板填写的 .xlsx 文件，最多5兆字节、5000行。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def _require_units(request: HttpRequest) -> list[Organization]:
    units = list(list_units_of(request.actor))  # type: ignore[attr-defined]
    if not units:
        raise Http404
    return units


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_import(request: HttpRequest) -> HttpResponse:
    """Take a file and go on to its dry run; list what was imported before."""
    units = _require_units(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"unit": units[0]}
    )
    form.fields["unit"].queryset = list_units_of(actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            file = store_workbook(
                form.cleaned_data["file"],
                by=actor,
                owner_id=form.cleaned_data["unit"].pk,
                purpose=PURPOSE,
                at=clock.now(),
            )
            return redirect("my_import_check", file.pk)
        except RuleViolation as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "imports": list_imports(actor)[:PAGE_SIZE],
        "trail": [*TRAIL, ("从 Excel 导入", "")],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/import.html", context, status=status)


def _file(request: HttpRequest, file_id: int) -> PrivateFile:
    owners = [unit.pk for unit in _require_units(request)]
    return get_object_or_404(
        PrivateFile, pk=file_id, purpose=PURPOSE, owner_id__in=owners
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_import_check(request: HttpRequest, file_id: int) -> HttpResponse:
    """Show what the file would do (dry run); a POST does it, all or nothing."""
    file = _file(request, file_id)
    owner_id = file.owner_id
    if owner_id is None:
        raise Http404
    refusal: RuleViolation | None = None
    parsed = Parsed()
    try:
        if request.method == "POST":
            actor = request.actor  # type: ignore[attr-defined]
            batch = import_entries(file, owner_id, by=actor, at=clock.now())
            if batch is not None:
                messages.success(request, f"已导入{batch.row_count}项草稿。", "ok")
                return redirect("my_entries")
        parsed = check_import(file, owner_id)
    except RuleViolation as raised:
        refusal = raised
    context = {
        "file": file,
        "refusal": refusal,
        "entries": parsed.entries[:PAGE_SIZE],
        "entry_count": len(parsed.entries),
        "errors": parsed.errors[:ERRORS_SHOWN],
        "error_count": len(parsed.errors),
        "errors_shown": ERRORS_SHOWN,
        "is_ready": refusal is None and not parsed.errors,
        "trail": [*TRAIL, ("从 Excel 导入", "/my/achievements/import/"), ("试读", "")],
    }
    return render(request, "catalog/import_check.html", context)


@login_required
@require_POST
def my_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an import whose drafts nobody has touched."""
    _require_units(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    batch = get_object_or_404(list_imports(actor), pk=pk)
    try:
        count = undo_import(batch, by=actor, at=clock.now())
        messages.success(request, f"已撤销导入，删除{count}项草稿。", "ok")
    except RuleViolation as refusal:
        tell_refusal(request, refusal)
    return redirect("my_import")


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Send the import template."""
    _require_units(request)
    return _workbook(import_template(), "template")


@login_required
@require_safe
@LIST.checks
def my_export(request: HttpRequest) -> HttpResponse:
    """Send what the list of one's own entries shows, in the template's columns."""
    _require_units(request)
    entries = found_entries(request)[:EXPORT_MAX]
    return _workbook(own_workbook(entries), "achievements")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
@MESSAGES.checks
def my_messages(request: HttpRequest) -> HttpResponse:
    """List the questions to one's units; those shown count as read."""
    _require_units(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(list_messages(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    mark_read(rows, at=clock.now())
    context = {"page": page, "rows": rows, "trail": [*TRAIL, ("收到的咨询", "")]}
    return render(request, "catalog/my_messages.html", context)
