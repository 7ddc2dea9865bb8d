"""Publication of a notice, its stops and its close."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

import pytest

from cms.core import due
from cms.core.actors import SYSTEM
from cms.core.models import DueEvent, EvidenceEntry
from cms.notices import actions, gates
from cms.notices.models import (
    Notice,
    NoticePage,
    Suspension,
)
from cms.notices.signals import notice_closed, notice_published, notice_suspended
from cms.rules.notices import (
    NoticeKind,
    NoticeState,
    Venue,
)
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_approved,
    make_draft,
    make_open,
    page_of,
    publish,
)

WHEN = at("2026-09-25 10:00")


NEGOTIATED = NoticeKind.NEGOTIATED


def test_publication_fixes_text_hashes_number_and_evidence(actors: Cast) -> None:
    heard: list[tuple[str, str]] = []

    def listen(notice: Notice, venue: Venue, at: datetime, **kwargs: object) -> None:
        heard.append((notice.number or "", venue))

    notice_published.connect(listen)
    try:
        notice = make_open(actors, when=WHEN)
    finally:
        notice_published.disconnect(listen)

    assert notice.number == "GS-2026-0001"
    assert notice.sha256 == sha256(notice.text.encode()).hexdigest()
    assert len(notice.sm3) == 64
    assert heard == [("GS-2026-0001", "platform")]
    entry = EvidenceEntry.objects.get(kind="notice.publish")
    assert entry.payload["number"] == "GS-2026-0001"
    assert entry.payload["sha256"] == notice.sha256
    assert entry.payload["close_at"] == "2026-10-11T00:00:00+08:00"
    page = page_of(notice)
    assert (page.text, page.sha256, page.state) == (notice.text, notice.sha256, "open")
    assert page.url_path.endswith("/notices/GS-2026-0001/")
    timer = DueEvent.objects.get(kind="notice.close")
    assert timer.due_at == at("2026-10-11 00:00")


def test_unit_notice_gets_no_public_number(actors: Cast) -> None:
    inside = make_open(actors, NoticeKind.REWARD, when=WHEN)
    public = make_open(actors, when=WHEN)

    assert inside.number == "NG-2026-0001"
    assert public.number == "GS-2026-0001"


@pytest.mark.parametrize("person", ["tto", "apv", "tto2", "ent", "admin"])
def test_platform_venue_is_opened_by_the_platform_only(
    actors: Cast, person: str
) -> None:
    notice = make_approved(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor(person), at=WHEN)

    assert refused.value.code == "E-ST-02"
    assert NoticePage.objects.count() == 0
    assert Notice.objects.get().number is None


def test_publication_without_form_check_is_refused(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert refused.value.code == "E-ST-01"


def test_venue_opens_once(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert refused.value.code == "E-ST-01"


def test_unit_notice_never_opens_on_the_platform(actors: Cast) -> None:
    notice = make_approved(actors, NoticeKind.REWARD, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert refused.value.code == "E-ST-01"


def test_j17_listing_without_unit_notice_may_go_on(actors: Cast) -> None:
    from cms.notices.overview import overview_of

    notice = make_open(actors, when=WHEN)

    assert [w.code for w in overview_of(notice, WHEN).warnings] == ["W-OT-03"]
    gates.check_may_proceed(notice, at("2026-10-11 00:00"))
    notice = publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))
    assert overview_of(notice, WHEN).warnings == []
    assert notice.close_at == at("2026-10-14 00:00")


def test_advised_venue_does_not_bring_back_what_has_ended(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)  # the sweep stands still: not closed yet

    with pytest.raises(RuleViolation) as refused:
        publish(actors, notice, Venue.UNIT, when=at("2026-10-11 00:00"))

    assert refused.value.message == "当前状态为“已届满”，不能进行“发布（单位内部）”。"
    assert Notice.objects.get().close_at == at("2026-10-11 00:00")
    notice = publish(actors, notice, Venue.UNIT, when=at("2026-10-10 23:59:59"))
    assert notice.close_at == at("2026-10-27 00:00")  # 10-25 is a Sunday


def test_suspension_is_for_listing_and_auction_only(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(
            notice, reason="异议", by=actors.actor("pla"), at=at("2026-09-28 10:00")
        )

    assert refused.value.code == "E-CL-03"


def test_suspension_needs_a_reason_and_the_platform(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(notice, reason=" ", by=actors.actor("pla"), at=WHEN)
    assert refused.value.code == "E-NP-02"
    with pytest.raises(RuleViolation) as foreign:
        actions.suspend_notice(notice, reason="x", by=actors.actor("tto"), at=WHEN)
    assert foreign.value.code == "E-ST-02"


def test_d02_suspension_at_the_close_is_late(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(
            notice, reason="异议", by=SYSTEM, at=at("2026-10-11 00:00")
        )

    assert refused.value.code == "E-OB-01"
    assert "2026-10-10 24:00" in refused.value.message


def test_d01_suspension_a_second_before_the_close(actors: Cast) -> None:
    heard: list[datetime] = []

    def listen(notice: Notice, at: datetime, **kwargs: object) -> None:
        heard.append(at)

    notice = make_open(actors, when=WHEN)
    notice_suspended.connect(listen)
    try:
        actions.suspend_notice(
            notice, reason="异议", by=SYSTEM, at=at("2026-10-10 23:59:59")
        )
    finally:
        notice_suspended.disconnect(listen)

    assert heard == [at("2026-10-10 23:59:59")]
    assert Notice.objects.get().status == NoticeState.SUSPENDED
    assert DueEvent.objects.get(kind="notice.close").cancelled_at is not None


@pytest.fixture
def two_objections() -> Iterator[None]:
    counter = gates.counts_open_objections(lambda notice: 2)
    yield
    gates._objections.remove(counter)


def test_resumption_waits_for_every_objection(
    actors: Cast, two_objections: None
) -> None:
    notice = make_open(actors, when=WHEN)
    pla = actors.actor("pla")
    actions.suspend_notice(notice, reason="异议", by=pla, at=at("2026-09-28 10:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.resume_notice(notice, reason="x", by=pla, at=at("2026-09-29 10:00"))

    assert refused.value.code == "E-NT-05"
    with pytest.raises(RuleViolation) as gate:
        gates.check_may_proceed(notice, at("2027-01-01 00:00"))
    assert gate.value.code == "E-NT-04"


def test_d20_public_page_shows_the_stop_and_not_the_objector(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    actions.suspend_notice(
        notice,
        reason="异议人赵某某称权属有争议",
        by=actors.actor("pla"),
        at=at("2026-09-28 10:00"),
    )

    page = page_of(notice)

    assert page.state == "suspended"
    assert page.stops == [["2026-09-28T10:00:00+08:00", None]]
    assert page.history[-1] == {
        "at": "2026-09-28T10:00:00+08:00",
        "title": "中止",
        "text": "因受理异议，依据附件4第十一条中止，公示期停止计算。",
    }
    assert "赵某某" not in str(page.history)
    assert Suspension.objects.get().reason == "异议人赵某某称权属有争议"


def test_close_is_announced_once(actors: Cast) -> None:
    heard: list[datetime] = []

    def listen(notice: Notice, at: datetime, **kwargs: object) -> None:
        heard.append(at)

    make_open(actors, when=WHEN)
    notice_closed.connect(listen)
    try:
        due.sweep(until=at("2026-12-01 00:00"))
        due.sweep(until=at("2026-12-02 00:00"))
    finally:
        notice_closed.disconnect(listen)

    assert heard == [at("2026-10-11 00:00")]


def test_d17_open_objection_blocks_signing_but_not_the_close(
    actors: Cast, two_objections: None
) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    assert due.sweep(until=at("2026-10-11 00:00")) == 1

    notice = Notice.objects.get(pk=notice.pk)
    assert notice.status == NoticeState.CLOSED
    with pytest.raises(RuleViolation) as refused:
        gates.check_may_proceed(notice, at("2026-10-11 00:00"))
    assert refused.value.message == "存在未办结异议2件，不能进入下一环节。"
