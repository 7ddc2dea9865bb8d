"""Nothing typed is lost when the sign-in ran out meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.core import clock
from cms.pages.accounts import kept_forms
from cms.rules.roles import Role
from cms.supply_demand.models.answers import all_answers
from tests.factories import supply
from tests.factories.parties import PASSWORD, make_actor, make_person, make_unit
from tests.factories.pictures import png
from tests.factories.sign_in import LOGIN

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
RESUME = f"{LOGIN}?next=%2Faccount%2Fresume%2F"


@pytest.fixture
def person():
    return make_person(Role.TRANSFER_OFFICE, make_unit(), username="known")


@pytest.fixture
def draft(person):
    unit = person.memberships.get().organization
    return supply.make_draft(make_actor(Role.TRANSFER_OFFICE, unit), unit)


def signed_out(client, person):
    """A browser on which a person was signed in until the session ran out."""
    client.force_login(person, BACKEND)
    client.get("/my/")
    Session.objects.all().delete()
    return client


def send(client, draft, **fields):
    sent = {
        "title": "半固态“压铸”\n<副车架>",
        "title-sent": "1",
        "version": draft.version,
        "action": "exit",
        **fields,
    }
    return client.post(f"/my/applications/{draft.pk}/form/achievement-basics/", sent)


def test_form_is_kept_over_the_sign_in_and_sent_again(draft, person):
    client = signed_out(Client(enforce_csrf_checks=True), person)
    client.get(LOGIN)
    token = client.cookies["csrftoken"].value

    turned_away = send(client, draft, csrfmiddlewaretoken=token)
    assert (turned_away.status_code, turned_away["Location"]) == (302, RESUME)
    assert "已暂存" in client.get(RESUME).content.decode()
    answer = client.post(
        LOGIN,
        {
            "username": "known",
            "password": PASSWORD,
            "next": "/account/resume/",
            "csrfmiddlewaretoken": token,
        },
    )
    assert answer["Location"] == "/account/resume/"
    page = client.get("/account/resume/")
    kept = page.context["kept"]
    assert kept.address == f"/my/applications/{draft.pk}/form/achievement-basics/"
    assert "没有暂存" not in page.content.decode()
    assert 'value="半固态“压铸”\n&lt;副车架&gt;"' in page.content.decode()

    token = client.cookies["csrftoken"].value
    sent = dict(kept.fields) | {"csrfmiddlewaretoken": token}
    assert client.post(kept.address, sent).status_code == 302
    assert all_answers(fresh(draft))["title"] == "半固态“压铸” <副车架>"


def fresh(draft):
    draft.refresh_from_db()
    return draft


def test_what_is_kept_is_encrypted(draft, client, person):
    send(signed_out(client, person), draft)

    [row] = Session.objects.all()
    assert set(row.get_decoded()) == {kept_forms.KEY}
    assert "半固态" not in str(row.get_decoded())


def test_files_are_told_to_be_lost(draft, client, person):
    signed_out(client, person)
    send(client, draft, file=SimpleUploadedFile("证明.png", png()))
    client.force_login(person, BACKEND)

    page = client.get("/account/resume/").content.decode()

    assert "选择的文件没有暂存" in page


def test_hour_ends_it(draft, client, person):
    send(signed_out(client, person), draft)
    client.force_login(person, BACKEND)

    late = clock.now() + timedelta(seconds=kept_forms.KEPT_SECONDS + 1)
    with time_machine.travel(late, tick=False):
        answer = client.get("/account/resume/")

    assert answer["Location"] == "/my/"
    assert kept_forms.KEY not in client.session


def test_giving_up_forgets_it(draft, client, person):
    send(signed_out(client, person), draft)
    client.force_login(person, BACKEND)
    assert client.get("/account/resume/").status_code == 200

    assert client.post("/account/resume/")["Location"] == "/my/"
    assert kept_forms.KEY not in client.session


@pytest.mark.parametrize("path", ["/account/password/", "/achievements/"])
def test_only_forms_of_rooms_are_kept(client, person, path):
    signed_out(client, person)
    client.post(path, {"new_password": "geheim"})

    assert kept_forms.KEY not in client.session


def test_very_long_form_is_let_go(draft, client, person):
    signed_out(client, person)
    turned_away = send(client, draft, title="长" * kept_forms.MOST_CHARACTERS)

    assert turned_away["Location"].startswith(f"{LOGIN}?next=/my/")
    assert kept_forms.KEY not in client.session


def test_next_person_on_the_browser_is_shown_nothing(draft, client, person):
    send(signed_out(client, person), draft)
    other = make_person(Role.TRANSFER_OFFICE, make_unit(), username="other")
    client.force_login(other, BACKEND)

    answer = client.get("/account/resume/")

    assert answer["Location"] == "/my/"
    assert kept_forms.KEY not in client.session


@pytest.mark.parametrize("cookie", [None, "1", "1:forged"])
def test_form_of_nobody_is_let_go(draft, client, cookie):
    if cookie is not None:
        client.cookies[kept_forms.PERSON] = cookie

    turned_away = send(client, draft)

    assert turned_away["Location"].startswith(f"{LOGIN}?next=/my/")
    assert kept_forms.KEY not in client.session
