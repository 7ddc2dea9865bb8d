"""Sign-in: uniform replies, lock-out, safe return address, session, second factor."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from cms.core.client_address import client_address
from cms.core.models import EvidenceEntry
from cms.parties.models import User
from cms.rules.roles import Role
from tests.factories.parties import PASSWORD, make_person
from tests.factories.sign_in import LOGIN, sign_in

WRONG = "登录名或密码不正确；连续5次不正确将锁定30分钟。"


@pytest.fixture
def person(db) -> User:
    return make_person(Role.TRANSFER_OFFICE, username="known", full_name="测试甲")


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


def test_lock_out_behind_a_proxy_is_of_the_reader_and_not_of_all(
    client, person, settings
):
    settings.TRUSTED_PROXIES = 1
    form = {"username": "known", "password": "wrong"}

    def fail(forwarded: str) -> int:
        return client.post(LOGIN, form, HTTP_X_FORWARDED_FOR=forwarded).status_code

    # What stands first, the reader may write himself: it does not help him.
    attacker = [fail(f"10.0.0.{number}, 203.0.113.5") for number in range(5)]

    assert attacker == [200, 200, 200, 200, 429]
    assert fail("203.0.113.9") == 200


@pytest.mark.parametrize(
    ("told", "proxies", "address"),
    [
        ("203.0.113.5", 1, "203.0.113.5"),
        ("10.0.0.1, 203.0.113.5", 1, "203.0.113.5"),
        ("10.0.0.1, 203.0.113.5, 192.0.2.7", 2, "203.0.113.5"),
        ("2001:db8::5", 1, "2001:db8::5"),
        ("203.0.113.5", 0, ""),
        ("203.0.113.5", 2, ""),
        ("unknown", 1, ""),
        ("", 1, ""),
    ],
)
def test_address_is_what_the_outermost_proxy_heard(told, proxies, address):
    assert client_address(told, proxies) == address


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
