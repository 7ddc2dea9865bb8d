"""One application all the way: draft, publication, revision, match, intent."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms.core.clock import SHANGHAI
from cms.core.evidence.verification import verify
from cms.supply_demand.models import IntentRecord, Match, OfferPage
from cms.supply_demand.models.answers import all_answers
from tests.conftest import Cast
from tests.factories.application_posts import (
    FORM,
    hand_in,
    posted,
    start,
    text_of,
    version_of,
)
from tests.journeys.test_application import checks, decide, fill
from tests.journeys.test_matching import INTENT, OTHER, interest

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 3, 9, 30, tzinfo=SHANGHAI)


def test_application_from_draft_to_intent(
    actors: Cast, client_as: Any, client: Client
) -> None:
    office, bureau = (client_as(actors.user(name)) for name in ("tto", "stb"))
    enterprise = client_as(actors.user("ent"))

    with time_machine.travel(AT, tick=False):
        application = start(office, actors)
        fill(office, application)
        hand_in(office, application)
        decide(bureau, application, action="publish", opinion="同意", **checks())
    number = OfferPage.objects.get().number

    with time_machine.travel(AT.replace(day=10), tick=False):
        topic = FORM.topic("team-members")
        assert topic is not None
        answers = {**all_answers(application), "representative": "钱代表"}
        office.post(
            f"/my/applications/{application.pk}/form/team-members/",
            posted(topic, answers, version_of(application)),
        )
        hand_in(office, application)
        assert "钱代表" not in text_of(client.get(f"/supply/{number}/"))
        decide(bureau, application, action="publish", opinion="", **checks())
        revised = text_of(client.get(f"/supply/{number}/"))
        assert "钱代表" in revised
        assert "第1次修订" in revised

    with time_machine.travel(AT.replace(day=17), tick=False):
        interest(enterprise, f"offer={number}", actors.enterprise)
        match = Match.objects.get()
        own = f"/my/matches/{match.pk}/"
        assert "13800000011" not in text_of(office.get(own))
        office.post(f"{own}accept/", {"reply": "欢迎", **OTHER})
        assert "13800000011" in text_of(office.get(own))
        assert "13800000022" in text_of(enterprise.get(own))
        office.post(f"{own}intent/", INTENT)
        read_at = IntentRecord.objects.get().proposed_at.isoformat()
        enterprise.post(f"{own}intent/confirm/", {"read_at": read_at})

    record = IntentRecord.objects.get()
    assert (record.status, record.number) == ("confirmed", "YX-2026-0001")
    assert Match.objects.get().status == "intent_recorded"
    offer = OfferPage.objects.get()
    assert (offer.number, offer.state) == (number, "matching")
    submissions = application.submissions.order_by("sequence")
    assert [one.decision for one in submissions] == ["published", "published"]
    assert verify().findings == []
