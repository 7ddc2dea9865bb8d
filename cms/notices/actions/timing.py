"""Stored closes of a notice and its one timer, always re-derived from the facts."""

from datetime import datetime

from cms.core import due
from cms.core.locks import writing
from cms.notices.models import Notice, NoticeVenue
from cms.notices.periods import derive, inputs_of_venue
from cms.notices.queries import facts_of
from cms.rules.deadlines import Deadline
from cms.rules.notices import NoticeState

CLOSE = "notice.close"


@writing()
def rederive_venues(notice: Notice) -> None:
    """Store each venue's close as its opening, stops and extensions give it."""
    for venue in notice.venues.all():
        store_deadline(venue, derive(inputs_of_venue(venue, notice)))


@writing()
def store_deadline(venue: NoticeVenue, deadline: Deadline) -> None:
    """Store a venue's close and on which calendar it rests."""
    venue.close_at = deadline.close_at
    venue.is_provisional = deadline.provisional
    venue.provisional_year = deadline.missing_year
    venue.calendar_version = deadline.calendar_version
    venue.save(
        update_fields=[
            "close_at",
            "is_provisional",
            "provisional_year",
            "calendar_version",
        ]
    )


@writing()
def settle(notice: Notice) -> None:
    """Store the effective close (T-12) and set the timer of an open notice.

    A provisional end and a stopped clock have no timer (T-07, T-08).
    """
    facts = facts_of(notice)
    notice.close_at = facts.effective_close
    notice.is_provisional = any(venue.is_provisional for venue in facts.venues)
    notice.save(update_fields=["close_at", "is_provisional"])
    is_running = notice.status == NoticeState.OPEN and not notice.is_provisional
    if is_running and notice.close_at is not None:
        due.set_timer(CLOSE, notice, notice.close_at)


def stop_timer(notice: Notice, *, at: datetime) -> None:
    """Cancel the close timer."""
    due.cancel(CLOSE, notice, at=at)
