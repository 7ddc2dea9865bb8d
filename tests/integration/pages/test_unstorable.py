"""U+0000 and huge numbers in a request never reach the database as an error."""

from urllib.parse import quote

import pytest
import time_machine

from cms.notices.models import Notice
from tests.factories.notices import at, make_draft, make_open

pytestmark = pytest.mark.django_db
NULL = quote("\x00")


@pytest.mark.parametrize(
    "path",
    [
        f"/notices/GS-2026-0001{NULL}/text.txt",
        f"/notices/{NULL}/period.ics",
        f"/verify/{NULL}/",
        f"/supply/{NULL}/",
        f"/supply/receipts/{NULL}/",
        f"/{NULL}/",
        "/events/99999999999999999999/event.ics",
        "/notices/GS-2026-0001/files/9223372036854775808/",
    ],
)
def test_address_that_nothing_can_have_is_not_found(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


@pytest.mark.parametrize("path", ["/notices/", "/notices/feed.atom", "/my/grants/"])
def test_parameter_with_a_null_character_is_refused(client, path):
    response = client.get(f"{path}?q=a{NULL}b")

    assert response.status_code == 400
    assert "筛选参数“q”的值“a\x00b”无效。" in response.content.decode()
    assert "E-QP-02" in response.content.decode()


def test_api_answers_in_its_own_form(client):
    response = client.get(f"/++api++/@deadline?rule={NULL}&opened_at=2026-09-25")

    assert response.json()["error"]["code"] == "E-CL-01"


@pytest.mark.parametrize("version", ["9" * 19, "9" * 5000, "²", "x"])
def test_version_that_is_no_number_is_none(actors, client_as, version):
    """Python itself refuses to read 5000 digits, with an error."""
    notice = make_open(actors, when=at("2026-10-12 09:00"))
    form = {"step": "suspend", "reason": "异议", "version": version}

    with time_machine.travel(at("2026-10-28 09:00"), tick=False):
        client = client_as(actors.user("pla"))
        response = client.post(f"/desk/notices/{notice.pk}/step/", form, follow=True)

    assert "E-OB-01" in response.content.decode()  # the notice that is there, and over


def test_null_character_is_dropped_from_what_was_typed(actors, client_as):
    notice = make_draft(actors, when=at("2026-10-12 09:00"))
    client = client_as(actors.user("tto"))

    response = client.post(
        f"/my/notices/{notice.pk}/edit/",
        {"version": notice.version, "title": "示例\x00成果", "guarantee": "10\x00万元"},
    )

    assert response.status_code == 302
    stored = Notice.objects.get(pk=notice.pk)
    assert stored.title == "示例成果"
    assert stored.values["guarantee"] == "10万元"
