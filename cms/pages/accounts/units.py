"""Public register of pilot and reference units (PL-01), on screen and as Excel."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.core.list_parameters import PAGE, ListParameters, page_at
from cms.core.spreadsheets.writing import write_table
from cms.parties.models import Organization
from cms.parties.queries import list_units

PAGE_SIZE = 50
LIST = ListParameters("试点单位", "/units/", PAGE)
COLUMNS = ("单位名称", "类型", "试点情况", "进入方式", "批次", "文号", "起", "止")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _row(unit: Organization) -> tuple[str, ...]:
    return (
        unit.name,
        unit.get_kind_display(),
        unit.get_pilot_status_display(),
        unit.get_pilot_entry_display(),
        unit.pilot_batch,
        unit.pilot_document,
        f"{unit.pilot_from or ''}",
        f"{unit.pilot_until or ''}",
    )


@require_safe
@LIST.checks
def units(request: HttpRequest) -> HttpResponse:
    """List the units of the pilot."""
    page = page_at(Paginator(list_units(), PAGE_SIZE), request.GET.get("page"))
    context = {
        "page": page,
        "columns": COLUMNS,
        "rows": [_row(unit) for unit in page],
        "query": "",
        "trail": [("试点单位", "")],
    }
    return render(request, "accounts/units.html", context)


@require_safe
@LIST.checks
def units_excel(request: HttpRequest) -> HttpResponse:
    """Send the register as an Excel file; every cell is text, none a formula."""
    body = write_table("试点单位", COLUMNS, map(_row, list_units()))
    response = HttpResponse(body.getvalue(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    return response
