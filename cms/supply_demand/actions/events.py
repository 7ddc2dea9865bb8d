"""Events of matching (牵线搭桥 and others): publication, places, invitations."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from cms.core import due, evidence, transitions
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.pages import add_page, save_page
from cms.parties.models import Organization
from cms.rules.personal_data import check_public_text
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import (
    EVENT,
    EventState,
    EventStep,
    RegistrationState,
    check_event_times,
    check_registration,
    place_for,
)
from cms.rules.supply_demand.matching import check_interest
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.models import (
    Event,
    EventIndexPage,
    EventInvitation,
    EventPage,
    EventRegistration,
)
from cms.supply_demand.queries.parties import is_organization_verified
from cms.supply_demand.tree import get_index_page

END = "event.end"


@dataclass(frozen=True, slots=True)
class EventContent:
    """What an event says; registration closes at its start at the latest."""

    title: str
    kind: str
    body: str
    place: str
    starts_at: datetime
    ends_at: datetime
    registration_closes_at: datetime
    capacity: int


def save_event(
    event: Event | None, content: EventContent, *, by: Actor, at: datetime
) -> Event:
    """Keep a draft; a published event is not edited.

    Raises:
        RuleViolation, RuleViolations: E-EV-01, E-EV-04, E-ST-01, E-ST-02.
    """
    _check_bureau(by)
    _check_content(content)
    with writing():
        draft = Event.objects.select_for_update().get(pk=event.pk) if event else Event()
        if draft.status != EventState.DRAFT:
            raise RuleViolation(
                "E-ST-01", state=EventState(draft.status).label, event="修改"
            )
        for name in EventContent.__dataclass_fields__:
            setattr(draft, name, getattr(content, name))
        draft.submitted_by_id = by.user_id
        draft.created_at = draft.created_at or at
        draft.save()
        return draft


def publish_event(event: Event, *, by: Actor, at: datetime) -> EventPage:
    """Publish an event: page, and the timer of its end.

    Raises:
        RuleViolation: E-EV-02 (over already), E-SE-02, E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        if at >= event.starts_at:
            raise RuleViolation("E-EV-02", field="starts_at")
        for field in ("title", "body", "place"):
            check_public_text(getattr(event, field), field=field)
        _step(event, EventStep.PUBLISH, by=by, at=at)
        fields = EventContent.__dataclass_fields__
        event.page = add_page(
            get_index_page(EventIndexPage),
            EventPage(
                **{name: getattr(event, name) for name in fields},
                draft_title=event.title,
                slug=f"event-{event.pk}",
                state=event.status,
                published_at=at,
            ),
            at=at,
        )
        event.save(update_fields=["page"])
        due.schedule(END, event, event.ends_at)
        return event.page


def cancel_event(event: Event, *, by: Actor, at: datetime) -> Event:
    """Cancel a published event; registrations stay on record."""
    with writing():
        _step(event, EventStep.CANCEL, by=by, at=at)
        due.cancel(END, event, at=at)
        _show_state(event, at)
        return event


def end_event(event: Event, *, at: datetime) -> Event:
    """End an event at its end time (due row `event.end`)."""
    with writing():
        if EVENT.find(event.status, EventStep.END):
            _step(event, EventStep.END, by=SYSTEM, at=at)
            _show_state(event, at)
        return event


def register_for_event(
    event: Event, organization: Organization, *, by: Actor, at: datetime
) -> EventRegistration:
    """Take a place, or one on the waiting list where the event is full.

    Raises:
        RuleViolation: E-FP-18, E-ST-02 (not of that organization), E-EV-02,
            E-EV-03.
    """
    check_interest(
        is_signed_in=by.user_id is not None,
        is_verified=is_organization_verified(organization),
    )
    if not by.roles_in(organization.pk):
        raise RuleViolation("E-ST-02", event="报名")
    try:
        with writing():
            locked = Event.objects.select_for_update().get(pk=event.pk)
            check_registration(locked.status, locked.registration_closes_at, at)
            open_places = locked.registrations.exclude(
                state=RegistrationState.CANCELLED
            )
            if open_places.filter(user=by.user_id).exists():
                raise RuleViolation("E-EV-03")
            confirmed = open_places.filter(state=RegistrationState.CONFIRMED).count()
            registration = EventRegistration.objects.create(
                event=locked,
                user_id=by.person_id,
                organization=organization,
                state=place_for(locked.capacity, confirmed).value,
                registered_at=at,
            )
            _log(registration, "registered", by=by, at=at)
            return registration
    except IntegrityError as error:
        raise RuleViolation("E-EV-03") from error


