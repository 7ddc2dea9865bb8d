"""M5: long-term use right, free license, agreed revenue (附件6四(五))."""

import pytest

from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.journeys.mode_story import SIGNING_DAY, Story

pytestmark = pytest.mark.django_db


def test_m5_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    story = Story(actors, EmpowermentMode.M5, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-11", "D-23"]

    story.day(SIGNING_DAY)
    story.file("D-11")
    assert story.case.status_label == "已签约"
    story.file("D-23")
    story.register()

    story.check_the_end()
    assert story.payments() == [
        (
            "收入提成",
            "分档收费：0.00元至5000000.00元部分2%；5000000.00元以上部分3%",
            "",
        )
    ]
