"""M4: long-term use right, one-time license, one fee (附件6四(四))."""

import pytest

from cms.case_documents.pdf import maker_of
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.journeys.mode_story import SIGNING_DAY, Story
from tests.programs import need

pytestmark = pytest.mark.django_db


def test_m4_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    story = Story(actors, EmpowermentMode.M4, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-11", "D-22"]

    story.day(SIGNING_DAY)
    story.file("D-11")
    assert story.case.status_label == "已签约"
    story.file("D-22")
    story.register()

    story.check_the_end()
    assert story.payments() == [("一次性支付", "300000.00", "2026-12-05")]


@pytest.mark.libreoffice
def test_m4_contracts_as_libreoffice_prints_them_are_filed(actors: Cast, clock_hand):
    """What comes back is the PDF that the office printed for signing."""
    need("libreoffice")
    story = Story(actors, EmpowermentMode.M4, clock_hand)
    story.run_to_the_signing()

    story.day(SIGNING_DAY)
    for instrument in story.contracts():
        printed = maker_of(story.paper(instrument))()
        story.file(instrument, body=printed)
    story.register()

    story.check_the_end()
    assert story.payments() == [("一次性支付", "300000.00", "2026-12-05")]