def cancel_registration(
    registration: EventRegistration, *, by: Actor, at: datetime
) -> EventRegistration:
    """Give a place back; the first of the waiting list moves up.

    Raises:
        RuleViolation: E-ST-02 (another's place), E-EV-02 (the event has begun).
    """
    with writing():
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        fresh = EventRegistration.objects.get(pk=registration.pk)
        if fresh.user_id != by.user_id:
            raise RuleViolation("E-ST-02", event="取消报名")
        if event.status != EventState.PUBLISHED or at >= event.starts_at:
            raise RuleViolation("E-EV-02")
        had_place = fresh.state == RegistrationState.CONFIRMED
        if fresh.state != RegistrationState.CANCELLED:
            fresh.state = RegistrationState.CANCELLED.value
            fresh.cancelled_at = at
            fresh.save(update_fields=["state", "cancelled_at"])
            _log(fresh, "cancelled", by=by, at=at)
        if had_place:
            _move_up(event, by=by, at=at)
        return fresh


def invite_to_event(
    event: Event, organizations: list[Organization], *, by: Actor, at: datetime
) -> int:
    """Invite parties to a published event; return how many are newly invited.

    Raises:
        RuleViolation: E-ST-02, E-EV-02.
    """
    _check_bureau(by)
    check_registration(event.status, event.registration_closes_at, at)
    with writing():
        known = set(event.invitations.values_list("organization_id", flat=True))
        fresh = [party for party in organizations if party.pk not in known]
        for party in fresh:
            EventInvitation.objects.create(
                event=event, organization=party, invited_at=at
            )
        evidence.record(
            "event.invited",
            event,
            {"organizations": sorted(party.pk for party in fresh)},
            by=by,
            at=at,
        )
        return len(fresh)


def _move_up(event: Event, *, by: Actor, at: datetime) -> None:
    waiting = event.registrations.filter(state=RegistrationState.WAITING)
    first = waiting.order_by("registered_at", "pk").first()
    if first is not None:
        first.state = RegistrationState.CONFIRMED.value
        first.save(update_fields=["state"])
        _log(first, "confirmed", by=by, at=at)


def _log(
    registration: EventRegistration, verb: str, *, by: Actor, at: datetime
) -> None:
    evidence.record(
        f"event_registration.{verb}",
        registration,
        {"event": registration.event_id, "state": registration.state},
        by=by,
        at=at,
    )


def _show_state(event: Event, at: datetime) -> None:
    page = event.page
    if page is not None:
        page.state = event.status
        save_page(page, at=at)


def _step(event: Event, step: EventStep, *, by: Actor, at: datetime) -> None:
    transitions.apply(EVENT, event, step, by=by, roles=by.roles, at=at)


def _check_bureau(by: Actor) -> None:
    if not by.has(Role.BUREAU):
        raise RuleViolation("E-ST-02", event=EVENT.label)


def _check_content(content: EventContent) -> None:
    labels = {"title": "名称", "kind": "类型", "body": "活动内容", "place": "地点"}
    missing = [
        RuleViolation("E-EV-04", field=name, fields=label)
        for name, label in labels.items()
        if not getattr(content, name).strip()
    ]
    if content.capacity < 1:
        missing.append(RuleViolation("E-EV-04", field="capacity", fields="名额"))
    if missing:
        raise RuleViolations(missing)
    check_event_times(
        content.starts_at, content.ends_at, content.registration_closes_at
    )


def record_attendance_export(event: Event, *, by: Actor, at: datetime) -> None:
    """Log that a person of the bureau took the attendance list out."""
    with writing():
        evidence.record("event.attendance_exported", event, {}, by=by, at=at)
