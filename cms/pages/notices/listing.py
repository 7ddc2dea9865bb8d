"""The public list of notices, its feed and its Excel; announcements beside it."""

from typing import Any
from urllib.parse import parse_qsl

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters, page_at
from cms.notices.models import AnnouncementPage
from cms.pages.notices.exports import atom_feed, workbook
from cms.pages.notices.filters import (
    LABELS,
    apply_filter,
    chips_of,
    count_states,
    groups_of,
    read_filter,
)
from cms.pages.notices.presenting import line_of
from cms.rules.notices import AnnouncementKind

PAGE_SIZE = 20
MAX_ROWS = 5000
FEED_ROWS = 50
LIST = ListParameters("公示公告", "/notices/", LABELS)
ANNOUNCEMENTS = ListParameters("公告", "/notices/announcements/", PAGE)
HEAVY = ("text", "facts", "history", "attachments")


@LIST.refuses
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show the notices that match; unknown filters are refused."""
    at = clock.now()
    chosen, number = read_filter(request.GET)
    pages = apply_filter(chosen, at).defer(*HEAVY)
    states = count_states(chosen, at)
    paginator = Paginator(pages, PAGE_SIZE)
    # The filter has counted them already: no second count of all rows.
    paginator.count = (
        states.get(chosen.state, 0) if chosen.state else sum(states.values())
    )
    page = page_at(paginator, str(number))
    query = chosen.query()
    groups = groups_of(chosen, states, at)
    context = {
        "chosen": chosen,
        "lines": [line_of(row, at) for row in page],
        "page": page,
        "groups": groups,
        "query": f"{query}&" if query else "",
        "query_plain": query,
        "hidden": [pair for pair in parse_qsl(query) if pair[0] != "q"],
        "chips": chips_of(chosen, groups),
        "trail": [("公示公告", "")],
    }
    return render(request, "notices/notice_list.html", context)


@LIST.refuses
def notice_export(request: HttpRequest) -> HttpResponse:
    """Send the matching notices as an Excel file (at most 5000 rows)."""
    at = clock.now()
    chosen, _ = read_filter(request.GET)
    rows = apply_filter(chosen, at).defer(*HEAVY)[:MAX_ROWS]
    body = workbook([line_of(row, at) for row in rows])
    response = HttpResponse(
        body,
        content_type=(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
    )
    response["Content-Disposition"] = f'attachment; filename="notices-{at:%Y%m%d}.xlsx"'
    return response


@LIST.refuses
def notice_feed(request: HttpRequest) -> HttpResponse:
    """Send the newest notices and announcements as an Atom feed."""
    at = clock.now()
    chosen, _ = read_filter(request.GET)
    notices = apply_filter(chosen, at).defer(*HEAVY)[:FEED_ROWS]
    announcements: list[Any] = []
    if not chosen.query():
        announcements = list(_announcements()[:FEED_ROWS])
    body = atom_feed(
        [line_of(row, at) for row in notices],
        announcements,
        base=request.build_absolute_uri("/"),
        limit=FEED_ROWS,
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@ANNOUNCEMENTS.checks
def announcement_list(request: HttpRequest) -> HttpResponse:
    """Show all announcements, newest first."""
    page = page_at(Paginator(_announcements(), PAGE_SIZE), request.GET.get("page"))
    trail = [("公示公告", "/notices/"), ("公告", "")]
    rows = [(row, AnnouncementKind(row.kind).label) for row in page]
    return render(
        request,
        "notices/announcement_list.html",
        {"rows": rows, "page": page, "query": "", "trail": trail},
    )


def _announcements() -> Any:
    pages = AnnouncementPage.objects.live().defer("text")
    return pages.order_by("-published_at", "-page_ptr_id")
