"""Other forms of the list and of a period: Atom, Excel, iCalendar."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from cms.notices.models import AnnouncementPage, NoticePage
from cms.pages.notices.presenting import (
    NoticeLine,
    remarks_of,
    sentence_of,
    shown_state,
)
from cms.rules.notices import AnnouncementKind, NoticeKind, NoticeState
from cms.rules.shanghai_time import last_day_before, to_shanghai

COLUMNS = ("编号", "标题", "种类", "发布单位", "状态", "发布时间", "届满时间", "网址")


class Entry(NamedTuple):
    """One entry of the feed; `updated` tells readers that its state has changed."""

    published: datetime
    updated: datetime
    title: str
    link: str
    text: str
    kind: str
    author: str


def atom_feed(
    lines: Iterable[NoticeLine],
    announcements: Iterable[AnnouncementPage],
    *,
    base: str,
    limit: int,
) -> bytes:
    """Return the feed; `base` is the site's address with a slash at its end."""
    root = base.rstrip("/")
    entries = [
        Entry(
            line.published_at,
            line.updated_at,
            line.title,
            f"{root}{line.url}",
            f"{line.kind}　{line.unit}　{line.state}　届满时间：{line.close}",
            line.kind,
            line.unit,
        )
        for line in lines
    ]
    entries += [
        Entry(
            row.published_at,
            row.last_published_at or row.published_at,
            row.title,
            f"{root}/notices/{row.number}/",
            row.body[:300],
            AnnouncementKind(row.kind).label,
            row.issuer,
        )
        for row in announcements
    ]
    feed = Atom1Feed(
        title="公示公告",
        link=f"{root}/notices/",
        description="科技成果转化公示公告",
        language="zh-Hans",
        feed_url=f"{root}/notices/feed.atom",
    )
    for entry in sorted(entries, reverse=True)[:limit]:
        feed.add_item(
            title=entry.title,
            link=entry.link,
            description=entry.text,
            author_name=entry.author,
            unique_id=entry.link,
            pubdate=to_shanghai(entry.published),
            updateddate=to_shanghai(entry.updated),
            categories=(entry.kind,),
        )
    return feed.writeString("utf-8").encode()


def workbook(lines: Iterable[NoticeLine]) -> bytes:
    """Return the list as an Excel file; every cell is text, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("公示")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGH", (16, 44, 16, 28, 10, 20, 22, 30), strict=True):
        sheet.column_dimensions[letter].width = width

    def texts(values: Iterable[str]) -> list[WriteOnlyCell]:
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"
            cells.append(cell)
        return cells

    sheet.append(texts(COLUMNS))
    for line in lines:
        published = to_shanghai(line.published_at)
        sheet.append(
            texts(
                (
                    line.number,
                    line.title,
                    line.kind,
                    line.unit,
                    line.state,
                    f"{published:%Y-%m-%d %H:%M:%S}",
                    line.close,
                    line.url,
                )
            )
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def period_calendar(page: NoticePage, *, url: str, at: datetime) -> bytes:
    """Return the period as iCalendar: its days, and the exact close.

    A calendar that has the file already follows what happened since: the sequence
    grows, a stopped or uncertain period is tentative, an ended one is cancelled.
    """
    kind = NoticeKind(page.kind).label
    close_at = to_shanghai(page.effective_close_at or page.close_at)
    told = "".join((f"{sentence_of(page, at, close_at)}。", *remarks_of(page, at)))
    calendar = Calendar()
    calendar.add("prodid", "-//Chengzhuan//Notices//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{kind} {page.number}")

    days = Event()
    days.add("uid", f"{page.number}-days@chengzhuan")
    days.add("summary", f"{kind}期：{page.title}")
    # The opening day is not counted; an all-day event ends before its DTEND.
    days.add("dtstart", to_shanghai(page.published_at).date() + timedelta(days=1))
    days.add("dtend", last_day_before(close_at) + timedelta(days=1))
    days.add("transp", "TRANSPARENT")

    close = Event()
    close.add("uid", f"{page.number}-close@chengzhuan")
    close.add("summary", f"{kind}届满：{page.title}")
    # An instant has no DTEND: RFC 5545 wants it later than DTSTART (3.8.2.2).
    close.add("dtstart", close_at.astimezone(UTC))
    changed_at = page.last_published_at or page.published_at
    for event in (days, close):
        event.add("dtstamp", changed_at.astimezone(UTC))
        event.add("sequence", len(page.history))
        event.add("description", f"{told}编号{page.number}。")
        event.add("url", url)
        event.add("status", _certainty(page, at))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _certainty(page: NoticePage, at: datetime) -> str:
    state = shown_state(page, at)
    if state is NoticeState.TERMINATED:
        return "CANCELLED"
    is_certain = page.effective_close_at is not None and not page.is_provisional
    is_running_on = state is not NoticeState.SUSPENDED
    return "CONFIRMED" if is_certain and is_running_on else "TENTATIVE"
