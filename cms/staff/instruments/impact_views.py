"""What a change of a template touches: papers made with a version, within reach."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.case_documents.impact import PaperImpact, impact_of, successor_of
from cms.case_documents.queries.templates import (
    Usage,
    list_papers_within_reach,
    usage_by_version,
)
from cms.staff.instruments.access import (
    actor_of,
    authors_view,
    find_version,
    trail_of,
)

PAGE_SIZE = 20


@never_cache
@authors_view
@require_safe
def version_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the papers made with a version and what its successor would ask."""
    actor, row = actor_of(request), find_version(request, pk)
    papers = list_papers_within_reach(actor, row)
    page = Paginator(papers, PAGE_SIZE).get_page(request.GET.get("page"))
    successor = successor_of(actor, row)
    usage = usage_by_version([row.instrument]).get(row.pk, Usage())
    total = usage.assembled + usage.filed
    context: dict[str, Any] = {
        "version": row,
        "successor": successor,
        "usage": usage,
        "page": page,
        "rows": [_row(impact_of(one, successor, actor)) for one in page],
        "beyond": total - page.paginator.count,
        "trail": trail_of(
            request,
            (
                f"{row.instrument} {row.title}",
                reverse("template_instrument", args=[row.instrument]),
            ),
            (f"版本 {row.version} 的影响", ""),
        ),
    }
    return render(request, "staff/instruments/impact.html", context)


def _row(impact: PaperImpact) -> dict[str, Any]:
    paper = impact.paper
    return {
        "paper": paper,
        "url": reverse("papers_paper", args=[impact.kind, impact.case_pk, paper.pk]),
        "effect": impact.effect,
        "missing": impact.missing,
        "more": impact.more,
    }
