"""The public demand list and its Excel export."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import ListParameters
from cms.core.spreadsheets.writing import write_table
from cms.pages.serving import serves
from cms.rules.parties import EnterpriseSize
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close
from cms.rules.supply_demand.demand_form import BudgetBand, CooperationMode
from cms.rules.supply_demand.demand_states import DemandState
from cms.rules.supply_demand.demand_texts import mode_names
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES
from cms.supply_demand.models import DemandIndexPage, DemandPage
from cms.supply_demand.queries.demand_list import (
    SIZES,
    SORTS,
    DemandFilter,
    DemandList,
    list_public_demands,
    parse_filter,
    select_demands,
)

EXPORT_MAX = 5000
LABELS = {
    "industry": "所属行业",
    "district": "所属地区",
    "mode": "合作方式",
    "budget": "预算区间",
    "call": "征集批次",
    "state": "状态",
    "q": "关键词",
    "sort": "排序",
    "size": "每页条数",
    "page": "页码",
}
_FACETS = ("industry", "district", "mode", "budget", "call", "state")
_HEADER = (
    "需求编号",
    "需求名称",
    "企业",
    "企业规模",
    "所属地区",
    "行业代码",
    "行业",
    "问题描述",
    "期望指标",
    "期望合作方式",
    "预算区间",
    "完成时间",
    "征集批次",
    "状态",
    "发布日期",
    "有效期至",
)
LIST = ListParameters("需求清单", "/demands/", LABELS)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the filter panel."""

    label: str
    url: str
    selected: bool = False
    count: int = 0


@require_safe
@LIST.refuses
def demand_list(request: HttpRequest) -> HttpResponse:
    """Show one page of the demand list."""
    asked = parse_filter(request.GET)
    found = list_public_demands(asked)
    query = asked.query_string()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "may_submit": actor.user_id is None or actor.has(Role.ENTERPRISE),
        "asked": asked,
        "found": found,
        "groups": _groups(asked, found),
        "chosen": _chosen(asked, found),
        "sorts": [
            Link(label, _url(asked, sort=name), name == asked.sort)
            for name, (label, _) in SORTS.items()
        ],
        "sizes": [
            Link(str(size), _url(asked, size=size), size == asked.size)
            for size in SIZES
        ],
        "pages": _pages(asked, found),
        "page_query": f"{query}&" if query else "",
        "export_url": f"/demands/export.xlsx?{query}"
        if query
        else "/demands/export.xlsx",
        "canonical": request.build_absolute_uri(_url(asked, page=asked.page)),
        "hidden": [
            (name, getattr(asked, name))
            for name in (*_FACETS, "sort")
            if getattr(asked, name) != getattr(DemandFilter(), name)
        ],
        "trail": [("需求清单", "")],
    }
    return render(request, "demands/list.html", context)


@serves(DemandIndexPage)
def index_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the list where the page tree leads to it."""
    return demand_list(request)


@require_safe
@LIST.refuses
def demand_export(request: HttpRequest) -> HttpResponse:
    """Send the filtered list as a workbook, at most `EXPORT_MAX` rows."""
    asked = parse_filter(request.GET)
    rows = select_demands(asked)
    at = clock.now()
    count = rows.count()
    note = f"导出时间 {at:%Y-%m-%d %H:%M}，共 {count} 条"
    if count > EXPORT_MAX:
        note += f"，本文件只含前 {EXPORT_MAX} 条"
    stream = write_table(
        "企业需求清单", _HEADER, map(_row, rows[:EXPORT_MAX].iterator(500)), note=note
    )
    return FileResponse(
        stream, as_attachment=True, filename=f"企业需求清单-{at:%Y%m%d-%H%M}.xlsx"
    )


def _row(page: DemandPage) -> tuple[object, ...]:
    local = timezone.localtime
    return (
        page.number,
        page.title,
        page.enterprise,
        EnterpriseSize(page.size).label,
        DISTRICTS.label(page.district),
        page.industry,
        INDUSTRIES.label(page.industry),
        page.problem,
        page.indicators,
        mode_names(page.mode_list),
        BudgetBand(page.budget).label if page.budget else "",
        f"{page.needed_by:%Y-%m-%d}" if page.needed_by else "",
        page.call_number or "常态化征集",
        DemandState(page.state).label,
        f"{local(page.published_at):%Y-%m-%d}",
        format_close(page.valid_until),
    )


def _url(asked: DemandFilter, **changes: str | int) -> str:
    query = asked.query_string(**changes)
    return f"/demands/?{query}" if query else "/demands/"


def _groups(asked: DemandFilter, found: DemandList) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": LABELS[name],
            "is_open": bool(getattr(asked, name)) or name in ("industry", "mode"),
            "options": [
                Link(
                    option.label,
                    _url(
                        asked,
                        **{
                            name: ""
                            if option.value == getattr(asked, name)
                            else option.value
                        },
                    ),
                    option.value == getattr(asked, name),
                    option.count,
                )
                for option in found.facets[name]
            ],
        }
        for name in _FACETS
    ]


def _chosen(asked: DemandFilter, found: DemandList) -> list[Link]:
    calls = {option.value: option.label for option in found.facets["call"]}
    names: dict[str, Callable[[str], str]] = {
        "industry": INDUSTRIES.label,
        "district": DISTRICTS.label,
        "mode": lambda value: CooperationMode(value).label,
        "budget": lambda value: BudgetBand(value).label,
        "call": lambda value: calls.get(value, value),
        "state": lambda value: DemandState(value).label,
        "q": str,
    }
    return [
        Link(f"{LABELS[name]}：{label(value)}", _url(asked, **{name: ""}))
        for name, label in names.items()
        if (value := getattr(asked, name))
    ]


def _pages(asked: DemandFilter, found: DemandList) -> dict[str, Any]:
    """Return what `components/pagination.html` reads."""
    first = max(1, asked.page - 4)
    window = range(first, min(found.pages, first + 8) + 1)
    return {
        "number": asked.page,
        "has_previous": asked.page > 1,
        "has_next": asked.page < found.pages,
        "previous_page_number": asked.page - 1,
        "next_page_number": asked.page + 1,
        "window": window,
        "paginator": {
            "count": found.total,
            "num_pages": found.pages,
            "page_range": window,
        },
    }
