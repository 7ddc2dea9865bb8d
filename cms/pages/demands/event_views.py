"""Events (活动): list, page, places, calendar file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar
from icalendar import Event as CalendarEvent
from wagtail.models import Page

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters, page_at
from cms.core.refusals import tell_refusal
from cms.core.typed_numbers import typed_number
from cms.pages.serving import serves
from cms.parties.models import Organization
from cms.rules.supply_demand.calls import EventState
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.events import cancel_registration, register_for_event
from cms.supply_demand.models import Event, EventIndexPage, EventPage
from cms.supply_demand.queries.calls import (
    get_own_registration,
    get_places,
    list_public_events,
)

PAGE_SIZE = 20
LIST = ListParameters("活动", "/events/", PAGE)


@require_safe
@LIST.checks
def event_list(request: HttpRequest) -> HttpResponse:
    """List the events."""
    page = page_at(Paginator(list_public_events(), PAGE_SIZE), request.GET.get("page"))
    context = {"page": page, "now": clock.now(), "trail": [("活动", "")]}
    return render(request, "demands/events.html", context)


@serves(EventIndexPage)
def event_index(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the list where the page tree leads to it."""
    return event_list(request)


@serves(EventPage)
@require_safe
def event_detail(request: HttpRequest, page: Page) -> HttpResponse:
    """Show an event, its places, and one's own place."""
    event = Event.objects.get(page=page)
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    organizations = Organization.objects.none()
    if actor.user_id is not None:
        owners = {owner for owner, _ in actor.memberships}
        organizations = Organization.objects.filter(pk__in=owners).order_by("name")
    context = {
        "page": page,
        "event": event,
        "places": get_places(event),
        "registration": get_own_registration(event, actor),
        "organizations": organizations,
        "is_open": event.status == EventState.PUBLISHED
        and at < event.registration_closes_at,
        "can_cancel": event.status == EventState.PUBLISHED and at < event.starts_at,
        "trail": [("活动", "/events/"), (page.title, "")],
    }
    return render(request, "demands/event.html", context)


@login_required
@require_POST
def event_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a place, or give it back."""
    event = get_object_or_404(Event, page=pk)
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    try:
        if "cancel" in request.POST:
            registration = get_own_registration(event, actor)
            if registration is None:
                raise Http404
            cancel_registration(registration, by=actor, at=at)
            messages.success(request, "已取消报名。", "ok")
        else:
            organization = _organization(request)
            registration = register_for_event(event, organization, by=actor, at=at)
            state = registration.get_state_display()
            messages.success(request, f"登记成功：{state}。", "ok")
    except RuleViolation as error:
        tell_refusal(request, error)
    return redirect(event.page.url)


@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an event as a calendar file."""
    page = get_object_or_404(EventPage, pk=pk, live=True)
    entry = CalendarEvent()
    entry.add("uid", f"event-{page.pk}@{request.get_host()}")
    entry.add("dtstamp", page.published_at)
    entry.add("dtstart", page.starts_at)
    entry.add("dtend", page.ends_at)
    entry.add("summary", page.title)
    entry.add("location", page.place)
    entry.add("url", request.build_absolute_uri(page.url))
    if page.state == EventState.CANCELLED:
        entry.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//chengzhuan//events//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return HttpResponse(
        calendar.to_ical(),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="event-{page.pk}.ics"'},
    )


def _organization(request: HttpRequest) -> Organization:
    owners = {owner for owner, _ in request.actor.memberships}  # type: ignore[attr-defined]
    if not owners:
        raise RuleViolation("E-FP-18")
    chosen = typed_number(request.POST.get("organization"), otherwise=0)
    return get_object_or_404(Organization, pk=chosen, pk__in=owners)
