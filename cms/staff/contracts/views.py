"""Reported contracts: list and workbook, to read only (PS-05, AMB-15)."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.recordal.contract_list import write_contracts
from cms.recordal.queries import DESK, line_of, list_contracts
from cms.rules.shanghai_time import to_shanghai
from cms.staff.access import desk_view

PAGE_SIZE = 20


@desk_view(*DESK)
@require_safe
def desk_contracts(request: HttpRequest) -> HttpResponse:
    """List what the units have reported, newest signing first."""
    contracts = list_contracts(request.actor)  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:60]
    if text:
        named = Q(title__icontains=text) | Q(owner__name__icontains=text)
        contracts = contracts.filter(named)
    page = Paginator(contracts, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "lines": [line_of(contract) for contract in page],
        "text": text,
        "query": f"{query.urlencode()}&" if query else "",
        "trail": [("审核台", "/desk/"), ("报备的合同", "")],
    }
    return render(request, "staff/contracts/list.html", context)


@desk_view(*DESK)
@require_safe
def desk_contracts_export(request: HttpRequest) -> HttpResponse:
    """Send the reported contracts as a workbook."""
    stream = write_contracts(list_contracts(request.actor))  # type: ignore[attr-defined]
    name = f"报备合同清单-{to_shanghai(clock.now()):%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)
