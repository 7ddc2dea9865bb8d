"""Other forms of the list and of a period: Atom, Excel, iCalendar."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from cms.notices.models import AnnouncementPage, NoticePage
from cms.pages.notices.presenting import NoticeLine
from cms.rules.notices import AnnouncementKind, NoticeKind, cut_off_sentence
from cms.rules.shanghai_time import last_day_before, to_shanghai

COLUMNS = ("编号", "标题", "种类", "发布单位", "状态", "发布时间", "届满时间", "网址")


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
        (
            line.published_at,
            line.title,
            f"{root}{line.url}",
            f"{line.kind}　{line.unit}　{line.state}　届满时间：{line.close}",
            line.kind,
        )
        for line in lines
    ]
    entries += [
        (
            row.published_at,
            row.title,
            f"{root}/notices/{row.number}/",
            row.body[:300],
            AnnouncementKind(row.kind).label,
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
    for published, title, link, text, kind in sorted(entries, reverse=True)[:limit]:
        feed.add_item(
            title=title,
            link=link,
            description=text,
            unique_id=link,
            pubdate=to_shanghai(published),
            updateddate=to_shanghai(published),
            categories=(kind,),
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
    """Return the period as iCalendar: its days, and the exact close."""
    kind = NoticeKind(page.kind).label
    close_at = to_shanghai(page.effective_close_at or page.close_at)
    sentence = cut_off_sentence(close_at)
    calendar = Calendar()
    calendar.add("prodid", "-//Chengzhuan//Notices//ZH")
    calendar.add("version", "2.0")
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
    close.add("dtstart", close_at.astimezone(UTC))
    close.add("dtend", close_at.astimezone(UTC))
    for event in (days, close):
        event.add("dtstamp", at.astimezone(UTC))
        event.add("description", f"{sentence}。编号{page.number}。")
        event.add("url", url)
        if page.is_provisional:
            event.add("status", "TENTATIVE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
