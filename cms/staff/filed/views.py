"""Filed contracts at the bureau's desk; every view is logged (AS-10)."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.downloads import attachment
from cms.core.list_parameters import (
    PAGE,
    ListParameters,
    check_keyword,
    refused_value,
)
from cms.core.spreadsheets.writing import write_table
from cms.parties.models import Organization
from cms.recordal.queries import DESK, list_reported_copies
from cms.rules.empowerment import EmpowermentMode
from cms.rules.signed_papers import Conclusion
from cms.signed_papers import storage
from cms.signed_papers.actions import note_listing, note_viewing
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.queries import FiledFilter, narrowed
from cms.staff.access import desk_view

PAGE_SIZE = 20
MODES = [*EmpowermentMode.choices(), ("USE_THEN_PAY", "先使用后付费")]
_MODE_WORDS = dict(MODES)
_FILTERS = {
    "q": "项目名称、案号或文书",
    "mode": "方式",
    "unit": "单位",
    "from": "签订日期起",
    "until": "签订日期止",
}
LIST = ListParameters(
    "已归档合同", "/desk/filed/", {**_FILTERS, **PAGE}, {"mode": _MODE_WORDS}
)
EXPORT = ListParameters("已归档合同", "/desk/filed/", _FILTERS, {"mode": _MODE_WORDS})
_TRAIL = [("审核台", "/desk/"), ("已归档合同", "/desk/filed/")]
_HEADER = (
    "单位",
    "项目名称",
    "案号",
    "方式",
    "文书",
    "签订日期",
    "生效日期",
    "终止日期",
    "核对结论",
    "归档时间",
)


@desk_view(*DESK)
@require_safe
@never_cache
@LIST.checks
def filed(request: HttpRequest) -> HttpResponse:
    """List the filed contracts by mode, unit, days and words."""
    actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request)
    rows = narrowed(list_reported_copies(actor), wanted)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    note_listing("list", page.paginator.count, by=actor, at=clock.now())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(row, _MODE_WORDS.get(row.mode, row.mode)) for row in page],
        "wanted": wanted,
        "modes": MODES,
        "units": _units(request),
        "query": f"{query.urlencode()}&" if query else "",
        "export_query": query.urlencode(),
        "is_filtered": wanted != FiledFilter(),
        "trail": [_TRAIL[0], (_TRAIL[1][0], "")],
    }
    return render(request, "staff/filed/list.html", context)


@desk_view(*DESK)
@require_safe
@never_cache
@EXPORT.checks
def filed_export(request: HttpRequest) -> FileResponse:
    """Send the list as an Excel file: nothing of it is private."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = list(narrowed(list_reported_copies(actor), _wanted(request)))
    note_listing("xlsx", len(rows), by=actor, at=clock.now())
    book = write_table("已归档合同", _HEADER, (_cells(row) for row in rows))
    return FileResponse(book, as_attachment=True, filename="已归档合同.xlsx")


@desk_view(*DESK)
@require_safe
@never_cache
def filed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one filed contract: its days, conclusion and changes."""
    signed = _find(request, pk)
    note_viewing(signed, "page", by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    context = {
        "signed": signed,
        "mode": _MODE_WORDS.get(signed.mode, signed.mode),
        "signatories": list(signed.signatories.all()),
        "trail": [*_TRAIL, (f"{signed.instrument} {signed.title}", "")],
    }
    return render(request, "staff/filed/copy.html", context)


@desk_view(*DESK)
@require_safe
@never_cache
def filed_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the signed file; the download is logged."""
    signed = _find(request, pk)
    note_viewing(signed, "pdf", by=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return attachment(storage.read(signed.sha256), "application/pdf", signed.file_name)


def _find(request: HttpRequest, pk: int) -> SignedPaper:
    rows = list_reported_copies(request.actor)  # type: ignore[attr-defined]
    try:
        return rows.get(pk=pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def _wanted(request: HttpRequest) -> FiledFilter:
    """Return the chosen filters.

    Raises:
        RuleViolation: E-QP-02, a unit or a day that cannot be read.
    """
    given = request.GET
    unit = given.get("unit", "")
    if unit and not (unit.isascii() and unit.isdecimal() and len(unit) < 10):
        raise refused_value("unit", unit)
    return FiledFilter(
        mode=given.get("mode", ""),
        unit=int(unit) if unit else None,
        signed_from=_day("from", given.get("from", "")),
        signed_until=_day("until", given.get("until", "")),
        text=check_keyword(given.get("q", "")),
    )


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refused_value(name, text) from None


def _units(request: HttpRequest) -> Any:
    """Return the units that have reported something (1 query)."""
    rows = list_reported_copies(request.actor)  # type: ignore[attr-defined]
    owners = rows.order_by().values("owner_id")
    return Organization.objects.filter(pk__in=owners).order_by("name")


def _cells(row: SignedPaper) -> tuple[object, ...]:
    return (
        row.owner.name,
        row.case_title,
        row.case_number,
        _MODE_WORDS.get(row.mode, row.mode),
        f"{row.instrument} {row.title}",
        row.signed_on,
        row.effective_on,
        row.ends_on,
        Conclusion(row.conclusion).label,
        _moment(row.filed_at),
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""
