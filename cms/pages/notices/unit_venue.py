"""The unit's own venue (单位内部公示): for its members, never for the public."""

import segno
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.core import clock, private_files
from cms.core.list_parameters import PAGE, ListParameters
from cms.notices.models import Notice, NoticeAttachment
from cms.notices.overview import TONES, overview_of
from cms.notices.queries import get_unit_notice, list_unit_notices
from cms.pages.notices.room import (
    PAGE_SIZE,
    ROOM,
    TRAIL,
    actor_of,
    own_notice,
    shown_state,
)
from cms.pages.notices.views import send_file
from cms.rules.notices import NoticeKind, NoticeState, Venue, cut_off_sentence
from cms.rules.shanghai_time import format_close

LIST = ListParameters("单位内部公示", "/my/notices/unit/", PAGE)


@login_required
@LIST.checks
def unit_notices(request: HttpRequest) -> HttpResponse:
    """List what the person's units show their own members."""
    at = clock.now()
    notices = list_unit_notices(actor_of(request)).order_by("-published_at", "-id")
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "notice": notice,
            "kind": NoticeKind(notice.kind).label,
            "state": shown_state(notice, at).label,
            "tone": TONES.get(shown_state(notice, at), ""),
            "close": format_close(notice.close_at) if notice.close_at else "",
        }
        for notice in page
    ]
    trail = [ROOM, ("单位内部公示", "")]
    context = {"rows": rows, "page": page, "query": "", "trail": trail}
    return render(request, "notices/unit_notices.html", context)


@login_required
def unit_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice of the unit's own venue to a member."""
    notice = _of_unit(request, pk)
    venue = notice.venues.get(venue=Venue.UNIT.value)
    halted = {NoticeState.SUSPENDED, NoticeState.TERMINATED}
    is_running = shown_state(notice, clock.now()) not in halted
    context = {
        "overview": overview_of(notice, clock.now()),
        "sentence": cut_off_sentence(venue.close_at) if is_running else "",
        "file_base": f"/my/notices/unit/{pk}/files/",
        "trail": [
            ROOM,
            ("单位内部公示", "/my/notices/unit/"),
            (notice.number, ""),
        ],
    }
    return render(request, "notices/unit_notice.html", context)


@login_required
def unit_notice_file(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    """Send a file of a notice on the unit's own venue to a member."""
    notice = _of_unit(request, pk)
    attachment = get_object_or_404(NoticeAttachment, notice=notice, file_id=file_id)
    return send_file(attachment.file)


@login_required
def own_file(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    """Send an attachment or a consent to the unit's own office; logged."""
    notice = own_notice(request, pk)
    is_attached = notice.attachments.filter(file_id=file_id).exists()
    if not is_attached and not notice.extensions.filter(consent_id=file_id).exists():
        raise Http404
    file = private_files.open_for(actor_of(request), file_id, at=clock.now())
    return send_file(file)


@login_required
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the printable certificate to the unit's office."""
    notice = own_notice(request, pk)
    found = getattr(notice, "certificate", None)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(f"/verify/{found.code}/")
    context = {
        "certificate": found,
        "body": found.text,
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4),
        "trail": [*TRAIL, ("公示证明", "")],
    }
    return render(request, "notices/certificate.html", context)


def _of_unit(request: HttpRequest, pk: int) -> Notice:
    notice = get_unit_notice(actor_of(request), pk)
    if notice is None:
        raise Http404
    return notice
