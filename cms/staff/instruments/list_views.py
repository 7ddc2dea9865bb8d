"""All instruments, and one with its versions."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.queries.templates import (
    Usage,
    list_drafts,
    list_in_use,
    list_proposed,
    list_versions,
    usage_by_version,
)
from cms.core.list_parameters import PAGE, ListParameters
from cms.staff.instruments.access import TONES, actor_of, authors_view, trail_of

PAGE_SIZE = 50
LIST = ListParameters("文书模板", "/desk/templates/", PAGE)


@never_cache
@authors_view
@require_safe
@LIST.checks
def templates(request: HttpRequest) -> HttpResponse:
    """List the instruments with the version in use and what was made with it."""
    actor = actor_of(request)
    page = Paginator(list_in_use(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    usage = usage_by_version(row.instrument for row in page)
    context = {
        "page": page,
        "rows": [{"version": row, "usage": usage.get(row.pk, Usage())} for row in page],
        "proposed": list_proposed(actor),
        "drafts": list_drafts(actor),
        "trail": trail_of(request),
    }
    return render(request, "staff/instruments/list.html", context)


@never_cache
@authors_view
@require_safe
def instrument(request: HttpRequest, number: str) -> HttpResponse:
    """Show one instrument: every version, who proposed and who decided."""
    actor = actor_of(request)
    versions = list(list_versions(actor).filter(instrument=number))
    if not versions:
        raise Http404
    usage = usage_by_version([number])
    in_use = next((one for one in versions if _is_in_use(one)), versions[0])
    rows = [
        {
            "version": row,
            "tone": TONES[TemplateState(row.status)],
            "usage": usage.get(row.pk, Usage()),
        }
        for row in versions
    ]
    context = {
        "number": number,
        "in_use": in_use,
        "rows": rows,
        "drafts": list_drafts(actor).filter(instrument=number),
        "trail": trail_of(request, (f"{number} {in_use.title}", "")),
    }
    return render(request, "staff/instruments/instrument.html", context)


def _is_in_use(version: TemplateVersion) -> bool:
    return version.status == TemplateState.APPROVED
