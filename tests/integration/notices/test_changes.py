"""Change of a notice as a new one, and its end (T-15, OT-40)."""

import pytest

from cms.core import due
from cms.core.actors import SYSTEM
from cms.notices import actions, gates
from cms.notices.models import (
    ChangeRequest,
    Notice,
)
from cms.rules.notices import (
    ChangeKind,
    NoticeKind,
    NoticeState,
    RequestState,
    Venue,
)
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    change,
    make_open,
    page_of,
    publish,
)

WHEN = at("2026-09-25 10:00")


NEGOTIATED = NoticeKind.NEGOTIATED


def test_t15_change_ends_the_old_and_starts_a_full_period(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    successor = change(actors, notice, at("2026-10-08 10:00"))
    assert successor is not None
    tto, pla = actors.actor("tto"), actors.actor("pla")
    later = at("2026-10-12 09:00")

    actions.save_draft(
        successor,
        title="变更后的公示",
        values={**successor.values, "floor_price": "280000元"},
        planned_close_on=None,
        by=tto,
        at=later,
    )
    actions.submit_notice(successor, by=tto, at=later)
    actions.approve_notice(successor, by=pla, at=later)
    successor = publish(actors, successor, Venue.PLATFORM, when=later)

    old = Notice.objects.get(pk=notice.pk)
    assert (old.status, old.terminated_at) == ("terminated", at("2026-10-08 10:00"))
    assert successor.close_at == at("2026-10-28 00:00")
    assert successor.predecessor_id == old.pk
    old_page, new_page = page_of(old), page_of(successor)
    assert old_page.state == "terminated"
    assert old_page.successor_number == successor.number == "GS-2026-0002"
    assert new_page.predecessor_number == "GS-2026-0001"
    assert due.sweep(until=at("2026-10-27 00:00")) == 0


def test_termination_leaves_no_successor(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    assert change(actors, notice, at("2026-10-08 10:00"), ChangeKind.TERMINATE) is None

    assert Notice.objects.count() == 1
    assert page_of(notice).ended_at == at("2026-10-08 10:00")
    with pytest.raises(RuleViolation) as refused:
        gates.check_may_proceed(Notice.objects.get(), at("2027-01-01 00:00"))
    assert refused.value.code == "E-ST-01"


@pytest.mark.parametrize("kind", [NoticeKind.LISTING, NEGOTIATED])
def test_b14_change_after_the_close_is_refused(actors: Cast, kind: NoticeKind) -> None:
    notice = make_open(actors, kind, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.request_change(
            notice,
            ChangeKind.REPLACE,
            reason="价格",
            by=actors.actor("tto"),
            at=at("2026-10-11 00:00"),
        )

    assert refused.value.code == "E-CH-02"


def test_change_granted_after_the_close_is_refused(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    request = actions.request_change(
        notice,
        ChangeKind.TERMINATE,
        reason="撤回",
        by=actors.actor("tto"),
        at=at("2026-10-10 23:00"),
    )

    with pytest.raises(RuleViolation) as refused:
        actions.decide_change(
            request,
            approve=True,
            reason="",
            by=actors.actor("pla"),
            at=at("2026-10-11 00:00"),
        )

    assert refused.value.code == "E-CH-02"
    assert ChangeRequest.objects.get().status == RequestState.PENDING
    due.sweep(until=at("2026-10-11 00:00"))
    assert ChangeRequest.objects.get().status == RequestState.LAPSED


def test_change_needs_the_bidders_consent(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    counter = gates.counts_missing_consents(lambda notice: 1)
    try:
        with pytest.raises(RuleViolation) as refused:
            change(actors, notice, at("2026-09-29 10:00"))
    finally:
        gates._missing_consents.remove(counter)

    assert refused.value.code == "E-CH-01"


def test_change_requests_one_at_a_time_with_a_reason(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    tto, when = actors.actor("tto"), at("2026-09-29 10:00")

    with pytest.raises(RuleViolation) as empty:
        actions.request_change(notice, ChangeKind.REPLACE, reason="", by=tto, at=when)
    assert empty.value.code == "E-NP-02"
    actions.request_change(notice, ChangeKind.REPLACE, reason="x", by=tto, at=when)
    with pytest.raises(RuleViolation) as second:
        actions.request_change(notice, ChangeKind.REPLACE, reason="x", by=tto, at=when)
    assert second.value.code == "E-NP-04"


def test_unit_notice_is_changed_by_the_units_second_person(actors: Cast) -> None:
    notice = make_open(actors, NoticeKind.REWARD, when=at("2026-10-12 09:00"))
    when = at("2026-10-14 09:00")
    request = actions.request_change(
        notice, ChangeKind.REPLACE, reason="比例调整", by=actors.actor("tto"), at=when
    )

    for person, code in (("tto", "E-ST-03"), ("pla", "E-ST-02"), ("apv2", "E-ST-02")):
        with pytest.raises(RuleViolation) as refused:
            actions.decide_change(
                request, approve=True, reason="", by=actors.actor(person), at=when
            )
        assert refused.value.code == code
    successor = actions.decide_change(
        request, approve=True, reason="", by=actors.actor("apv"), at=when
    )

    assert successor is not None
    assert successor.status == NoticeState.DRAFT


def test_termination_by_the_rule_on_objections(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    actions.suspend_notice(notice, reason="异议", by=SYSTEM, at=at("2026-09-28 10:00"))

    actions.terminate_notice(
        notice,
        ground="异议关联人逾期未提交抗辩依据",
        by=SYSTEM,
        at=at("2026-10-09 00:00"),
    )

    page = page_of(notice)
    assert page.state == "terminated"
    assert page.history[-1]["text"] == "异议关联人逾期未提交抗辩依据"
    assert page.stops == [["2026-09-28T10:00:00+08:00", "2026-10-09T00:00:00+08:00"]]
