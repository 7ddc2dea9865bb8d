"""The public list of achievements, its refusals and its Excel export."""

from functools import wraps

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.achievements.catalog_query import (
    FACET_LABELS,
    PARAMETERS,
    CatalogQuery,
    parse_query,
)
from cms.achievements.facet_index import INDEX, IndexNotReady
from cms.achievements.models import AchievementIndexPage
from cms.achievements.queries import list_catalog, rows_in_order
from cms.core import clock
from cms.core.list_parameters import ListParameters, View
from cms.pages.catalog.list_pages import (
    chosen_filters,
    facet_groups,
    list_url,
    page_of,
    switches,
)
from cms.pages.catalog.sheets import catalog_workbook
from cms.pages.serving import serves

EXPORT_MAX = 5000
_LABELS = {
    **FACET_LABELS,
    "q": "关键词（名称、编号、单位）",
    "trl_min": "成熟度下限（1–9）",
    "trl_max": "成熟度上限（1–9）",
    "sort": "排序",
    "size": "每页条数（20、50、100）",
    "view": "显示方式",
    "page": "页码",
}


LIST = ListParameters(
    "科技成果", "/achievements/", {name: _LABELS[name] for name in PARAMETERS}
)


def waits_for_index(view: View) -> View:
    """Answer 503 while the index is still being read."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except IndexNotReady:
            context = {"trail": [("科技成果", "")]}
            response = render(request, "catalog/preparing.html", context, status=503)
            response["Retry-After"] = "5"
            return response

    return guarded


def _query_of(request: HttpRequest) -> CatalogQuery:
    return parse_query(dict(request.GET.lists()))


@require_safe
@LIST.refuses
@waits_for_index
def catalog_list(request: HttpRequest) -> HttpResponse:
    """Show one page of the catalogue; other spellings go to the one address."""
    query = _query_of(request)
    address = list_url(query)
    if any(not value.strip() for _, values in request.GET.lists() for value in values):
        return HttpResponseRedirect(address)
    found = list_catalog(query, with_pictures=query.view == "cards")
    text = query.query_string(with_page=False)
    context = {
        "query": query,
        "found": found,
        "groups": facet_groups(query, found),
        "chosen": chosen_filters(query, found.unit_names),
        "switches": switches(query),
        "hidden": [
            pair
            for pair in query.pairs(with_page=False)
            if pair[0] not in {"q", "trl_min", "trl_max"}
        ],
        "page_of_list": page_of(query, found),
        "page_query": f"{text}&" if text else "",
        "canonical": request.build_absolute_uri(address),
        "export_url": f"/achievements/export.xlsx?{text}",
        "export_max": EXPORT_MAX,
        "levels": range(1, 10),
        "trail": [("科技成果", "/achievements/")],
    }
    return render(request, "catalog/list.html", context)


@serves(AchievementIndexPage)
def index_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the catalogue where the page tree leads to it."""
    return catalog_list(request)


@require_safe
@LIST.refuses
@waits_for_index
def catalog_export(request: HttpRequest) -> HttpResponse:
    """Send the filtered list as a workbook, at most `EXPORT_MAX` rows."""
    query = _query_of(request)
    count, ids = INDEX.all_ids(query, EXPORT_MAX)
    pieces = (ids[start : start + 500] for start in range(0, len(ids), 500))
    rows = (row for piece in pieces for row in rows_in_order(piece))
    at = clock.now()
    stream = catalog_workbook(rows, count=count, most=EXPORT_MAX, at=at)
    return FileResponse(
        stream, as_attachment=True, filename=f"科技成果目录-{at:%Y%m%d-%H%M}.xlsx"
    )
