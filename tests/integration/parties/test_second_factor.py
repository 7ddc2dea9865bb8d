"""The second factor: enrolment, sign-in, recovery, switching off."""

import time

import pytest
import time_machine
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.core.models import EvidenceEntry
from cms.parties.models import CodeDevice, User
from cms.rules.roles import Role
from tests.factories.parties import PASSWORD, make_person
from tests.factories.sign_in import LOGIN, sign_in


@pytest.fixture
def person(db) -> User:
    return make_person(Role.TRANSFER_OFFICE, username="known", full_name="测试甲")


def code_for(user: User, *, step: int = 0) -> str:
    """Return the app's code, `step` periods from now."""
    device = CodeDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def enroll(client: Client, user: User) -> list[str]:
    """Enroll and return the recovery codes; the code's period is the last one."""
    client.get("/account/second-factor/")
    response = client.post("/account/second-factor/", {"code": code_for(user, step=-1)})
    assert response.status_code == 200
    return response.context["codes"]


def test_second_factor_is_enrolled_with_a_qr_and_ten_codes(client_as, person):
    client = client_as(person)
    page = client.get("/account/second-factor/").content.decode()
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1].split("</svg>")[0]

    codes = enroll(client, person)

    assert len(set(codes)) == 10
    person.refresh_from_db()
    assert person.second_factor_at is not None
    assert EvidenceEntry.objects.filter(kind="user.second_factor_enrolled").count() == 1


def test_wrong_code_does_not_enroll(client_as, person):
    client = client_as(person)
    client.get("/account/second-factor/")

    response = client.post("/account/second-factor/", {"code": "000000"})

    assert "口令不正确或已使用过" in response.content.decode()
    person.refresh_from_db()
    assert person.second_factor_at is None


def test_enrolled_person_signs_in_with_the_code(client_as, client, person):
    enroll(client_as(person), person)

    first = sign_in(client, next="/my/organization/")

    assert first["Location"] == "/account/login/code/"
    assert "_auth_user_id" not in client.session
    second = client.post("/account/login/code/", {"code": code_for(person)})
    assert second["Location"] == "/my/organization/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_code_works_once(client_as, client, person):
    enroll(client_as(person), person)
    code = code_for(person)
    sign_in(client)
    client.post("/account/login/code/", {"code": code})
    other = Client()
    sign_in(other)

    response = other.post("/account/login/code/", {"code": code})

    assert response.status_code == 200
    assert "_auth_user_id" not in other.session


def test_recovery_code_works_once(client_as, client, person):
    codes = enroll(client_as(person), person)
    sign_in(client)

    assert client.post("/account/login/code/", {"code": codes[0]}).status_code == 302
    assert StaticToken.objects.count() == 9
    other = Client()
    sign_in(other)
    assert other.post("/account/login/code/", {"code": codes[0]}).status_code == 200


def test_five_wrong_codes_go_back_to_the_password(client_as, client, person):
    enroll(client_as(person), person)
    sign_in(client)
    for _ in range(5):
        client.post("/account/login/code/", {"code": "000000"})

    response = client.post("/account/login/code/", {"code": code_for(person)})

    assert response["Location"] == LOGIN


def test_code_page_without_password_goes_back(client, db):
    assert client.get("/account/login/code/")["Location"] == LOGIN


def test_code_page_expires_after_ten_minutes(client_as, client, person):
    enroll(client_as(person), person)
    sign_in(client)
    with time_machine.travel(time.time() + 601, tick=False):
        response = client.get("/account/login/code/")

    assert response["Location"] == LOGIN


def test_password_changed_between_the_two_steps_goes_back(client_as, client, person):
    enroll(client_as(person), person)
    sign_in(client)
    person.set_password("Other-secret-2027")
    person.save()

    assert client.get("/account/login/code/")["Location"] == LOGIN


@pytest.mark.parametrize("path", ["/desk/", "/admin/"])
def test_staff_rooms_ask_enrolled_people_for_the_code(actors, client_as, path):
    person = actors.user("stb")
    old = client_as(person)
    assert old.get("/desk/").status_code == 200
    enroll(client_as(person), person)

    response = old.get(path)

    asked = f"/account/second-factor/?next={path.replace('/', '%2F')}"
    assert response["Location"] == asked
    given = old.post(
        "/account/second-factor/", {"code": code_for(person), "next": path}
    )
    assert given["Location"] == path
    assert old.get("/desk/").status_code == 200


def test_required_second_factor_closes_the_desk_to_the_unenrolled(
    actors, client_as, settings
):
    settings.STAFF_SECOND_FACTOR = "required"
    client = client_as(actors.user("stb"))

    assert client.get("/desk/")["Location"] == "/account/second-factor/?next=%2Fdesk%2F"
    enroll(client, actors.user("stb"))
    assert client.get("/desk/").status_code == 200
    assert client.get("/account/second-factor/off/").status_code == 302
    assert client_as(actors.user("tto")).get("/my/").status_code == 200


def test_second_factor_is_switched_off_after_the_password(client_as, person):
    client = client_as(person)
    enroll(client, person)

    refused = client.post("/account/second-factor/off/", {"password": "no"})
    assert "当前密码不正确" in refused.content.decode()
    accepted = client.post("/account/second-factor/off/", {"password": PASSWORD})

    assert accepted["Location"] == "/account/"
    assert not TOTPDevice.objects.exists()
    person.refresh_from_db()
    assert person.second_factor_at is None


def test_recovery_codes_are_renewed_after_the_password(client_as, person):
    client = client_as(person)
    old = enroll(client, person)

    response = client.post("/account/second-factor/recovery/", {"password": PASSWORD})

    assert len(response.context["codes"]) == 10
    assert set(response.context["codes"]).isdisjoint(old)
    assert StaticToken.objects.count() == 10


def test_signed_in_session_gives_a_wrong_code(actors, client_as):
    person = actors.user("stb")
    old = client_as(person)
    enroll(client_as(person), person)

    response = old.post("/account/second-factor/", {"code": "zzzzzzzz"})

    assert "E-PA-14" in response.content.decode()
    assert old.get("/desk/").status_code == 302


def test_enrolled_session_sees_how_many_recovery_codes_are_left(client_as, person):
    client = client_as(person)
    enroll(client, person)

    html = client.get("/account/second-factor/").content.decode()

    assert "剩余恢复码10个" in html
    assert 'href="/account/second-factor/off/"' in html


@pytest.mark.parametrize("page", ["recovery", "off"])
def test_second_factor_pages_need_a_verified_session(client_as, person, page):
    response = client_as(person).get(f"/account/second-factor/{page}/")

    assert response["Location"] == "/account/second-factor/"


def test_database_holds_neither_secret_nor_recovery_codes(client_as, person):
    codes = enroll(client_as(person), person)

    device = CodeDevice.objects.get(user=person)
    stored = TOTPDevice.objects.get(user=person)
    tokens = set(StaticToken.objects.values_list("token", flat=True))
    assert stored.bin_key != device.bin_key
    assert len(device.bin_key) == 20
    assert stored.key not in device.config_url
    assert tokens.isdisjoint(codes)
    assert {len(token) for token in tokens} == {16}


def test_secret_follows_the_field_key(client_as, person, settings):
    enroll(client_as(person), person)
    device = CodeDevice.objects.get(user=person)
    first = device.bin_key

    settings.FIELD_KEYS = ["new:" + "ab" * 32]

    assert device.bin_key != first
