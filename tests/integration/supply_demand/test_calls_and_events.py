"""Calls and events: desk, public pages, places, files (FP-07, FP-08)."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

from cms.core import due
from cms.core.actors import ANONYMOUS
from cms.core.clock import SHANGHAI
from cms.core.models import EvidenceEntry
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.calls import (
    CallContent,
    publish_call,
    save_call,
    withdraw_call,
)
from cms.supply_demand.actions.events import (
    cancel_event,
    cancel_registration,
    invite_to_event,
    publish_event,
    register_for_event,
)
from cms.supply_demand.models import Call, CallPage, Event, EventPage, EventRegistration
from cms.supply_demand.queries.calls import (
    get_places,
    list_invitations,
    list_open_calls,
)
from tests.factories.demands import AT, make_call, make_event
from tests.factories.parties import (
    make_actor,
    make_enterprise,
    make_person,
    make_unverified_enterprise,
)

pytestmark = pytest.mark.django_db
CLOSE = datetime(2026, 11, 21, tzinfo=SHANGHAI)


def code_of(call):
    with pytest.raises((RuleViolation, RuleViolations)) as refused:
        call()
    error = refused.value
    return error.code if isinstance(error, RuleViolation) else error.violations[0].code


def test_publish_numbers_a_call_and_sets_its_timer():
    call = make_call()

    page = CallPage.objects.get()
    assert (page.number, page.slug, page.state) == (
        "ZJ-2026-0001",
        "zj-2026-0001",
        "published",
    )
    assert (page.opens_at, page.closes_at) == (call.opens_at, CLOSE)


def test_sweep_closes_a_call_at_its_end():
    make_call()

    assert due.sweep(until=CLOSE - timedelta(seconds=1)) == 0
    assert due.sweep(until=CLOSE) == 1
    assert (Call.objects.get().status, CallPage.objects.get().state) == (
        "closed",
        "closed",
    )


@pytest.mark.parametrize(
    ("at", "scope", "expected"),
    [
        (datetime(2026, 10, 31, 23, 59, 59, tzinfo=SHANGHAI), "demands", 0),
        (datetime(2026, 11, 1, tzinfo=SHANGHAI), "demands", 1),
        (CLOSE - timedelta(seconds=1), "offers", 1),
        (CLOSE, "demands", 0),
    ],
)
def test_open_calls_are_read_from_their_instants(at, scope, expected):
    make_call(at=datetime(2026, 10, 30, tzinfo=SHANGHAI))

    assert list_open_calls(at, scope).count() == expected


def test_call_for_offers_is_not_open_to_demands():
    make_call(scope="offers")

    assert list_open_calls(AT, "demands").count() == 0


def test_call_refusals():
    bureau = make_actor(Role.BUREAU)
    over = make_call(bureau, is_published=False, closes_at=AT)

    assert code_of(lambda: publish_call(over, by=bureau, at=AT)) == "E-CB-01"
    assert (
        code_of(
            lambda: make_call(bureau, closes_at=datetime(2026, 11, 1, tzinfo=SHANGHAI))
        )
        == "E-CB-01"
    )
    assert code_of(lambda: make_call(bureau, title=" ")) == "E-CB-02"
    assert code_of(lambda: make_call(make_actor(Role.PLATFORM))) == "E-ST-02"
    assert code_of(lambda: make_call(bureau, body="联系13800138000")) == "E-SE-02"


def test_published_call_is_not_edited_and_can_be_withdrawn():
    bureau = make_actor(Role.BUREAU)
    call = make_call(bureau)
    content = CallContent("改", "both", "改", "", call.opens_at, call.closes_at)

    assert code_of(lambda: save_call(call, content, by=bureau, at=AT)) == "E-ST-01"
    withdraw_call(call, by=bureau, at=AT)

    assert CallPage.objects.get().state == "withdrawn"
    assert list_open_calls(AT, "demands").count() == 0


def test_call_page_counts_down_from_the_server():
    make_call()
    with time_machine.travel(AT, tick=False):
        text = Client().get("/calls/zj-2026-0001/").content.decode()
        listed = Client().get("/calls/").content.decode()
    with time_machine.travel(CLOSE, tick=False):
        over = Client().get("/calls/zj-2026-0001/").content.decode()

    assert '<time-left until="2026-11-21T00:00:00+08:00">' in text
    assert "征集中" in listed
    assert "<time-left" not in over
    assert "已截止" in over


def test_desk_writes_a_call_that_ends_at_24_00(client_as):
    stb = client_as(make_person(Role.BUREAU))
    with time_machine.travel(AT, tick=False):
        stb.post(
            "/desk/calls/new/",
            {
                "title": "第四季度征集",
                "scope": "both",
                "body": "征集先使用后付费成果和需求。",
                "opens_at": "2026-11-01T00:00",
                "closes_on": "2026-11-20",
            },
        )
        call = Call.objects.get()
        edit = stb.get(f"/desk/calls/{call.pk}/edit/").content.decode()
        stb.post(f"/desk/calls/{call.pk}/publish/")

    assert call.closes_at == CLOSE
    assert 'value="2026-11-20"' in edit
    assert CallPage.objects.get().title == "第四季度征集"


def test_places_waiting_list_and_moving_up():
    event = make_event(capacity=1)
    first, second = make_actor(Role.ENTERPRISE), make_actor(Role.ENTERPRISE)
    homes = {actor: make_enterprise_of(actor) for actor in (first, second)}

    one = register_for_event(event, homes[first], by=first, at=AT)
    two = register_for_event(event, homes[second], by=second, at=AT)
    assert (one.state, two.state) == ("confirmed", "waiting")
    assert get_places(event).free == 0
    cancel_registration(one, by=first, at=AT)

    assert list(
        EventRegistration.objects.order_by("pk").values_list("state", flat=True)
    ) == [
        "cancelled",
        "confirmed",
    ]
    again = register_for_event(event, homes[first], by=first, at=AT)
    assert again.state == "waiting"


def make_enterprise_of(actor):
    from cms.parties.models import Organization

    return Organization.objects.get(pk=min(owner for owner, _ in actor.memberships))


def test_registration_refusals():
    event = make_event()
    ent = make_actor(Role.ENTERPRISE)
    home = make_enterprise_of(ent)
    unverified = make_unverified_enterprise()

    def register(organization=home, by=ent, at=AT):
        return register_for_event(event, organization, by=by, at=at)

    assert code_of(lambda: register(by=ANONYMOUS)) == "E-FP-18"
    assert (
        code_of(
            lambda: register(unverified, by=make_actor(Role.ENTERPRISE, unverified))
        )
        == "E-FP-18"
    )
    assert code_of(lambda: register(make_enterprise())) == "E-ST-02"
    assert code_of(lambda: register(at=event.registration_closes_at)) == "E-EV-02"
    mine = register()
    assert code_of(register) == "E-EV-03"
    assert (
        code_of(
            lambda: cancel_registration(mine, by=make_actor(Role.ENTERPRISE), at=AT)
        )
        == "E-ST-02"
    )
    assert (
        code_of(lambda: cancel_registration(mine, by=ent, at=event.starts_at))
        == "E-EV-02"
    )


def test_event_refusals():
    bureau = make_actor(Role.BUREAU)
    event = make_event(bureau, is_published=False)

    assert (
        code_of(lambda: publish_event(event, by=bureau, at=event.starts_at))
        == "E-EV-02"
    )
    assert code_of(lambda: make_event(bureau, ends_at=AT)) == "E-EV-01"
    assert code_of(lambda: make_event(bureau, place="", capacity=0)) == "E-EV-04"
    assert code_of(lambda: make_event(make_actor(Role.ENTERPRISE))) == "E-ST-02"


def test_event_ends_and_is_cancelled():
    bureau = make_actor(Role.BUREAU)
    ended, cancelled = make_event(bureau), make_event(bureau)
    cancel_event(cancelled, by=bureau, at=AT)
    due.sweep(until=ended.ends_at)

    assert Event.objects.get(pk=ended.pk).status == "ended"
    assert Event.objects.get(pk=cancelled.pk).status == "cancelled"
    assert EventPage.objects.get(event=cancelled).state == "cancelled"


def test_invitations_reach_the_party_once():
    bureau, ent = make_actor(Role.BUREAU), make_actor(Role.ENTERPRISE)
    home, event = make_enterprise_of(ent), make_event(bureau)

    assert invite_to_event(event, [home], by=bureau, at=AT) == 1
    assert invite_to_event(event, [home], by=bureau, at=AT) == 0
    assert [one.event.title for one in list_invitations(ent, AT)] == [event.title]
    assert not list_invitations(make_actor(Role.ENTERPRISE), AT).exists()
    assert not list_invitations(ent, event.starts_at).exists()


def test_calendar_file_names_time_and_place():
    event = make_event()

    response = Client().get(f"/events/{event.page_id}/event.ics")

    entry = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(entry["summary"]) == "新材料领域牵线搭桥会"
    assert entry["dtstart"].dt == event.starts_at
    assert str(entry["location"]) == "示例科技馆报告厅"


def test_registering_and_the_attendance_list(client_as):
    event = make_event()
    user = make_person(Role.ENTERPRISE)
    home = user.memberships.get().organization
    ent, stb = client_as(user), client_as(make_person(Role.BUREAU))
    path = f"/events/{event.page_id}/register/"
    with time_machine.travel(AT, tick=False):
        page = ent.get(f"/events/{event.page.slug}/").content.decode()
        ent.post(path, {"organization": home.pk})
        after = ent.get(f"/events/{event.page.slug}/").content.decode()
        foreign = ent.post(path, {"organization": make_enterprise().pk})
        response = stb.get(f"/desk/events/{event.pk}/attendance.xlsx")
        sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active

    assert "报名" in page
    assert "已报名" in after
    assert foreign.status_code == 404
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[2][:4] == ("1", str(user), home.name, "已报名")
    assert EvidenceEntry.objects.filter(kind="event.attendance_exported").count() == 1
    assert (
        client_as(make_person(Role.TRANSFER_OFFICE))
        .get(f"/desk/events/{event.pk}/attendance.xlsx")
        .status_code
        == 404
    )


def test_anonymous_reader_sees_no_names_of_those_registered():
    event, ent = make_event(), make_actor(Role.ENTERPRISE)
    home = make_enterprise_of(ent)
    register_for_event(event, home, by=ent, at=AT)

    text = Client().get(f"/events/{event.page.slug}/").content.decode()

    assert home.name not in text
    assert ent.name not in text
