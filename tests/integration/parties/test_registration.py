"""Registration of enterprises and units; the public register (PL-01)."""

from datetime import date
from io import BytesIO

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from cms.core.models import EvidenceEntry
from cms.parties.models import Membership, Organization, User
from cms.parties.queries import get_actor
from tests.factories import parties

REGISTER = "/account/register/"
UNITS = "/desk/parties/units/"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def form() -> dict[str, str]:
    return {
        "name": "柳州示例轴承有限公司",
        "credit_code": "91450200ma5n0000x2",
        "kind": "enterprise",
        "size": "small",
        "district": "450203",
        "full_name": "测试乙",
        "phone": "138 0013 8000",
        "username": "bearing",
        "new_password": "Strong-word-88",
        "repeated_password": "Strong-word-88",
    }


def unit_form(**changes: str) -> dict[str, str]:
    return {
        "name": "柳州示例职业学院",
        "short_name": "示例职院",
        "credit_code": "12450200MB0DEM001G",
        "kind": "university",
        "district": "450203",
        "status": "pilot",
        "entry": "exempt",
        "batch": "第二批",
        "document": "柳科示例〔2026〕2号",
        "starts_on": "2026-10-01",
        "ends_on": "2029-10-01",
        **changes,
    }


def test_enterprise_registers_unverified(client, db, form):
    response = client.post(REGISTER, form)

    assert response["Location"] == "/my/organization/"
    organization = Organization.objects.get()
    assert organization.credit_code == "91450200MA5N0000X2"
    assert (organization.kind, organization.verification) == (
        "enterprise",
        "unverified",
    )
    user = User.objects.get()
    assert (user.full_name, user.phone, user.is_staff) == (
        "测试乙",
        "13800138000",
        False,
    )
    assert Membership.objects.get().role == "ENT"
    assert get_actor(user).is_verified is False
    assert client.session["_auth_user_id"] == str(user.pk)


def test_registration_leaves_no_personal_data_in_the_evidence(client, db, form):
    client.post(REGISTER, form)

    payloads = str(list(EvidenceEntry.objects.values_list("payload", flat=True)))
    assert "organization.registered" in EvidenceEntry.objects.get().kind
    assert "91450200MA5N0000X2" in payloads
    assert "13800138000" not in payloads
    assert "测试乙" not in payloads


def test_phone_is_encrypted_at_rest(client, db, form):
    from django.db import connection

    client.post(REGISTER, form)

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM parties_user")
        (stored,) = cursor.fetchone()
    assert stored.startswith("v1.")
    assert "13800138000" not in stored


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"credit_code": "91450200MA5N0000X3"}, "E-ID-01"),
        ({"phone": "1380013800"}, "E-ID-05"),
        ({"username": "taken"}, "E-PA-09"),
        ({"credit_code": "TAKEN"}, "E-PA-08"),
        ({"name": "TAKEN"}, "E-PA-08"),
    ],
    ids=["h16_code", "phone", "login", "code_taken", "name_taken"],
)
def test_registration_refused(client, db, form, change, code):
    taken = parties.make_enterprise()
    parties.make_user(username="taken")
    if change == {"credit_code": "TAKEN"}:
        change = {"credit_code": taken.credit_code}
    if change == {"name": "TAKEN"}:
        change = {"name": taken.name}

    response = client.post(REGISTER, form | change)

    html = response.content.decode()
    assert response.status_code == 200
    assert code in html
    assert 'value="测试乙"' in html
    assert "Strong-word-88" not in html
    assert Organization.objects.count() == 1


def test_every_fault_of_the_form_is_shown_at_once(client, db, form):
    wrong = {
        "credit_code": "91450200MA5N0000X3",
        "phone": "1380013800",
        "username": "X",
        "district": "",
        "repeated_password": "Strong-word-89",
    }

    response = client.post(REGISTER, form | wrong)

    shown = response.context["form"].errors
    assert set(shown) == set(wrong)
    assert "E-ID-01" in shown["credit_code"][0]
    assert "E-ID-05" in shown["phone"][0]
    html = response.content.decode()
    assert 'value="91450200MA5N0000X3"' in html
    assert 'value="1380013800"' in html
    assert not Organization.objects.exists()


def test_organization_and_login_that_are_taken_are_told_at_once(client, db, form):
    taken = parties.make_enterprise()
    parties.make_user(username="taken")

    response = client.post(
        REGISTER, form | {"credit_code": taken.credit_code, "username": "taken"}
    )

    shown = response.context["form"].errors
    assert set(shown) == {"credit_code", "username"}
    assert "E-PA-08" in shown["credit_code"][0]
    assert "E-PA-09" in shown["username"][0]
    assert Organization.objects.count() == 1


@pytest.mark.parametrize("kind", ["university", "bureau", "platform"])
def test_only_enterprises_and_agencies_register_themselves(client, db, form, kind):
    response = client.post(REGISTER, form | {"kind": kind})

    assert response.status_code == 200
    assert not Organization.objects.exists()


def test_endless_registration_is_slowed_down(client, db, form):
    taken = parties.make_enterprise()
    for _ in range(10):
        client.post(REGISTER, form | {"name": taken.name})

    response = client.post(REGISTER, form)

    assert "E-PA-19" in response.content.decode()
    assert Organization.objects.count() == 1


