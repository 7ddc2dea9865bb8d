"""M1: partial ownership, transfer of the rest, agreed revenue (附件6四(一))."""

import pytest

from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.journeys.mode_story import SIGNING_DAY, Story

pytestmark = pytest.mark.django_db


def test_m1_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    story = Story(actors, EmpowermentMode.M1, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-09", "D-13", "D-14", "D-15"]

    story.day(SIGNING_DAY)
    story.file("D-09")
    assert story.case.status_label == "已签约"
    for instrument in ("D-13", "D-14", "D-15"):
        story.file(instrument)
    story.register()

    story.check_the_end()
    assert story.payments() == [("其他", "税后净所得的30%", "2036-12-31")]
