"""A notice's own page and what hangs on it: text, files, QR code, calendar file."""

import io

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.core import clock
from cms.core.models import PrivateFile
from cms.notices.models import AnnouncementPage, NoticePage
from cms.pages.notices.exports import period_calendar
from cms.pages.notices.presenting import (
    derivation_of,
    history_of,
    line_of,
    remarks_of,
    sentence_of,
)
from cms.pages.serving import serves
from cms.rules.notices import AnnouncementKind, rule_of


@serves(NoticePage)
def notice_detail(request: HttpRequest, page: NoticePage) -> HttpResponse:
    """Show a notice: content, period, derivation, record, files, verification."""
    at = clock.now()
    context = {
        "page": page,
        "line": line_of(page, at),
        "remarks": remarks_of(page, at),
        "rows": [{"label": label, "value": value} for label, value in page.facts],
        "derivation": derivation_of(page),
        "sentence": sentence_of(page, at),
        "history": history_of(page.history),
        "articles": rule_of(page.kind).articles,
        "short_url": request.build_absolute_uri(f"/n/{page.code}/"),
        "trail": [("公示公告", "/notices/"), (page.number, "")],
    }
    return render(request, "notices/notice_detail.html", context)


@serves(AnnouncementPage)
def announcement_detail(request: HttpRequest, page: AnnouncementPage) -> HttpResponse:
    """Show an announcement and its corrections."""
    context = {
        "page": page,
        "kind": AnnouncementKind(page.kind).label,
        "short_url": request.build_absolute_uri(f"/n/{page.code}/"),
        "trail": [
            ("公示公告", "/notices/"),
            ("公告", "/notices/announcements/"),
            (page.number, ""),
        ],
    }
    return render(request, "notices/announcement_detail.html", context)


def notice_text(request: HttpRequest, number: str) -> HttpResponse:
    """Send the fixed text whose SHA-256 and SM3 are published."""
    page = _published(number)
    response = HttpResponse(page.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.number}.txt"'
    return response


def notice_qr(request: HttpRequest, number: str) -> HttpResponse:
    """Send the QR code of the verification page as SVG."""
    page = _published(number)
    stream = io.BytesIO()
    address = request.build_absolute_uri(f"/n/{page.code}/")
    segno.make(address, error="m", micro=False).save(
        stream, kind="svg", scale=4, border=2, title=f"核验 {page.number}"
    )
    return HttpResponse(stream.getvalue(), content_type="image/svg+xml")


def notice_period(request: HttpRequest, number: str) -> HttpResponse:
    """Send the notice's period as an iCalendar file."""
    page = get_object_or_404(NoticePage.objects.live(), number=number)
    body = period_calendar(
        page,
        url=request.build_absolute_uri(f"/notices/{page.number}/"),
        at=clock.now(),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.number}.ics"'
    return response


def notice_file(request: HttpRequest, number: str, file_id: int) -> FileResponse:
    """Send a file of a published notice; before publication it does not exist."""
    page = get_object_or_404(NoticePage.objects.live(), number=number)
    if all(row["id"] != file_id for row in page.attachments):
        raise Http404
    return send_file(get_object_or_404(PrivateFile, pk=file_id))


def send_file(file: PrivateFile) -> FileResponse:
    """Send a stored file as a download, never shown in the site's own origin."""
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _published(number: str) -> NoticePage | AnnouncementPage:
    for page_type in (NoticePage, AnnouncementPage):
        page = page_type.objects.live().filter(number=number).first()
        if page is not None:
            return page
    raise Http404