def test_bureau_registers_a_unit_and_its_first_people(actors, client_as):
    client = client_as(actors.user("stb"))

    response = client.post(f"{UNITS}new/", unit_form())

    unit = Organization.objects.get(name="柳州示例职业学院")
    assert response["Location"] == f"{UNITS}{unit.pk}/"
    assert (unit.pilot_from, unit.pilot_until) == (date(2026, 10, 1), date(2029, 10, 1))
    assert unit.verification == "verified"
    person = {"full_name": "首位审批", "username": "first.approver", "role": "APV"}
    shown = client.post(f"{UNITS}{unit.pk}/people/", person, follow=True)
    assert "/account/activate/" in shown.context["link"]["path"]
    again = client.post(
        f"{UNITS}{unit.pk}/people/", person | {"username": "second.approver"}
    )
    assert "E-PA-03" in again.content.decode()
    assert unit.memberships.count() == 1


def test_change_of_the_pilot_place_keeps_the_old_one(actors, client_as):
    client = client_as(actors.user("stb"))
    path = f"{UNITS}{actors.unit.pk}/"
    names = ("status", "entry", "batch", "document", "starts_on", "ends_on")
    data = {name: unit_form()[name] for name in names}

    assert client.post(path, data)["Location"] == UNITS

    payload = EvidenceEntry.objects.get(kind="organization.pilot_changed").payload
    assert payload["before"]["batch"] == "第一批"
    assert payload["after"] == {
        "status": "pilot",
        "entry": "exempt",
        "batch": "第二批",
        "document": "柳科示例〔2026〕2号",
        "starts_on": "2026-10-01",
        "ends_on": "2029-10-01",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends_on": "2026-10-01"}, "E-PA-10"),
        ({"ends_on": ""}, "E-PA-18"),
        ({"credit_code": "12450200MB0DEM001H"}, "E-ID-01"),
    ],
)
def test_unit_refused(actors, client_as, change, code):
    response = client_as(actors.user("stb")).post(f"{UNITS}new/", unit_form(**change))

    assert code in response.content.decode()
    assert not Organization.objects.filter(name="柳州示例职业学院").exists()


@pytest.mark.parametrize("path", ["", "new/", "{unit}/"])
@pytest.mark.parametrize("name", ["tto", "apv", "ent", "pla", "admin", "auditor"])
def test_unit_desk_is_for_the_bureau(actors, client_as, path, name):
    path = f"{UNITS}{path.format(unit=actors.unit.pk)}"

    assert client_as(actors.user(name)).get(path).status_code == 404


def test_unit_desk_sends_the_anonymous_to_sign_in(client, db):
    assert client.get(UNITS)["Location"] == f"/account/login/?next={UNITS}"


def test_public_register_lists_pilot_and_reference_units(client, db):
    unit = parties.make_unit(name="柳州示例甲大学")
    parties.make_reference_unit(name="驻柳示例乙所")
    enterprise = parties.make_enterprise()

    html = client.get("/units/").content.decode()

    assert "柳州示例甲大学" in html
    assert "驻柳示例乙所" in html
    assert "参照实施" in html
    assert enterprise.name not in html
    assert unit.credit_code not in html


def test_empty_register_says_so(client, db):
    assert "名单尚未公布" in client.get("/units/").content.decode()


def test_register_as_excel_holds_text_only(client, db):
    parties.make_unit(name="=HYPERLINK(1)大学")

    response = client.get("/units/units.xlsx")

    sheet = load_workbook(BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet]
    assert rows == [
        ["单位名称", "类型", "试点情况", "进入方式", "批次", "文号", "起", "止"],
        [
            "'=HYPERLINK(1)大学",  # a leading quote keeps it text when saved as CSV
            "高校",
            "试点",
            "免申即享",
            "第一批",
            "柳科示例〔2026〕1号",
            "2026-09-01",
            "2029-09-01",
        ],
    ]
    assert sheet["A2"].data_type == "s"


def test_only_the_bureau_registers_units(actors):
    from cms.parties.actions import registration

    unit = actors.unit
    pilot = registration.pilot_of(unit)

    with pytest.raises(registration.RuleViolation) as caught:
        registration.change_pilot(
            unit, pilot, by=actors.actor("apv"), at=parties.REGISTERED_AT
        )

    assert caught.value.code == "E-PA-11"


def test_unit_is_changed_and_appointed_only_with_complete_forms(actors, client_as):
    client = client_as(actors.user("stb"))
    path = f"{UNITS}{actors.unit.pk}/"

    refused = client.post(path, {"status": "pilot"})
    missing = client.post(f"{path}people/", {"role": "APV"})
    shown = client.get(path)

    assert "E-PA-18" in refused.content.decode()
    assert "请更正以下内容" in missing.content.decode()
    assert 'value="第一批"' in shown.content.decode()
    assert 'value="2026-09-01"' in shown.content.decode()


def test_signed_in_person_does_not_register_again(actors, client_as):
    response = client_as(actors.user("ent")).get(REGISTER)

    assert response["Location"] == "/my/organization/"
