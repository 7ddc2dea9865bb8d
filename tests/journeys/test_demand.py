"""A demand from the enterprise's form to the public list and back (§20.2)."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from cms.core.clock import SHANGHAI
from cms.rules.roles import Role
from cms.supply_demand.models import Demand, DemandPage
from tests.factories.demands import (
    PROBLEM,
    make_call,
    make_demand,
    make_draft,
    make_offer,
)
from tests.factories.parties import make_enterprise, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)
FORM = {
    "title": "铝合金薄壁件铣削变形控制",
    "problem": PROBLEM,
    "indicators": "变形不超过0.05毫米",
    "modes": ["use_then_pay", "license"],
    "budget": "from_10",
    "valid_until": "2027-10-31",
    "size": "small",
    "district": "450203",
    "industry": "36",
    "contact_name": "李示例",
    "contact_phone": "13800000011",
}
DECLARED = dict.fromkeys(
    ("consents_to_publication", "states_truth", "states_secrecy"), "on"
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


def text_of(response):
    return response.content.decode()


def test_demand_from_draft_to_publication_with_a_return(client_as):
    enterprise = make_enterprise(name="柳州金丝雀精密有限公司", short_name="金丝雀")
    call = make_call()
    ent = client_as(make_person(Role.ENTERPRISE, enterprise))
    stb = client_as(make_person(Role.BUREAU))

    response = ent.post("/my/demands/new/", {"organization": enterprise.pk})
    demand = Demand.objects.get()
    assert response["Location"] == f"/my/demands/{demand.pk}/edit/"
    form = {**FORM, "version": demand.version, "call": call.pk, "is_anonymous": "on"}
    response = ent.post(f"/my/demands/{demand.pk}/edit/", {**form, "next": "1"})
    assert response["Location"] == f"/my/demands/{demand.pk}/check/"
    check = text_of(ent.get(f"/my/demands/{demand.pk}/check/"))
    assert "提交前请更正" not in check
    undeclared = text_of(ent.post(f"/my/demands/{demand.pk}/check/", {}))
    assert undeclared.count("E-DM-01") >= 3
    assert Demand.objects.get().status == "draft"
    response = ent.post(f"/my/demands/{demand.pk}/check/", DECLARED)
    assert response["Location"] == f"/my/demands/{demand.pk}/receipt/"
    receipt = text_of(ent.get(response["Location"]))
    assert "XQ-2026-0001" in receipt
    assert "2026-11-03 09:30:00" in receipt
    assert "列入征集批次 ZJ-2026-0001" in receipt
    again = ent.post(f"/my/demands/{demand.pk}/check/", DECLARED)
    assert again["Location"] == f"/my/demands/{demand.pk}/receipt/"
    assert demand.submissions.count() == 1

    review = text_of(stb.get(f"/desk/demands/{demand.pk}/"))
    assert "13800000011" in review
    version = Demand.objects.get().version
    empty = stb.post(f"/desk/demands/{demand.pk}/return/", {"version": version})
    assert "E-FP-07" in text_of(empty)
    stb.post(
        f"/desk/demands/{demand.pk}/return/",
        {"version": version, "comment_problem": "请写明现有工艺"},
    )
    edit = text_of(ent.get(f"/my/demands/{demand.pk}/edit/"))
    assert "请写明现有工艺" in edit
    ent.post(f"/my/demands/{demand.pk}/check/", DECLARED)
    version = Demand.objects.get().version
    response = stb.post(f"/desk/demands/{demand.pk}/publish/", {"version": version})
    assert response["Location"] == "/desk/demands/"

    page = DemandPage.objects.get()
    assert (page.number, page.call_number) == ("XQ-2026-0001", "ZJ-2026-0001")
    detail = text_of(Client().get("/demands/xq-2026-0001/"))
    assert "某小型企业（匿名展示）" in detail
    assert "金丝雀" not in detail
    assert "13800000011" not in detail
    assert "铝合金薄壁件铣削变形控制" in text_of(Client().get("/demands/"))
    assert "铝合金薄壁件铣削变形控制" in text_of(Client().get("/calls/zj-2026-0001/"))


def test_stale_review_is_refused_with_e_st_04(client_as):
    demand = make_draft()
    ent = client_as(make_person(Role.ENTERPRISE, demand.organization))
    stb = client_as(make_person(Role.BUREAU))
    ent.post(f"/my/demands/{demand.pk}/check/", DECLARED)

    response = stb.post(f"/desk/demands/{demand.pk}/publish/", {"version": "1"})

    assert "E-ST-04" in text_of(response)
    assert DemandPage.objects.count() == 0


def test_form_keeps_what_was_typed_when_it_is_refused(client_as):
    demand = make_draft()
    ent = client_as(make_person(Role.ENTERPRISE, demand.organization))
    form = {**FORM, "version": 1, "title": "改过的名称"}

    response = ent.post(f"/my/demands/{demand.pk}/edit/", form)

    assert "E-ST-04" in text_of(response)
    assert "改过的名称" in text_of(response)
    assert Demand.objects.get().title == "铝合金薄壁件铣削变形控制"


def test_another_enterprise_gets_404_everywhere(client_as):
    demand = make_draft()
    other = client_as(make_person(Role.ENTERPRISE))

    for path in ("", "edit/", "check/", "receipt/"):
        assert other.get(f"/my/demands/{demand.pk}/{path}").status_code == 404
    for step in ("retract", "resolve", "withdraw", "discard"):
        response = other.post(f"/my/demands/{demand.pk}/{step}/")
        assert response.status_code == 404
    assert demand.title not in text_of(other.get("/my/demands/"))
    created = other.post("/my/demands/new/", {"organization": demand.organization_id})
    assert created.status_code == 404


@pytest.mark.parametrize(
    "path", ["/desk/demands/", "/desk/calls/", "/desk/events/", "/desk/calls/new/"]
)
def test_desk_is_for_the_bureau(client_as, path):
    for role, status in (
        (Role.ENTERPRISE, 404),
        (Role.TRANSFER_OFFICE, 404),
        (Role.PLATFORM, 404),
        (Role.BUREAU, 200),
    ):
        assert client_as(make_person(role)).get(path).status_code == status
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize(("accepts", "shown"), [(True, True), (False, False)])
def test_pushes_are_shown_to_those_who_take_them(client_as, accepts, shown):
    demand = make_demand(accepts_push=accepts)
    offer = make_offer()
    ent = client_as(make_person(Role.ENTERPRISE, demand.organization))

    text = text_of(ent.get(f"/my/demands/{demand.pk}/"))

    assert ("为您推送的成果" in text) is shown
    assert (offer.title in text) is shown
