"""What a changed working-day calendar does to notices (T-07)."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from cms.core import due
from cms.core.calendar_actions import YearDraft, save_year
from cms.core.calendar_files import shipped_years
from cms.core.models import DueEvent
from cms.notices.actions import resume_notice, submit_notice, suspend_notice
from cms.notices.models import Certificate, Notice, NoticePage
from cms.parties.models import User
from cms.rules.notices import NoticeKind, NoticeState, Venue
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.calendars import DAYS_2027
from tests.factories.notices import at, make_approved, make_draft, make_open, publish

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def on_october_12() -> Iterator[None]:
    with time_machine.travel(at("2026-10-12 10:00"), tick=False):
        yield


def test_a17_same_click_works_once_the_calendar_is_loaded(
    actors: Cast, client_as: SignIn
) -> None:
    when = at("2026-12-11 09:00")
    notice = make_approved(actors, NoticeKind.REWARD, when=when)
    form = {"step": "publish"}

    with time_machine.travel(when, tick=False):
        office = client_as(actors.user("tto"))
        refused = office.post(f"/my/notices/{notice.pk}/step/", form, follow=True)
        assert '<span class="error-code">E-NT-03</span>' in refused.content.decode()
        assert Notice.objects.get().status == NoticeState.AWAITING_PUBLICATION
        load_2027(actors)
        office.post(f"/my/notices/{notice.pk}/step/", form)

    notice = Notice.objects.get()
    assert notice.status == NoticeState.OPEN
    assert notice.close_at == at("2027-01-05 00:00")


def test_t07_notice_with_a_provisional_end_is_not_published(actors: Cast) -> None:
    when = at("2026-12-20 09:00")  # day 15 is 2027-01-04: a Monday, as presumed
    notice = make_approved(actors, when=when)

    with pytest.raises(RuleViolation) as refused:
        publish(actors, notice, Venue.PLATFORM, when=when)

    assert (refused.value.code, refused.value.parameters) == ("E-NT-03", {"year": 2027})
    stored = Notice.objects.get()
    assert (stored.status, stored.number) == (NoticeState.AWAITING_PUBLICATION, None)
    assert NoticePage.objects.count() == 0
    load_2027(actors)
    notice = publish(actors, stored, Venue.PLATFORM, when=when)
    assert (notice.close_at, notice.is_provisional) == (at("2027-01-05 00:00"), False)


def test_provisional_close_is_confirmed_by_the_new_year(actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-12-10 09:00"))
    pla = actors.actor("pla")
    suspend_notice(notice, reason="异议", by=pla, at=at("2026-12-20 09:00"))
    resume_notice(notice, reason="办结", by=pla, at=at("2026-12-28 09:00"))
    notice = Notice.objects.get()
    assert notice.is_provisional
    assert notice.close_at == at("2027-01-05 00:00")
    assert due.sweep(until=at("2027-01-06 00:00")) == 0

    with time_machine.travel(at("2026-12-29 09:00"), tick=False):
        load_2027(actors)

    notice = Notice.objects.get()
    assert not notice.is_provisional
    assert notice.close_at == at("2027-01-05 00:00")
    assert due.sweep(until=at("2027-01-06 00:00")) == 1
    assert Notice.objects.get().status == NoticeState.CLOSED


def test_timer_that_fired_while_the_close_was_provisional_is_set_anew(
    actors: Cast,
) -> None:
    notice = make_open(actors, when=at("2026-12-16 09:00"))
    assert notice.close_at == at("2027-01-01 00:00")
    days = {**shipped_years()[2026], date(2026, 12, 31): (False, "元旦")}
    draft = YearDraft(2026, days, "示例通知", True, "更正", 1)
    with time_machine.travel(at("2026-12-29 09:00"), tick=False):
        save_year(draft, by=actors.actor("stb"), at=at("2026-12-29 09:00"))
    assert Notice.objects.get().is_provisional  # 2027-01-04, as presumed
    due.sweep(until=at("2027-01-01 00:00"))
    assert DueEvent.objects.get(kind="notice.close").fired_at is not None

    with time_machine.travel(at("2027-01-02 09:00"), tick=False):
        load_2027(actors)

    assert Notice.objects.get().status == NoticeState.OPEN
    assert due.sweep(until=at("2027-01-05 00:00")) == 1
    assert Notice.objects.get().status == NoticeState.CLOSED
    assert Certificate.objects.get().issued_at == at("2027-01-05 00:00")


def test_close_that_was_told_is_the_base_of_what_follows(actors: Cast) -> None:
    """A correction would have ended the notice two days ago; the told close holds."""
    notice = make_open(actors, when=at("2026-11-06 10:00"))
    assert notice.close_at == at("2026-11-24 00:00")  # 11-21 is a Saturday
    days = {**shipped_years()[2026], date(2026, 11, 21): (True, "更正")}
    draft = YearDraft(2026, days, "更正通知（测试）", True, "更正", 1)
    with time_machine.travel(at("2026-11-23 09:00"), tick=False):
        save_year(draft, by=actors.actor("stb"), at=at("2026-11-23 09:00"))
    pla = actors.actor("pla")

    notice = Notice.objects.get()
    suspend_notice(notice, reason="异议", by=pla, at=at("2026-11-23 10:00"))
    resume_notice(notice, reason="办结", by=pla, at=at("2026-11-25 10:00"))

    # 14 hours were left: to the end of 11-25.
    assert Notice.objects.get().close_at == at("2026-11-26 00:00")
    assert due.sweep(until=at("2026-11-25 23:59")) == 1  # the calendar's warning
    assert Notice.objects.get().status == NoticeState.OPEN


def test_form_check_gets_its_limit_once_the_year_is_there(actors: Cast) -> None:
    draft = make_draft(actors, when=at("2026-12-28 09:00"))
    submit_notice(draft, by=actors.actor("tto"), at=at("2026-12-28 09:00"))
    assert Notice.objects.get().review_due_at is None

    load_2027(actors)

    # 12-29, 30, 31, then 2027-01-04 and 05
    assert Notice.objects.get().review_due_at == at("2027-01-06 00:00")


def load_2027(cast: Cast) -> None:
    draft = YearDraft(2027, DAYS_2027, "示例通知", True, "年度安排公布", 0)
    save_year(draft, by=cast.actor("stb"), at=at("2026-12-29 09:00"))


def test_venue_of_an_old_notice_is_not_moved(actors: Cast) -> None:
    notice = make_approved(actors, NoticeKind.NEGOTIATED, when=at("2026-09-25 10:00"))
    publish(actors, notice, Venue.PLATFORM, when=at("2026-09-25 10:00"))

    from cms.notices.actions.rederivation import list_open_periods

    with time_machine.travel(at("2026-10-10 23:00"), tick=False):
        assert len(list(list_open_periods())) == 1
    with time_machine.travel(at("2026-10-11 00:00"), tick=False):
        assert list(list_open_periods()) == []
