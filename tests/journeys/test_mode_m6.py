"""M6: long-term use right, contributed as equity, agreed revenue (附件6四(六))."""

import pytest

from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.journeys.mode_story import SIGNING_DAY, Story

pytestmark = pytest.mark.django_db


def test_m6_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    story = Story(actors, EmpowermentMode.M6, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-11", "D-24", "D-25"]

    story.day(SIGNING_DAY)
    story.file("D-11")
    assert story.case.status_label == "已签约"
    for instrument in ("D-24", "D-25"):
        story.file(instrument)
    story.register()

    story.check_the_end()
    assert story.payments() == []
