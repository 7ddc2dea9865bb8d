"""M3: full ownership to a project company, grant before equity (附件6四(三))."""

import pytest

from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.journeys.mode_story import SIGNING_DAY, Story

pytestmark = pytest.mark.django_db


def test_m3_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    story = Story(actors, EmpowermentMode.M3, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-18", "D-19", "D-21"]

    story.day(SIGNING_DAY)
    story.file("D-18")
    assert story.case.status_label == "公示届满"
    story.file("D-19")
    assert story.case.status_label == "已签约"
    story.file("D-21")
    story.register()

    story.check_the_end()
    assert story.payments() == [("一次性支付", "1000000.00", "2027-03-31")]
