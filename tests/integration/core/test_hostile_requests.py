"""What no browser's form sends: NUL characters and numbers of any length."""

import pytest
from django.test import Client

from cms.core.typed_numbers import typed_number
from cms.supply_demand.models import Match
from cms.supply_demand.models.answers import all_answers
from tests.factories import demands, supply

pytestmark = pytest.mark.django_db
LONG = "9" * 5000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0", 0), ("7", 7), ("999999999", 999999999)),
        *((None, -1), ("", -1), ("-1", -1), ("1.0", -1), ("７", -1), ("x", -1)),
        *(("1000000000", -1), (LONG, -1)),
    ],
)
def test_typed_number_is_short_and_whole(text, number):
    assert typed_number(text, otherwise=-1) == number


@pytest.mark.parametrize(
    "path",
    [
        "/achievements/?q=%00",
        "/supply/?q=a%00b",
        "/demands/?q=%00",
        "/notices/?q=%00",
        "/notices/export.xlsx?q=%00",
        "/my/achievements/?q=%00",
        "/my/matches/new/?offer=%00",
        "/verify/?code=%00",
    ],
)
def test_list_refuses_a_nul_on_its_page(actors, client_as, path):
    response = client_as(actors.user("tto")).get(path)

    assert response.status_code == 400
    assert response.context["refusal"].code == "E-QP-02"


def test_calculator_answers_a_nul_in_its_own_form():
    answer = Client().get("/++api++/@deadline?rule=%00&opened_at=2026-09-25")

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "E-CL-01"


def test_nul_is_dropped_from_what_was_typed(actors, client_as):
    draft = supply.make_draft(actors.actor("tto"), actors.unit)
    client = client_as(actors.user("tto"))

    answer = client.post(
        f"/my/applications/{draft.pk}/form/achievement-basics/",
        {
            "title": "半固态\x00压铸",
            "title-sent": "1",
            "version": draft.version,
            "action": "exit",
        },
    )

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert all_answers(draft)["title"] == "半固态压铸"


@pytest.mark.parametrize(
    ("page", "field", "code"),
    [
        ("attachment-proofs", "title_proof", "E-FM-15"),
        ("ip-items", "ip_items-count", None),
        ("achievement-basics", "version", "E-ST-04"),
    ],
)
@pytest.mark.parametrize("number", ["9" * 20, LONG], ids=["20", "5000"])
def test_endless_number_in_the_form_is_no_fault_of_ours(
    actors, client_as, page, field, code, number
):
    draft = supply.make_draft(actors.actor("tto"), actors.unit)
    client = client_as(actors.user("tto"))
    sent = {"version": draft.version, "action": "exit", field: number}
    sent[f"{field.removesuffix('-count')}-sent"] = "1"

    answer = client.post(f"/my/applications/{draft.pk}/form/{page}/", sent)

    expected = {"E-FM-15": 422, "E-ST-04": 409, None: 302}[code]
    assert answer.status_code == expected
    if code == "E-FM-15":
        assert code in answer.content.decode()


def test_reason_that_is_too_long_comes_back_with_its_error(actors, client_as):
    offer = demands.make_offer(actors.unit)
    match = Match.objects.create(
        enterprise=actors.enterprise,
        unit=actors.unit,
        initiator=actors.enterprise,
        offer=offer,
        note="想试用",
        created_at=demands.AT,
        expires_at=offer.valid_until,
        status="matching",
    )
    client = client_as(actors.user("tto"))

    answer = client.post(f"/my/matches/{match.pk}/close/", {"reason": "长" * 201})

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "长" * 201 in text
    assert "200" in text
    match.refresh_from_db()
    assert match.status == "matching"
