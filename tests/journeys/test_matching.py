"""Matching in both directions, in the browser's words (FP-08; cases H13, J10)."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from cms.core.clock import SHANGHAI
from cms.core.models import EvidenceEntry
from cms.rules.roles import Role
from cms.supply_demand.models import DemandPage, IntentRecord, Match, OfferPage
from tests.factories.demands import make_demand, make_offer
from tests.factories.parties import (
    make_enterprise,
    make_person,
    make_unit,
    make_unverified_enterprise,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)
CONTACT = {
    "contact_name": "李示例",
    "contact_phone": "13800000011",
    "contact_email": "li@example.com",
}
OTHER = {
    "contact_name": "王示例",
    "contact_phone": "13800000022",
    "contact_email": "wang@example.com",
}
INTENT = {
    "subject": "薄壁件残余应力在线检测技术的先使用后付费许可",
    "way": "use_then_pay",
    "secrecy": "双方对洽谈中知悉的技术资料保密三年",
    "valid_until": "2027-03-31",
    "binding": "保密约定、费用承担",
    "non_binding": "其余条款",
    "costs": "各自承担洽谈费用",
    "depends_on": "试用验收合格并经单位审批、公示",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response):
    return response.content.decode()


def interest(client, query, organization, note="希望合作试用", contact=CONTACT):
    return client.post(
        f"/my/matches/new/?{query}",
        {"organization": organization.pk, "note": note, **contact},
    )


def test_h13_offer_to_interest_to_contacts_to_intent(client_as):
    enterprise, unit = make_enterprise(), make_unit()
    offer = make_offer(unit)
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    tto = client_as(make_person(Role.TRANSFER_OFFICE, unit))

    response = interest(ent, f"offer={offer.number}", enterprise)
    match = Match.objects.get()
    assert response["Location"] == f"/my/matches/{match.pk}/"
    before = text_of(tto.get(f"/my/matches/{match.pk}/"))
    assert enterprise.name in before
    assert "13800000011" not in before

    tto.post(f"/my/matches/{match.pk}/accept/", {"reply": "欢迎", **OTHER})
    seen_by_unit = text_of(tto.get(f"/my/matches/{match.pk}/"))
    seen_by_enterprise = text_of(ent.get(f"/my/matches/{match.pk}/"))
    assert "13800000011" in seen_by_unit
    assert "13800000022" in seen_by_enterprise
    assert "起草意向书" in seen_by_enterprise
    assert OfferPage.objects.get().state == "matching"
    assert OfferPage.objects.listed().count() == 1
    released = EvidenceEntry.objects.filter(kind="match.contact_released")
    assert [(e.payload["to"], e.payload["of"]) for e in released] == [
        (enterprise.pk, unit.pk),
        (unit.pk, enterprise.pk),
    ]

    tto.post(f"/my/matches/{match.pk}/intent/", INTENT)
    record = IntentRecord.objects.get()
    assert (record.status, record.number) == ("proposed", "")
    own = tto.post(
        f"/my/matches/{match.pk}/intent/confirm/",
        {"read_at": record.proposed_at.isoformat()},
    )
    assert own.status_code == 302
    assert IntentRecord.objects.get().status == "proposed"
    ent.post(
        f"/my/matches/{match.pk}/intent/confirm/",
        {"read_at": record.proposed_at.isoformat()},
    )
    record = IntentRecord.objects.get()
    assert (record.status, record.number) == ("confirmed", "YX-2026-0001")
    assert record.valid_until == date(2027, 3, 31)
    assert Match.objects.get().status == "intent_recorded"
    printed = text_of(ent.get(f"/my/matches/{match.pk}/intent/print/"))
    assert "YX-2026-0001" in printed
    assert record.sha256 in printed


def test_demand_to_interest_to_contacts_keeps_the_anonymous_name_until_accepted(
    client_as,
):
    enterprise = make_enterprise(name="柳州金丝雀精密有限公司", short_name="金丝雀")
    unit = make_unit()
    demand = make_demand(enterprise, is_anonymous=True)
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    tto = client_as(make_person(Role.TRANSFER_OFFICE, unit))

    interest(tto, f"demand={demand.number}", unit, contact=OTHER)
    match = Match.objects.get()
    for path in ("/my/matches/", f"/my/matches/{match.pk}/"):
        assert "金丝雀" not in text_of(tto.get(path))
    answer = text_of(ent.get(f"/my/matches/{match.pk}/"))
    assert unit.name in answer
    assert 'value="13800000011"' in answer  # the contact of the demand is offered

    ent.post(f"/my/matches/{match.pk}/accept/", CONTACT)
    released = text_of(tto.get(f"/my/matches/{match.pk}/"))
    assert "金丝雀" in released
    assert "13800000011" in released
    assert DemandPage.objects.get().state == "matching"
    assert "金丝雀" not in text_of(Client().get(f"/demands/{demand.number.lower()}/"))


def test_declined_interest_releases_nothing(client_as):
    enterprise, unit = make_enterprise(), make_unit()
    offer = make_offer(unit)
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    tto = client_as(make_person(Role.TRANSFER_OFFICE, unit))
    interest(ent, f"offer={offer.number}", enterprise)
    match = Match.objects.get()

    tto.post(f"/my/matches/{match.pk}/decline/", {"reply": "暂无产能"})

    assert Match.objects.get().status == "declined"
    seen = text_of(tto.get(f"/my/matches/{match.pk}/"))
    assert "13800000011" not in seen
    assert "暂无产能" in text_of(ent.get(f"/my/matches/{match.pk}/"))
    assert OfferPage.objects.get().state == "published"
    assert not EvidenceEntry.objects.filter(kind="match.contact_released").exists()


@pytest.mark.parametrize("who", ["anonymous", "unverified"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_j10_interest_is_refused_with_e_fp_18(client_as, who, method):
    offer = make_offer()
    client = Client()
    if who == "unverified":
        client = client_as(make_person(Role.ENTERPRISE, make_unverified_enterprise()))

    response = getattr(client, method)(f"/my/matches/new/?offer={offer.number}")

    assert response.status_code == 403
    assert "请先登录并完成实名认证。" in text_of(response)
    assert "E-FP-18" in text_of(response)
    assert Match.objects.count() == 0


def test_second_interest_is_refused_with_e_ma_01(client_as):
    enterprise = make_enterprise()
    offer = make_offer()
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    interest(ent, f"offer={offer.number}", enterprise)

    response = interest(ent, f"offer={offer.number}", enterprise)

    assert response.status_code == 200
    assert "E-MA-01" in text_of(response)
    assert Match.objects.count() == 1


def test_phone_in_the_note_is_refused_and_what_was_typed_stays(client_as):
    enterprise = make_enterprise()
    offer = make_offer()
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))

    response = interest(
        ent, f"offer={offer.number}", enterprise, note="请联系13900139000"
    )

    assert "E-SE-02" in text_of(response)
    assert "请联系13900139000" in text_of(response)
    assert Match.objects.count() == 0


def test_match_of_others_does_not_exist(client_as):
    enterprise, unit = make_enterprise(), make_unit()
    offer = make_offer(unit)
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    interest(ent, f"offer={offer.number}", enterprise)
    match = Match.objects.get()
    stranger = client_as(make_person(Role.TRANSFER_OFFICE))

    for path in ("", "intent/", "intent/print/"):
        assert stranger.get(f"/my/matches/{match.pk}/{path}").status_code == 404
    assert stranger.post(f"/my/matches/{match.pk}/accept/", OTHER).status_code == 404
    assert offer.title not in text_of(stranger.get("/my/matches/"))
