"""An application and the collection call that it answers (FP-13)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.core.clock import SHANGHAI
from cms.supply_demand.models import OfferPage
from tests.conftest import Cast
from tests.factories import supply
from tests.factories.demands import make_call

CLOSE = datetime(2026, 11, 21, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "batch"),
    [(CLOSE - SECOND, "ZJ-2026-0001"), (CLOSE, "")],
    ids=["last_second", "h22_midnight"],
)
def test_application_is_filed_in_the_batch_or_as_regular(
    actors: Cast, at: datetime, batch: str
) -> None:
    call = make_call(actors.actor("stb"))
    office = actors.actor("tto")
    draft = supply.make_draft(
        office, actors.unit, at=at - timedelta(days=3), call_number=call.number
    )

    submission = supply.submit(draft, office, at=at)
    offer = supply.publish(draft, actors.actor("stb2"), at=at + timedelta(days=2))

    assert submission.answers["call_number"] == batch
    assert OfferPage.objects.get().call_number == batch
    of_the_call = Client().get(f"/supply/?call={call.number}").content.decode()
    assert (f"/supply/{offer.number}/" in of_the_call) is bool(batch)
