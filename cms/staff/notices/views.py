"""The desk of notices: form check, publication, stops, extensions, changes."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cms.core import clock, private_files
from cms.core.list_parameters import PAGE, ListParameters, refused_value
from cms.core.refusals import tell_refusal
from cms.core.typed_numbers import typed_number
from cms.notices import actions
from cms.notices.models import ChangeRequest, Extension, Notice
from cms.notices.overview import TONES, doors_of, overview_of
from cms.notices.periods import preview_venue
from cms.notices.queries import (
    get_desk_notice,
    list_desk_notices,
    list_pending_changes,
    list_pending_extensions,
    list_review_queue,
    state_at,
)
from cms.rules.notices import ChangeKind, NoticeKind, NoticeState, Venue
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view

PAGE_SIZE = 20
STAFF = (Role.PLATFORM, Role.BUREAU)
STATES = tuple(state for state in NoticeState if state is not NoticeState.DRAFT)
QUEUE = ListParameters("公示审查", "/desk/notices/", PAGE)
ALL_NOTICES = ListParameters("公示", "/desk/notices/all/", {"state": "状态", **PAGE})
_TRAIL = [("审核台", "/desk/"), ("公示审查", "/desk/notices/")]


@desk_view(*STAFF)
@require_safe
@QUEUE.checks
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits: form checks by due instant, then the requests."""
    at = clock.now()
    page = Paginator(list_review_queue(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "notice": notice,
            "kind": NoticeKind(notice.kind).label,
            "due": format_close(notice.review_due_at) if notice.review_due_at else "",
            "is_overdue": notice.review_due_at is not None
            and at >= notice.review_due_at,
        }
        for notice in page
    ]
    changes = [(row, ChangeKind(row.kind).label) for row in list_pending_changes()[:50]]
    context = {
        "rows": rows,
        "page": page,
        "query": "",
        "extensions": list_pending_extensions()[:50],
        "changes": changes,
        "trail": _TRAIL,
    }
    return render(request, "staff/notices/queue.html", context)


@desk_view(*STAFF)
@require_safe
@ALL_NOTICES.checks
def all_notices(request: HttpRequest) -> HttpResponse:
    """List every notice of the platform, by state where one is asked for."""
    at = clock.now()
    state = request.GET.get("state", "")
    if state and state not in {known.value for known in STATES}:
        raise refused_value("state", state)
    notices = list_desk_notices()
    if state:
        notices = notices.filter(status=state)
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = []
    for notice in page:
        shown = state_at(
            notice.status, notice.close_at, at, is_provisional=notice.is_provisional
        )
        rows.append(
            {
                "notice": notice,
                "kind": NoticeKind(notice.kind).label,
                "state": shown.label,
                "tone": TONES.get(shown, ""),
                "close": format_close(notice.close_at) if notice.close_at else "",
            }
        )
    context = {
        "rows": rows,
        "page": page,
        "query": f"state={state}&" if state else "",
        "states": STATES,
        "state": state,
        "trail": [*_TRAIL, ("全部公示", "")],
    }
    return render(request, "staff/notices/all_notices.html", context)


@desk_view(*STAFF)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice with what the desk may do now."""
    notice, at = _notice(pk), clock.now()
    doors = doors_of(request.actor, notice, at)  # type: ignore[attr-defined]
    may_publish = Venue.PLATFORM in doors.publish
    due = notice.review_due_at
    context = {
        "overview": overview_of(notice, at),
        "doors": doors,
        "may_publish": may_publish,
        "preview": _preview(notice) if may_publish else "",
        "review_due": format_close(due) if due else "",
        "is_public": notice.venues.filter(venue=Venue.PLATFORM.value).exists(),
        "nothing_to_do": not (may_publish or doors.is_any_of_desk),
        "step_url": reverse("desk_notice_step", args=[pk]),
        "file_base": f"/desk/notices/{pk}/files/",
        "trail": [*_TRAIL, (str(notice), "")],
    }
    return render(request, "staff/notices/detail.html", context)


def _preview(notice: Notice) -> str:
    """Return when the platform venue would close if it were opened now."""
    try:
        deadline = preview_venue(notice, clock.now())
    except RuleViolation as refused:
        return f"{refused.message}（{refused.code}）"
    return format_close(deadline.close_at)


@desk_view(*STAFF)
@require_safe
def file(request: HttpRequest, pk: int, file_id: int) -> FileResponse:
    """Send a paper of a notice; the view is logged in the evidence."""
    notice = _notice(pk)
    is_attached = notice.attachments.filter(file_id=file_id).exists()
    if not is_attached and not notice.extensions.filter(consent_id=file_id).exists():
        raise Http404
    row = private_files.open_for(
        request.actor,  # type: ignore[attr-defined]
        file_id,
        at=clock.now(),
    )
    response = FileResponse(
        row.file.open("rb"),
        as_attachment=True,
        filename=row.name,
        content_type=row.media_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


Step = Callable[[HttpRequest, Notice], str]


def _review(request: HttpRequest, notice: Notice) -> str:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    if "reject" in request.POST:
        reason = request.POST.get("reason", "")
        actions.reject_notice(notice, reason=reason, by=by, at=at)
        return "已驳回，理由已送发布单位。"
    actions.approve_notice(notice, by=by, at=at)
    return "形式审查通过，可以发布。"


def _publish(request: HttpRequest, notice: Notice) -> str:
    by = request.actor  # type: ignore[attr-defined]
    row = actions.publish_notice(notice, Venue.PLATFORM, by=by, at=clock.now())
    return f"已在公开平台发布，届满时间{format_close(row.close_at)}。"


def _suspend(request: HttpRequest, notice: Notice) -> str:
    actions.suspend_notice(
        notice,
        reason=request.POST.get("reason", ""),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return "公示已中止，停止计时。"


def _resume(request: HttpRequest, notice: Notice) -> str:
    actions.resume_notice(
        notice,
        reason=request.POST.get("reason", ""),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return "公示已恢复，届满时间已重新推算。"


def _decide_extension(request: HttpRequest, notice: Notice) -> str:
    extension = get_object_or_404(Extension, pk=_request_id(request), notice=notice)
    actions.decide_extension(
        extension,
        approve="approve" in request.POST,
        reason=request.POST.get("reason", ""),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return "已对延长申请作出决定。"


def _decide_change(request: HttpRequest, notice: Notice) -> str:
    change = get_object_or_404(ChangeRequest, pk=_request_id(request), notice=notice)
    actions.decide_change(
        change,
        approve="approve" in request.POST,
        reason=request.POST.get("reason", ""),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
    )
    return "已对变更（终止）申请作出决定。"


def _request_id(request: HttpRequest) -> int:
    return typed_number(request.POST.get("request"), otherwise=0)


STEPS: dict[str, Step] = {
    "review": _review,
    "publish": _publish,
    "suspend": _suspend,
    "resume": _resume,
    "decide_extension": _decide_extension,
    "decide_change": _decide_change,
}


@desk_view(*STAFF)
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step of a notice; a refusal is told in full and changes nothing."""
    notice = _notice(pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    version = request.POST.get("version")
    notice.version = typed_number(version, otherwise=notice.version)
    try:
        messages.success(request, STEPS[name](request, notice), "ok")
    except (RuleViolation, RuleViolations) as refused:
        tell_refusal(request, refused)
    return redirect("desk_notice", pk=pk)


def _notice(pk: int) -> Notice:
    notice = get_desk_notice(pk)
    if notice is None:
        raise Http404
    return notice
