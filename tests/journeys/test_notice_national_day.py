"""A notice across National Day 2026 (cases A, B11, C01, C02, G10, I10)."""

from datetime import date

import pytest

from cms.core import due
from cms.notices.actions import (
    close_notice,
    reject_notice,
    resume_notice,
    revise_notice,
    submit_notice,
    suspend_notice,
)
from cms.notices.gates import check_may_proceed
from cms.notices.models import Certificate, Notice, NoticePage
from cms.rules.notices import NoticeKind, NoticeState, Venue
from cms.rules.shanghai_time import format_close
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

LISTING, NEGOTIATED = NoticeKind.LISTING, NoticeKind.NEGOTIATED
AUCTION, REWARD = NoticeKind.AUCTION, NoticeKind.REWARD
MANAGER, EMPOWERMENT = NoticeKind.TECHNOLOGY_MANAGER, NoticeKind.EMPOWERMENT
ABANDONMENT = NoticeKind.ABANDONMENT


@pytest.mark.parametrize(
    ("kind", "opened", "close"),
    [
        pytest.param(LISTING, "2026-09-25 10:00", "2026-10-10 24:00", id="a01"),
        pytest.param(LISTING, "2026-09-10 09:00", "2026-09-28 24:00", id="a04"),
        pytest.param(NEGOTIATED, "2026-09-16 09:00", "2026-10-08 24:00", id="a05"),
        pytest.param(LISTING, "2026-01-30 09:00", "2026-02-14 24:00", id="a07"),
        pytest.param(EMPOWERMENT, "2026-02-05 09:00", "2026-02-24 24:00", id="a08"),
        pytest.param(AUCTION, "2026-09-16 09:00", "2026-09-23 24:00", id="a10"),
        pytest.param(AUCTION, "2026-09-24 09:00", "2026-10-08 24:00", id="a11"),
        pytest.param(REWARD, "2026-09-28 09:00", "2026-10-23 24:00", id="a13"),
        pytest.param(REWARD, "2026-09-18 09:00", "2026-10-15 24:00", id="a14"),
        pytest.param(REWARD, "2026-12-10 09:00", "2026-12-31 24:00", id="a16"),
        pytest.param(MANAGER, "2026-09-30 09:00", "2026-10-13 24:00", id="a19"),
        pytest.param(MANAGER, "2026-09-17 09:00", "2026-09-23 24:00", id="a20"),
        pytest.param(LISTING, "2026-09-25 00:30", "2026-10-10 24:00", id="a27"),
        pytest.param(EMPOWERMENT, "2026-11-02 09:00", "2026-11-17 24:00", id="g10"),
        pytest.param(ABANDONMENT, "2026-11-03 09:00", "2026-11-18 24:00", id="i10"),
    ],
)
def test_notice_closes_at(
    actors: Cast, kind: NoticeKind, opened: str, close: str
) -> None:
    notice = make_open(actors, kind, when=at(opened))

    assert notice.close_at is not None
    assert format_close(notice.close_at) == close
    assert notice.status == NoticeState.OPEN


def test_a02_planned_close_too_early_names_the_earliest(actors: Cast) -> None:
    when = at("2026-09-25 10:00")
    draft = make_draft(actors, when=when, planned=date(2026, 10, 9))

    with pytest.raises(RuleViolation) as refused:
        submit_notice(draft, by=actors.actor("tto"), at=when)

    assert refused.value.code == "E-NT-01"
    assert refused.value.field == "planned_close_on"
    assert refused.value.message == (
        "计划截止时间早于最短期限：本公示最早于2026-10-10 24:00届满。"
    )
    assert Notice.objects.get().status == NoticeState.DRAFT


def test_plan_that_waiting_overtook_goes_back_to_the_unit(actors: Cast) -> None:
    planned = date(2026, 10, 10)
    notice = make_approved(actors, when=at("2026-09-25 10:00"), planned=planned)
    later = at("2026-09-27 10:00")

    with pytest.raises(RuleViolation) as refused:
        publish(actors, notice, Venue.PLATFORM, when=later)

    assert refused.value.code == "E-NT-01"
    assert NoticePage.objects.count() == 0
    waiting = Notice.objects.get()
    assert waiting.published_at is None
    reject_notice(waiting, reason="计划截止日已早", by=actors.actor("pla"), at=later)
    assert Notice.objects.get().status == NoticeState.REJECTED
    revise_notice(waiting, by=actors.actor("tto"), at=later)
    assert Notice.objects.get().status == NoticeState.DRAFT


