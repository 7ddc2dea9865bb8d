"""Sign-in: uniform replies, lock-out, safe return address, session, second factor."""

import time
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.core.models import EvidenceEntry
from cms.parties.models import User
from cms.rules.roles import Role
from tests.factories.parties import PASSWORD, make_person

LOGIN = "/account/login/"
WRONG = "登录名或密码不正确；连续5次不正确将锁定30分钟。"


@pytest.fixture
def person(db) -> User:
    return make_person(Role.TRANSFER_OFFICE, username="known", full_name="测试甲")


def sign_in(client: Client, username="known", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def code_for(user: User, *, step: int = 0) -> str:
    """Return the app's code, `step` periods from now."""
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def enroll(client: Client, user: User) -> list[str]:
    """Enroll and return the recovery codes; the code's period is the last one."""
    client.get("/account/second-factor/")
    response = client.post("/account/second-factor/", {"code": code_for(user, step=-1)})
    assert response.status_code == 200
    return response.context["codes"]


def test_sign_in_leads_to_my_room(client, person):
    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/my/")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("role", "home"),
    [
        (Role.BUREAU, "/desk/"),
        (Role.PLATFORM, "/desk/"),
        (Role.RESEARCHER, "/my/"),
        (Role.ENTERPRISE, "/my/"),
    ],
)
@pytest.mark.django_db
def test_sign_in_leads_home(client, role, home):
    make_person(role, username="known")

    assert sign_in(client)["Location"] == home


def test_sign_in_makes_a_new_session(client, person):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client)

    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    "username", ["known", "unknown", "gone"], ids=["known", "unknown", "inactive"]
)
def test_failures_have_one_reply(client, person, username):
    make_person(Role.RESEARCHER, username="gone", is_active=False)
    password = PASSWORD if username == "gone" else "wrong"

    response = sign_in(client, username, password)

    assert response.status_code == 200
    assert WRONG in response.content.decode()
    reference = sign_in(Client(), "unknown", "wrong").content.decode()
    shown = response.content.decode().replace(f'value="{username}"', "")
    masked = reference.replace('value="unknown"', "")
    assert _without_tokens(shown) == _without_tokens(masked)


def _without_tokens(html: str) -> list[str]:
    return [
        line
        for line in html.splitlines()
        if "csrfmiddlewaretoken" not in line
        and "nonce=" not in line
        and "data-now" not in line
    ]


@pytest.mark.parametrize("username", ["known", "unknown", "gone"])
def test_failures_hash_once_each(client, person, username):
    make_person(Role.RESEARCHER, username="gone", is_active=False)
    with mock.patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as encode:
        sign_in(client, username, "wrong")

    assert encode.call_count == 1


@pytest.mark.parametrize("username", ["known", "unknown"])
def test_fifth_failure_locks(client, person, username):
    for _ in range(4):
        assert sign_in(client, username, "wrong").status_code == 200

    fifth = sign_in(client, username, "wrong")
    right = sign_in(client, username, PASSWORD)

    assert (fifth.status_code, right.status_code) == (429, 429)
    assert "30分钟后再试" in right.content.decode()
    assert "_auth_user_id" not in client.session


def test_lock_out_ends_after_half_an_hour(client, person):
    with time_machine.travel("2026-11-02T09:00:00+08:00", tick=False) as traveller:
        for _ in range(5):
            sign_in(client, password="wrong")
        traveller.shift(timedelta(minutes=31))

        assert sign_in(client).status_code == 302


def test_failure_does_not_log_the_login_name(client, person, caplog):
    caplog.set_level("DEBUG")
    sign_in(client, "450202199003070011", "wrong")

    assert "450202199003070011" not in caplog.text
    assert "wrong" not in caplog.text


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/my/organization/", "/my/organization/"),
        ("https://evil.example/", "/my/"),
        ("//evil.example/", "/my/"),
        ("/\\evil.example", "/my/"),
        ("javascript:alert(1)", "/my/"),
        ("https:///evil.example", "/my/"),
    ],
)
def test_next_stays_on_the_site(client, person, target, location):
    assert sign_in(client, next=target)["Location"] == location
    assert client.get(LOGIN, {"next": target})["Location"] == location


def test_foreign_next_is_not_written_into_the_form(client, db):
    html = client.get(LOGIN, {"next": "https://evil.example/"}).content.decode()

    assert 'name="next"' not in html.partition("<main")[2]


def test_sign_in_without_csrf_token_is_refused(person):
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client).status_code == 403


def test_sign_out_needs_post(client_as, person):
    client = client_as(person)

    assert client.get("/account/logout/").status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post("/account/logout/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_idle_session_ends_after_eight_hours(client_as, person):
    with time_machine.travel("2026-11-02T08:00:00+08:00", tick=False) as traveller:
        client = client_as(person)
        for _ in range(3):
            traveller.shift(timedelta(hours=7))
            assert client.get("/account/").status_code == 200
        traveller.shift(timedelta(hours=8, seconds=1))

        response = client.get("/account/")

    assert response["Location"] == "/account/login/?next=/account/"


def test_used_session_is_not_saved_at_every_request(
    client_as, person, django_assert_num_queries
):
    client = client_as(person)
    client.get("/account/")

    # session, user, memberships, site, identity, actor
    with django_assert_num_queries(6):
        client.get("/account/")


def test_password_change_keeps_this_session_and_ends_the_others(client_as, person):
    here, there = client_as(person), client_as(person)
    change = {
        "password": PASSWORD,
        "new_password": "New-secret-2027",
        "repeated_password": "New-secret-2027",
    }

    assert here.post("/account/password/", change)["Location"] == "/account/"

    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert EvidenceEntry.objects.filter(kind="user.password_changed").count() == 1


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"password": "no"}, "当前密码不正确。"),
        ({"repeated_password": "Other-2027-x"}, "两次输入的密码不一致。"),
        ({"new_password": "short", "repeated_password": "short"}, "10"),
        ({"new_password": "1234567890", "repeated_password": "1234567890"}, "数字"),
    ],
    ids=["wrong", "differ", "short", "digits"],
)
def test_password_change_refused(client_as, person, change, text):
    data = {
        "password": PASSWORD,
        "new_password": "New-secret-2027",
        "repeated_password": "New-secret-2027",
    }

    response = client_as(person).post("/account/password/", data | change)

    assert response.status_code == 200
    assert text in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


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
