"""The public supply list, its workbook, the page of an offer, its files."""

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core import clock
from cms.core.list_parameters import ListParameters
from cms.core.models import PrivateFile
from cms.core.spreadsheets.writing import write_table
from cms.pages.serving import serves
from cms.pages.supply.access import actor_of
from cms.pages.supply.texts import tone_of
from cms.rules.achievements import PaymentForm
from cms.rules.shanghai_time import format_close
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.rules.supply_demand.supply_states import SupplyState
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES, TECHNOLOGY_FIELDS, TRL
from cms.supply_demand.models import OfferIndexPage, OfferPage
from cms.supply_demand.queries.offers import (
    FACETS,
    SIZES,
    SORTS,
    OfferFilter,
    OfferList,
    get_contact,
    get_offer,
    list_offers,
    may_see_contact,
    parse_filter,
    select_offers,
)

EXPORT_MAX = 5000
LABELS = {
    "unit": "单位",
    "field": "技术领域",
    "region": "地区",
    "payment": "付费方式",
    "license": "许可方式",
    "call": "征集批次",
    "state": "状态",
    "q": "关键词",
    "sort": "排序",
    "size": "每页条数",
    "page": "页码",
}
_HEADER = (
    "发布编号",
    "成果名称",
    "单位",
    "所属地区",
    "行业",
    "技术领域",
    "成熟度",
    "付费方式",
    "许可方式",
    "参考价格",
    "标签",
    "征集批次",
    "状态",
    "发布时间",
    "有效期至",
    "简介",
)
LIST = ListParameters("供给清单", "/supply/", LABELS)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the filter panel."""

    label: str
    url: str
    selected: bool = False
    count: int = 0


@require_safe
@LIST.refuses
def offer_list(request: HttpRequest) -> HttpResponse:
    """Show one page of the supply list."""
    asked = parse_filter(request.GET)
    found = list_offers(asked)
    query = asked.query_string()
    context = {
        "asked": asked,
        "found": found,
        "rows": [(offer, _summary(offer)) for offer in found.rows],
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
        "export_query": f"?{query}" if query else "",
        "hidden": [
            (name, getattr(asked, name))
            for name in (*FACETS, "sort", "size")
            if getattr(asked, name) != getattr(OfferFilter(), name)
        ],
        "trail": [("供给清单", "")],
    }
    return render(request, "supply/list.html", context)


@serves(OfferIndexPage)
def index_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the list where the page tree leads to it."""
    return offer_list(request)


@require_safe
@LIST.refuses
def offer_export(request: HttpRequest) -> HttpResponse:
    """Send the filtered list as a workbook, at most `EXPORT_MAX` rows."""
    rows = select_offers(parse_filter(request.GET))[:EXPORT_MAX]
    at = clock.now()
    stream = write_table("供给清单", _HEADER, map(_row, rows.iterator(500)))
    return FileResponse(
        stream, as_attachment=True, filename=f"供给清单-{at:%Y%m%d-%H%M}.xlsx"
    )


@require_safe
def offer_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show one offer; withdrawn, converted and expired ones stay readable."""
    return offer_page(request, get_offer(number))


@serves(OfferPage)
def offer_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Show the page of an offer; the contact only to verified enterprises."""
    offer: OfferPage = page
    actor = actor_of(request)
    context = {
        "offer": offer,
        "state": SupplyState(offer.state).label,
        "tone": tone_of(offer.state),
        "groups": offer.entry["groups"],
        "attachments": offer.entry["attachments"],
        "pictures": offer.entry["pictures"],
        "revisions": offer.revision_log.order_by("-sequence"),
        "contact": get_contact(offer, actor),
        "may_see_contact": may_see_contact(actor),
        "is_own": bool(actor.roles_in(offer.unit_id)),
        "trail": [("供给清单", "/supply/"), (offer.title, "")],
    }
    response = render(request, "supply/detail.html", context)
    if actor.user_id is not None:
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def offer_file(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """Send a file that stands on the page of an offer; any other is not there."""
    entry = get_offer(number).entry
    known = {row["id"]: row for row in (*entry["attachments"], *entry["pictures"])}
    file = PrivateFile.objects.filter(pk=file_id).first()
    if file is None or file_id not in known:
        raise Http404
    is_picture = file.media_type.startswith("image/")
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=not is_picture,
        filename=file.name,
        content_type=file.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _summary(offer: OfferPage) -> dict[str, Any]:
    return {
        "tone": tone_of(offer.state),
        "state": SupplyState(offer.state).label,
        "field": TECHNOLOGY_FIELDS.label(offer.technology_field),
        "region": DISTRICTS.label(offer.district),
        "payment": PaymentForm(offer.payment_form).label,
        "license": LicenseKind(offer.license_kind).label,
    }


def _row(offer: OfferPage) -> tuple[object, ...]:
    local = timezone.localtime
    labels = [
        *(["先使用后付费"] if offer.is_use_then_pay else []),
        *(["先用后转"] if offer.is_use_then_transfer else []),
    ]
    return (
        offer.number,
        offer.title,
        offer.unit.name,
        DISTRICTS.label(offer.district),
        INDUSTRIES.path(offer.industry),
        TECHNOLOGY_FIELDS.label(offer.technology_field),
        TRL.label(str(offer.trl)),
        PaymentForm(offer.payment_form).label,
        LicenseKind(offer.license_kind).label,
        offer.price_text,
        "、".join(labels),
        offer.call_number or "常态化征集",
        SupplyState(offer.state).label,
        f"{local(offer.published_at):%Y-%m-%d %H:%M}",
        format_close(offer.valid_until),
        offer.abstract,
    )


def _url(asked: OfferFilter, **changes: str | int) -> str:
    query = asked.query_string(**changes)
    return f"/supply/?{query}" if query else "/supply/"


def _groups(asked: OfferFilter, found: OfferList) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": LABELS[name],
            "is_open": bool(getattr(asked, name)) or name in ("field", "payment"),
            "options": [
                _facet_link(asked, name, option.value, option.label, option.count)
                for option in found.facets[name]
            ],
        }
        for name in FACETS
    ]


def _facet_link(
    asked: OfferFilter, name: str, value: str, label: str, count: int
) -> Link:
    selected = value == getattr(asked, name)
    return Link(
        label, _url(asked, **{name: "" if selected else value}), selected, count
    )


def _chosen(asked: OfferFilter, found: OfferList) -> list[Link]:
    names = {
        name: {option.value: option.label for option in found.facets[name]}
        for name in FACETS
    }
    names["region"] = dict(DISTRICTS.choices())
    return [
        Link(
            f"{LABELS[name]}：{names.get(name, {}).get(value, value)}",
            _url(asked, **{name: ""}),
        )
        for name in (*FACETS, "q")
        if (value := getattr(asked, name))
    ]


def _pages(asked: OfferFilter, found: OfferList) -> dict[str, Any]:
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