def test_plan_gives_way_to_the_minimum_of_a_venue_opened_later(actors: Cast) -> None:
    notice = make_approved(
        actors,
        NoticeKind.NEGOTIATED,
        when=at("2026-09-25 10:00"),
        planned=date(2026, 10, 10),
    )
    notice = publish(actors, notice, Venue.PLATFORM, when=at("2026-09-25 11:00"))

    opened = publish(actors, notice, Venue.UNIT, when=at("2026-09-28 09:00"))

    closes = dict(opened.venues.values_list("venue", "close_at"))
    assert closes == {
        "platform": at("2026-10-11 00:00"),
        "unit": at("2026-10-14 00:00"),
    }
    assert opened.close_at == at("2026-10-14 00:00")


def test_planned_close_may_be_later(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-09-25 10:00"), planned=date(2026, 10, 17))

    assert notice.close_at == at("2026-10-18 00:00")


def test_a11_auction_before_the_close_is_refused(actors: Cast) -> None:
    when = at("2026-09-24 09:00")
    notice = make_approved(
        actors, AUCTION, when=when, auction_at="2026-10-02T09:00:00+08:00"
    )

    with pytest.raises(RuleViolation) as refused:
        publish(actors, notice, Venue.PLATFORM, when=when)

    assert refused.value.code == "E-AU-02"
    assert refused.value.message == (
        "拍卖时间须在公告期届满之后（最早2026-10-09 00:00）。"
    )


def test_a10_auction_may_start_at_the_close(actors: Cast) -> None:
    notice = make_open(
        actors,
        AUCTION,
        when=at("2026-09-16 09:00"),
        auction_at="2026-09-24T00:00:00+08:00",
    )

    assert notice.close_at == at("2026-09-24 00:00")


def test_a17_missing_calendar_refuses_publication(actors: Cast) -> None:
    when = at("2026-12-11 09:00")
    notice = make_approved(actors, REWARD, when=when)

    with pytest.raises(RuleViolation) as refused:
        publish(actors, notice, Venue.UNIT, when=when)

    assert refused.value.code == "E-NT-03"
    assert "2027" in refused.value.message


def test_a22_server_time_decides(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-09-25 10:00"))

    with pytest.raises(RuleViolation) as refused:
        check_may_proceed(notice, at("2026-10-09 10:00"))

    assert refused.value.code == "E-NT-04"
    assert refused.value.message == (
        "公示期尚未届满（届满时间2026-10-10 24:00），不能进入下一环节。"
    )
    check_may_proceed(notice, at("2026-10-11 00:00"))


def test_a28_second_stop_works_from_the_rounded_close(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-10-12 09:00"))
    pla = actors.actor("pla")

    for start, end in (
        ("2026-10-14 09:00", "2026-10-16 10:00"),
        ("2026-10-20 09:00", "2026-10-22 10:00"),
    ):
        suspend_notice(notice, reason="收到异议", by=pla, at=at(start))
        resume_notice(notice, reason="异议办结", by=pla, at=at(end))

    assert notice.close_at == at("2026-11-03 00:00")
    assert format_close(page_of(notice).close_at) == "2026-11-02 24:00"


def test_b11_remaining_time_is_rounded_up(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-10-12 09:00"))
    pla = actors.actor("pla")
    assert notice.close_at == at("2026-10-28 00:00")

    suspend_notice(notice, reason="收到异议", by=pla, at=at("2026-10-20 15:00"))

    assert due.sweep(until=at("2026-10-30 00:00")) == 0
    assert Notice.objects.get().status == NoticeState.SUSPENDED
    resume_notice(notice, reason="异议办结", by=pla, at=at("2026-10-26 09:00"))
    assert notice.close_at == at("2026-11-03 00:00")
    assert due.sweep(until=at("2026-11-03 00:00")) == 1
    assert Notice.objects.get().status == NoticeState.CLOSED


def test_c01_each_venue_keeps_its_own_period(actors: Cast) -> None:
    notice = make_approved(actors, NEGOTIATED, when=at("2026-09-25 09:00"))
    notice = publish(actors, notice, Venue.PLATFORM, when=at("2026-09-25 10:00"))
    notice = publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))

    closes = {row.venue: format_close(row.close_at) for row in notice.venues.all()}
    assert closes == {"platform": "2026-10-10 24:00", "unit": "2026-10-13 24:00"}
    assert notice.close_at == at("2026-10-14 00:00")
    with pytest.raises(RuleViolation) as refused:
        check_may_proceed(notice, at("2026-10-12 10:00"))
    assert refused.value.code == "E-NT-06"
    assert refused.value.message.startswith("单位内部公示尚未届满")
    check_may_proceed(notice, at("2026-10-14 00:00"))


def test_c02_platform_notice_alone_never_closes(actors: Cast) -> None:
    notice = make_approved(actors, NEGOTIATED, when=at("2026-09-25 09:00"))
    notice = publish(actors, notice, Venue.PLATFORM, when=at("2026-09-25 10:00"))

    assert notice.close_at is None
    assert due.sweep(until=at("2026-12-01 00:00")) == 0
    assert Notice.objects.get().status == NoticeState.OPEN
    with pytest.raises(RuleViolation) as refused:
        close_notice(notice, at=at("2026-10-11 00:00"))
    assert refused.value.code == "E-NT-06"
    with pytest.raises(RuleViolation) as gate:
        check_may_proceed(notice, at("2026-12-01 00:00"))
    assert gate.value.code == "E-NT-06"


@pytest.mark.parametrize(
    ("kind", "opened", "early", "code", "allowed"),
    [
        pytest.param(
            EMPOWERMENT,
            "2026-11-02 09:00",
            "2026-11-17 18:00",
            "E-EM-04",
            "2026-11-18 00:00",
            id="g10",
        ),
        pytest.param(
            ABANDONMENT,
            "2026-11-03 09:00",
            "2026-11-18 23:59",
            "E-LG-03",
            "2026-11-19 00:00",
            id="i10",
        ),
        pytest.param(
            REWARD,
            "2026-09-28 09:00",
            "2026-10-23 15:00",
            "E-RW-03",
            "2026-10-24 00:00",
            id="i02",
        ),
        pytest.param(
            MANAGER,
            "2026-09-17 09:00",
            "2026-09-23 18:00",
            "E-TM-06",
            "2026-09-24 00:00",
            id="j14",
        ),
    ],
)
def test_gate_of_a_unit_notice(
    actors: Cast, kind: NoticeKind, opened: str, early: str, code: str, allowed: str
) -> None:
    notice = make_open(actors, kind, when=at(opened))

    with pytest.raises(RuleViolation) as refused:
        check_may_proceed(notice, at(early))

    assert refused.value.code == code
    check_may_proceed(notice, at(allowed))


def test_closing_uses_the_due_instant_and_issues_a_certificate(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-09-25 10:00"))

    assert due.sweep(until=at("2026-10-10 23:59:59")) == 0
    assert due.sweep(until=at("2026-11-20 08:00")) == 1

    notice = Notice.objects.get()
    assert notice.status == NoticeState.CLOSED
    assert notice.closed_at == at("2026-10-11 00:00")
    certificate = Certificate.objects.get()
    assert certificate.number == "ZM-2026-0001"
    assert certificate.issued_at == at("2026-10-11 00:00")
    assert f"公示编号：{notice.number}\n" in certificate.text
    assert "公开平台公示：2026-09-25 10:00:00发布，2026-10-10 24:00届满" in (
        certificate.text
    )
    page = page_of(notice)
    assert page.state == NoticeState.CLOSED
    assert [row["title"] for row in page.history] == ["发布", "届满"]
    assert due.sweep(until=at("2026-12-31 08:00")) == 0
