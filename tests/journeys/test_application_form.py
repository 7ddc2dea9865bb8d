"""The form of an application: rows, uploads, stale pages, second clicks."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.application_posts import FORM, hand_in, posted, start, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(actors: Cast, client_as: Any) -> Client:
    return client_as(actors.user("tto"))


def test_rows_are_added_and_removed_without_script(
    actors: Cast, office: Client
) -> None:
    application = start(office, actors)
    topic = FORM.topic("payment-rows")
    assert topic is not None
    url = f"/my/applications/{application.pk}/form/payment-rows/"
    data = posted(topic, {"payment_rows": [supply.STAGE_ROW]}, application.version)

    added = office.post(url, {**data, "action": "add:payment_rows"})
    assert text_of(added).count("付款第2项") == 1
    assert "投产确认单" in added.content.decode()

    data["payment_rows-count"] = 2
    data["payment_rows-1-kind"] = "royalty"
    removed = office.post(url, {**data, "action": "remove:payment_rows:0"})
    assert "投产确认单" not in removed.content.decode()
    assert text_of(removed).count("付款第2项") == 0
    assert all_answers(Application.objects.get()).get("payment_rows") is None


def test_upload_survives_a_failed_save(actors: Cast, office: Client) -> None:
    application = start(office, actors)
    url = f"/my/applications/{application.pk}/form/team-consent/"
    upload = SimpleUploadedFile("同意书.png", supply.picture_bytes())
    data = {
        "version": application.version,
        "action": "continue",
        "team_consent-sent": "1",
        "team_consent": "perhaps",
        "consent_files-sent": "1",
        "consent_files-upload": upload,
    }

    refused = office.post(url, data)

    assert refused.status_code == 422
    assert "同意书.png" in text_of(refused)
    match = re.search(r'name="consent_files" value="(\d+)"', refused.content.decode())
    assert match is not None
    data |= {"team_consent": "yes", "consent_files": match[1]}
    del data["consent_files-upload"]
    assert office.post(url, data).status_code == 302
    assert all_answers(Application.objects.get())["consent_files"] == [
        {"id": int(match[1]), "name": "同意书.png", "public": False}
    ]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("virus.exe", b"MZ" + b"0" * 64, "E-FL-02", id="executable"),
        pytest.param("page.html", b"<script>", "E-FL-02", id="html"),
        pytest.param("证明.pdf", b"<html></html>", "E-FL-03", id="html_as_pdf"),
        pytest.param("图.svg", b"<svg onload='x'/>", "E-FL-02", id="svg"),
        pytest.param("空.png", b"", "E-FL-05", id="empty"),
    ],
)
def test_hostile_upload_is_refused(
    actors: Cast, office: Client, name: str, content: bytes, code: str
) -> None:
    application = start(office, actors)

    answer = office.post(
        f"/my/applications/{application.pk}/form/team-consent/",
        {
            "version": application.version,
            "action": "upload",
            "consent_files-sent": "1",
            "consent_files-upload": SimpleUploadedFile(name, content),
        },
    )

    assert answer.status_code == 422
    assert code in text_of(answer)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("../../etc/passwd.png", "passwd.png", id="path"),
        pytest.param("a\u202egnp.exe.png", "agnp.exe.png", id="bidi"),
        pytest.param("<b>x</b>.png", "b.png", id="markup"),
    ],
)
def test_hostile_name_is_cleaned(
    actors: Cast, office: Client, name: str, shown: str
) -> None:
    application = start(office, actors)

    answer = office.post(
        f"/my/applications/{application.pk}/form/team-consent/",
        {
            "version": application.version,
            "action": "upload",
            "consent_files-sent": "1",
            "consent_files-upload": SimpleUploadedFile(name, supply.picture_bytes()),
        },
    )

    assert answer.status_code == 200
    assert f">{shown}</a>" in answer.content.decode()


def test_stale_page_shows_both_texts(
    actors: Cast, office: Client, client_as: Any
) -> None:
    application = start(office, actors)
    colleague = client_as(actors.user("tto1b"))
    url = f"/my/applications/{application.pk}/form/team-members/"
    topic = FORM.topic("team-members")
    assert topic is not None
    version = application.version
    colleague.post(url, posted(topic, {"representative": "孙代表"}, version))

    stale = office.post(url, posted(topic, {"representative": "钱代表"}, version))

    assert stale.status_code == 409
    shown = text_of(stale)
    assert "E-ST-04" in shown
    assert "孙代表" in shown
    assert 'value="钱代表"' in stale.content.decode()
    fresh = int(re.search(r'name="version" value="(\d+)"', stale.content.decode())[1])
    office.post(url, posted(topic, {"representative": "钱代表"}, fresh))
    assert all_answers(Application.objects.get())["representative"] == "钱代表"


def test_second_click_leads_to_the_first_receipt(actors: Cast, office: Client) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)

    first = hand_in(office, application)
    second = hand_in(office, application)

    assert first.url == second.url
    assert application.submissions.count() == 1


@pytest.mark.parametrize("path", ["", "form/", "form/unit-identity/", "check/"])
def test_foreign_application_does_not_exist(
    actors: Cast, client_as: Any, path: str
) -> None:
    application = supply.make_draft(actors.actor("tto"), actors.unit)

    answer = client_as(actors.user("tto2")).get(
        f"/my/applications/{application.pk}/{path}"
    )

    assert answer.status_code == 404
