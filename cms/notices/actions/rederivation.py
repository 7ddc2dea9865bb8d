"""A changed calendar moves running periods; what has ended never moves (A3, T-07)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from cms.core import clock
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.working_calendar import OpenPeriod
from cms.notices.actions.public_page import follow
from cms.notices.actions.timing import settle, store_deadline
from cms.notices.models import Notice, NoticeVenue
from cms.notices.periods import inputs_of_venue, planned_of, taken_changes
from cms.rules.deadlines import Deadline
from cms.rules.notices import NoticeState, Venue
from cms.rules.rederivation import StoredPeriod
from cms.rules.shanghai_time import format_close

RUNNING = (NoticeState.OPEN.value, NoticeState.SUSPENDED.value)


def list_open_periods() -> Iterator[OpenPeriod]:
    """Yield each venue's period that has not ended."""
    rows = (
        NoticeVenue.objects.filter(notice__status__in=RUNNING)
        .select_related("notice")
        .prefetch_related("notice__suspensions", "notice__extensions")
        .order_by("notice_id", "id")
    )
    now = clock.now()
    for row in rows:
        notice = row.notice
        is_stopped = notice.status == NoticeState.SUSPENDED
        if row.close_at > now or row.is_provisional or is_stopped:
            yield OpenPeriod(
                subject=row,
                label=f"{notice.number}（{Venue(row.venue).label}）",
                url=f"/desk/notices/{notice.pk}/",
                stored=stored_period(row, notice),
            )


def stored_period(row: NoticeVenue, notice: Notice) -> StoredPeriod:
    """Return the inputs that a venue's close rests on."""
    stops, days = taken_changes(inputs_of_venue(row, notice))
    return StoredPeriod(
        rule=row.rule,
        rule_version=row.rule_version,
        opened_at=row.opened_at,
        close_at=row.close_at,
        provisional=row.is_provisional,
        suspensions=tuple(stops),
        extensions=tuple(days),
        planned_last_day=planned_of(row, notice),
    )


def move_period(
    period: OpenPeriod, deadline: Deadline, by: Actor, at: datetime
) -> None:
    """Store a venue's new close, move the timer, tell the public record."""
    row = cast(NoticeVenue, period.subject)
    store_deadline(row, deadline)
    notice = Notice.objects.get(pk=row.notice_id)
    settle(notice)
    text = ""
    if row.venue == Venue.PLATFORM:
        old, new = format_close(period.stored.close_at), format_close(row.close_at)
        text = f"工作日历更新，届满时间由{old}重新推算为{new}。"
    follow(notice, at=at, title="届满时间重新推算" if text else "", text=text)


@writing()
def keep_period(period: OpenPeriod, last_day: date) -> None:
    """Hold the venue to the last day that was told, whatever happens to it later."""
    row = cast(NoticeVenue, period.subject)
    row.told_last_day = last_day
    row.save(update_fields=["told_last_day"])
