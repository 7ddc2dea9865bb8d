"""A forgotten password is set anew by a link that was sent by e-mail."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from cms.core import clock
from cms.core.models import EvidenceEntry
from cms.parties.models import User
from cms.rules.roles import Role
from tests.factories.evidence import committed
from tests.factories.parties import PASSWORD, make_person
from tests.factories.sign_in import sign_in

RECOVERY, EMAIL, NEW = "/account/recovery/", "known@example.com", "Fresh-word-2026"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db) -> User:
    cache.clear()
    return make_person(
        Role.ENTERPRISE, username="known", full_name="测试甲", email=EMAIL
    )


def ask(client: Client, email: str = EMAIL):
    with committed():
        return client.post(RECOVERY, {"email": email})


def link_in(message) -> str:
    return re.search(r"http://testserver(/account/recovery/\S+)", message.body)[1]


def set_password(client: Client, link: str, password: str = NEW):
    return client.post(link, {"new_password": password, "repeated_password": password})


def test_link_sets_a_new_password_once(client, person):
    asked = ask(client, "Known@Example.com")

    [message] = mail.outbox
    link = link_in(message)
    assert asked["Location"] == f"{RECOVERY}sent/"
    assert (message.to, message.subject) == ([EMAIL], "成转：找回密码")
    assert "测试甲" not in message.body
    assert set_password(client, link)["Location"] == "/account/login/"
    assert sign_in(client, password=NEW)["Location"] == "/my/"
    assert client.get(link).status_code == 404


def test_unknown_address_gets_the_same_answer_and_no_mail(client, person):
    known, unknown = ask(client), ask(client, "nobody@example.com")

    assert len(mail.outbox) == 1
    assert (known.status_code, known["Location"], known.content) == (
        unknown.status_code,
        unknown["Location"],
        unknown.content,
    )
    assert client.get(known["Location"]).status_code == 200


@pytest.mark.parametrize("change", ["inactive", "no-password", "no-email"])
def test_account_that_cannot_recover_gets_no_mail(client, person, change):
    if change == "inactive":
        person.is_active = False
    elif change == "no-password":
        person.set_unusable_password()
    else:
        person.email = ""
    person.save()

    assert ask(client)["Location"] == f"{RECOVERY}sent/"
    assert mail.outbox == []


def test_link_holds_for_one_hour(client, person):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask(client)
        link = link_in(mail.outbox[0])
        traveller.shift(timedelta(minutes=59, seconds=59))
        assert client.get(link).status_code == 200
        traveller.shift(timedelta(seconds=1))
        assert client.get(link).status_code == 404


@pytest.mark.parametrize("act", ["sign-in", "new-email"])
def test_link_is_void_once_things_have_changed(client, person, act):
    ask(client)
    if act == "sign-in":
        sign_in(Client(), password=PASSWORD)
    else:
        person.email = "other@example.com"
        person.save()

    assert client.get(link_in(mail.outbox[0])).status_code == 404


def test_link_of_another_person_or_form_is_refused(client, person):
    ask(client)
    uid, token = link_in(mail.outbox[0]).split("/")[3:5]
    make_person(Role.ENTERPRISE, username="other")

    for path in (f"{uid}/x", "Mg/" + token, f"!!/{token}"):
        assert client.get(f"{RECOVERY}{path}/").status_code == 404
    assert client.get(f"/account/activate/{uid}/{token}/").status_code == 404


def test_weak_password_is_refused(client, person):
    ask(client)

    answer = set_password(client, link_in(mail.outbox[0]), "1234567890")

    assert answer.status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_requests_are_limited_by_address_and_mails_by_account(client, person):
    answers = [ask(client) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [200]
    assert "E-PA-20" in answers[-1].text
    assert len(mail.outbox) == 3


def test_evidence_of_recovery_has_no_personal_data(client, person):
    ask(client)
    set_password(client, link_in(mail.outbox[0]))

    entries = EvidenceEntry.objects.filter(subject=f"parties.User:{person.pk}")
    kinds = list(entries.order_by("sequence").values_list("kind", "payload"))
    assert kinds == [
        ("user.recovery_requested", {}),
        ("user.password_changed", {}),
        ("user.password_recovered", {}),
    ]


def test_malformed_address_keeps_what_was_typed(client, person):
    answer = ask(client, "no address")

    assert answer.status_code == 200
    assert 'value="no address"' in answer.text
    assert mail.outbox == []


def test_email_is_kept_in_the_account_and_shown_masked(client_as, person):
    client = client_as(person)
    data = {"phone": "", "identity_number": "", "email": "fresh.name@example.com"}

    client.post("/account/", data)

    person.refresh_from_db()
    shown = client.get("/account/").text
    assert person.email == "fresh.name@example.com"
    assert "fresh.name@example.com" not in shown
    assert "f***@example.com" in shown
