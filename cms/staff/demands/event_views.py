"""Events at the desk: draft, publish, cancel, invite, attendance."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal
from cms.core.spreadsheets.writing import write_table
from cms.core.typed_numbers import typed_number
from cms.parties.models import Organization
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import EventState, EventStep
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view
from cms.staff.demands.forms import EventForm
from cms.supply_demand.actions.events import (
    cancel_event,
    invite_to_event,
    publish_event,
    record_attendance_export,
    save_event,
)
from cms.supply_demand.models import Event
from cms.supply_demand.queries.calls import get_places, list_attendance
from cms.supply_demand.queries.matches import list_matched_parties

PAGE_SIZE = 20
_TRAIL = [("审核台", "/desk/"), ("活动管理", "/desk/events/")]
LIST = ListParameters("活动", "/desk/events/", PAGE)


@desk_view(Role.BUREAU)
@require_safe
@LIST.checks
def event_list(request: HttpRequest) -> HttpResponse:
    """List all events, drafts included."""
    rows = Event.objects.select_related("page").order_by("-starts_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "staff/demands/events.html", {"page": page, "trail": _TRAIL})


@desk_view(Role.BUREAU)
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a draft."""
    event = get_object_or_404(Event, pk=pk, status=EventState.DRAFT) if pk else None
    initial = EventForm.initial_of(event) if event else {}
    form = EventForm(
        request.POST if request.method == "POST" else None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_event(event, form.content(), by=request.actor, at=clock.now())
            messages.success(request, "草稿已保存。", "ok")
            return redirect("desk_event", saved.pk)
        except (RuleViolation, RuleViolations) as error:
            add_refusal(form, error)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "heading": "编辑活动" if event else "新建活动",
        "back": "/desk/events/",
        "trail": [*_TRAIL, ("编辑", "")],
    }
    return render(request, "staff/demands/edit.html", context)


@desk_view(Role.BUREAU)
@require_safe
def event_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an event with its places, those registered and whom to invite."""
    event = get_object_or_404(Event.objects.select_related("page"), pk=pk)
    context = {
        "event": event,
        "places": get_places(event),
        "registrations": list_attendance(event),
        "parties": list_matched_parties(),
        "invited": set(event.invitations.values_list("organization_id", flat=True)),
        "trail": [*_TRAIL, (event.title, "")],
    }
    return render(request, "staff/demands/event.html", context)


@desk_view(Role.BUREAU)
@require_POST
def event_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Publish or cancel an event, or invite parties to it."""
    event, by, at = get_object_or_404(Event, pk=pk), request.actor, clock.now()
    try:
        if step == EventStep.PUBLISH:
            publish_event(event, by=by, at=at)
            messages.success(request, "已发布。", "ok")
        elif step == EventStep.CANCEL:
            cancel_event(event, by=by, at=at)
            messages.success(request, "已取消。", "ok")
        elif step == "invite":
            chosen = [
                typed_number(text, otherwise=0)
                for text in request.POST.getlist("organization")
            ]
            parties = list(Organization.objects.filter(pk__in=chosen))
            count = invite_to_event(event, parties, by=by, at=at)
            messages.success(request, f"新邀请{count}家。", "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as error:
        tell_refusal(request, error)
    return redirect("desk_event", pk)


@desk_view(Role.BUREAU)
@require_safe
def event_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the attendance list; each export is logged."""
    event = get_object_or_404(Event, pk=pk)
    at = clock.now()
    record_attendance_export(event, by=request.actor, at=at)
    rows = [
        (
            place,
            str(row.user),
            row.organization.name,
            row.get_state_display(),
            f"{timezone.localtime(row.registered_at):%Y-%m-%d %H:%M:%S}",
            "",
        )
        for place, row in enumerate(list_attendance(event), start=1)
    ]
    header = ("序号", "姓名", "单位", "状态", "报名时间", "签到")
    stream = write_table("签到表", header, rows, note=f"{event.title}　{event.place}")
    return FileResponse(
        stream, as_attachment=True, filename=f"活动签到表-{event.pk}-{at:%Y%m%d}.xlsx"
    )
