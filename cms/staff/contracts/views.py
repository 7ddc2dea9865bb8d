"""Reported contracts: list and workbook, to read only (PS-05, AMB-15)."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.recordal.contract_list import write_contracts
from cms.recordal.models import ContractRecord
from cms.recordal.queries import DESK, line_of, list_contracts
from cms.rules.shanghai_time import to_shanghai
from cms.staff.access import desk_view

PAGE_SIZE = 20
LIST = ListParameters("报备的合同", "/desk/contracts/", {"q": "合同或单位名称", **PAGE})


@desk_view(*DESK)
@require_safe
@LIST.checks
def desk_contracts(request: HttpRequest) -> HttpResponse:
    """List what the units have reported, newest signing first."""
    page = Paginator(_found(request), PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "lines": [line_of(contract) for contract in page],
        "text": request.GET.get("q", "").strip(),
        "export_query": query.urlencode(),
        "query": f"{query.urlencode()}&" if query else "",
        "trail": [("审核台", "/desk/"), ("报备的合同", "")],
    }
    return render(request, "staff/contracts/list.html", context)


@desk_view(*DESK)
@require_safe
@LIST.checks
def desk_contracts_export(request: HttpRequest) -> HttpResponse:
    """Send what the list shows, all pages of it, as a workbook."""
    stream = write_contracts(_found(request))
    name = f"报备合同清单-{to_shanghai(clock.now()):%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


def _found(request: HttpRequest) -> QuerySet[ContractRecord]:
    contracts = list_contracts(request.actor)  # type: ignore[attr-defined]
    if text := check_keyword(request.GET.get("q", "")):
        named = Q(title__icontains=text) | Q(owner__name__icontains=text)
        contracts = contracts.filter(named)
    return contracts
