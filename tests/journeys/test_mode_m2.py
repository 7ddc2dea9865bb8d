"""M2: partial ownership, deposit in advance, milestones (附件6四(二))."""

import pytest

from cms.case_documents.signed_text import lines_of
from cms.core import clock
from cms.rules.empowerment import EmpowermentMode
from cms.rules.violations import RuleViolations
from cms.signed_papers.actions import withdraw_signed_paper
from cms.signed_papers.text_pdf import text_pdf
from tests.conftest import Cast
from tests.factories.signed_papers import file
from tests.journeys.mode_story import SIGNING_DAY, Story

pytestmark = pytest.mark.django_db


def test_m2_from_team_agreement_to_filed_bundle(actors: Cast, clock_hand):
    """The copy that came back first has another price and lacks a clause."""
    story = Story(actors, EmpowermentMode.M2, clock_hand)
    story.run_to_the_signing()
    assert story.contracts() == ["D-09", "D-16", "D-17"]

    story.day(SIGNING_DAY)
    story.file("D-09")
    assert story.case.status_label == "已签约"
    altered = story.upload("D-16", altered_copy(story))
    assert [one["words"] for one in altered.found_changes] == [
        "第十一条 价款总额：“3,200,000.00”改为“2,300,000.00”",
        "第十八条 技术合同认定登记：整条缺失",
    ]
    assert all(one["is_key"] for one in altered.found_changes)
    with pytest.raises(RuleViolations) as refused:
        file(actors, altered, when=clock.now(), is_confirmed=False)
    assert [one.code for one in refused.value.violations] == ["E-SG-10"]
    reason = "签署件与审定文本不符，退回重签"
    withdraw_signed_paper(altered, reason, version=altered.version, **story.act("tto"))
    assert story.payments() == []
    story.file("D-16")
    story.file("D-17")
    story.register()

    story.check_the_end()
    assert story.payments() == [
        ("定金", "600000.00", "2026-11-20"),
        ("里程碑支付", "800000.00", "2027-06-30"),
        ("里程碑支付", "800000.00", "2027-12-31"),
        ("里程碑支付", "1000000.00", "2028-12-31"),
    ]


def altered_copy(story: Story) -> bytes:
    """Return D-16 with a lower price and without its eighteenth clause."""
    text = lines_of(story.paper("D-16"))
    lower = text.replace("3,200,000.00", "2,300,000.00")
    start, end = lower.index("\n第十八条　"), lower.index("\n第十九条　")
    return text_pdf(lower[:start] + lower[end:])
