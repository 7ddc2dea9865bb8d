"""What the public reads of notices: list, page, feed, Excel, calendar, verification."""

import io
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

from cms.notices.actions import suspend_notice, terminate_notice
from cms.notices.models import Notice
from cms.notices.seed import seed_notices
from cms.rules.notices import NoticeKind, Venue
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_announcement,
    make_approved,
    make_attachment,
    make_draft,
    make_open,
    page_of,
    publish,
)

WHEN = at("2026-09-25 10:00")


NOW = at("2026-10-09 10:00")


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def on_october_9() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def parsed(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 our own output


def test_list_is_empty_at_first(client: Client, db: None) -> None:
    assert "暂无公示" in text_of(client, "/notices/")


def test_list_shows_status_cut_off_and_time_left(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN, title="示例挂牌")

    shown = text_of(client, "/notices/")

    assert '<a href="/notices/GS-2026-0001/">示例挂牌</a>' in shown
    assert "届满：2026-10-10 24:00" in shown
    assert '<time-left until="2026-10-11T00:00:00+08:00">剩余1天14小时</time-left>' in (
        shown
    )
    assert '<span class="status now">公示中</span>' in shown


def test_state_is_computed_although_the_sweep_stands_still(
    client: Client, actors: Cast
) -> None:
    make_open(actors, when=WHEN, title="示例挂牌")

    with time_machine.travel(at("2026-10-11 00:00"), tick=False):
        shown = text_of(client, "/notices/")
        closed = text_of(client, "/notices/?state=closed")
        opened = text_of(client, "/notices/?state=open")

    assert '<span class="status ok">已届满</span>' in shown
    assert "time-left" not in shown
    assert "示例挂牌" in closed
    assert "没有符合条件的公示" in opened


@pytest.mark.parametrize(
    "query",
    [
        "foo=1",
        "state=draft",
        "state=awaiting_review",
        "kind=empowerment",
        "kind=nothing",
        "unit=abc",
        "year=20x6",
        "closing=later",
        "page=0",
        "page=x",
        "kind=listing&kind=auction",
    ],
)
def test_unknown_filter_is_refused(client: Client, db: None, query: str) -> None:
    for path in ("/notices/", "/notices/feed.atom", "/notices/export.xlsx"):
        assert client.get(f"{path}?{query}").status_code == 400


def test_filters_narrow_the_list(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN, title="甲挂牌")
    make_open(
        actors, NoticeKind.NEGOTIATED, when=at("2026-10-08 10:00"), title="乙协议"
    )

    def titles(query: str) -> tuple[bool, bool]:
        shown = text_of(client, f"/notices/?{query}")
        return "甲挂牌</a>" in shown, "乙协议</a>" in shown

    assert titles("") == (True, True)
    assert titles("kind=listing") == (True, False)
    assert titles("closing=soon") == (True, False)
    assert titles("q=乙") == (False, True)
    assert titles("year=2026") == (True, True)
    assert titles("year=2025") == (False, False)
    assert titles(f"unit={actors.unit.pk}") == (True, True)
    assert titles(f"unit={actors.other_unit.pk}") == (False, False)
    assert titles("state=suspended") == (False, False)


def test_each_option_counts_what_it_would_leave(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN, title="甲挂牌")
    make_open(
        actors, NoticeKind.NEGOTIATED, when=at("2026-10-08 10:00"), title="乙协议"
    )

    for query in ("", "kind=listing", "q=乙", "state=open&year=2026", "closing=soon"):
        groups = client.get(f"/notices/?{query}").context["groups"]
        options = [option for group in groups for option in group.options]
        assert options
        for option in options:
            if not option.selected:
                left = client.get(f"/notices/{option.url}").context["page"]
                assert left.paginator.count == option.count > 0, option


def test_long_list_is_paged_and_light(client: Client, actors: Cast) -> None:
    seed_notices(50, NOW)

    response = client.get("/notices/?page=3")

    assert "第 3 / 3 页" in response.content.decode()
    assert len(response.content) < 100_000


def test_detail_prints_the_cut_off_and_its_derivation(
    client: Client, actors: Cast
) -> None:
    make_open(actors, when=WHEN)

    shown = text_of(client, "/notices/GS-2026-0001/")

    assert "公示期自次日起算，至2026年10月10日24时止。" in shown
    assert "逐日推算（16日）" in shown
    assert "<td>2026-10-10</td><td>计入</td>" in shown
    assert (
        "/deadline/?rule=NOTICE_LISTING&amp;opened_at=2026-09-25T10%3A00%3A00%2B08%3A00"
        in shown
    )
    assert "附件4七(三)" in shown


def test_detail_derives_stops_and_extensions(client: Client, actors: Cast) -> None:
    from cms.notices.actions import resume_notice

    notice = make_open(actors, when=WHEN)
    pla = actors.actor("pla")
    suspend_notice(notice, reason="甲某异议", by=pla, at=at("2026-09-28 09:00"))
    resume_notice(notice, reason="甲某撤回", by=pla, at=at("2026-09-30 10:00"))

    shown = text_of(client, "/notices/GS-2026-0001/")

    assert "中止期间，不计入" in shown
    assert "suspend=2026-09-28T09%3A00%3A00%2B08%3A00.." in shown
    assert "工作日历在本公示发布后有更新" not in shown
    assert "甲某" not in shown


def test_d20_suspended_page_shows_the_stop_and_no_objector(
    client: Client, actors: Cast
) -> None:
    notice = make_open(actors, when=WHEN)
    suspend_notice(
        notice,
        reason="异议人赵某某",
        by=actors.actor("pla"),
        at=at("2026-09-28 09:00"),
    )

    for path in ("/notices/", "/notices/GS-2026-0001/", f"/verify/{notice.code}/"):
        shown = text_of(client, path)
        assert "已中止" in shown
        assert "赵某某" not in shown
    detail = text_of(client, "/notices/GS-2026-0001/")
    assert "2026-09-28 09:00" in detail
    assert "time-left" not in detail


def test_platform_over_and_unit_missing_is_said(client: Client, actors: Cast) -> None:
    notice = make_approved(actors, NoticeKind.NEGOTIATED, when=WHEN)
    publish(actors, notice, Venue.PLATFORM, when=WHEN)

    before = text_of(client, "/notices/GS-2026-0001/")
    with time_machine.travel(at("2026-10-12 10:00"), tick=False):
        after = text_of(client, "/notices/GS-2026-0001/")

    assert "单位内部公示另行计算期限，以较晚届满者为准。" in before
    assert "平台公示期已届满，尚待单位内部公示届满。" in after


def test_attachment_is_private_until_published(client: Client, actors: Cast) -> None:
    draft = make_draft(actors, when=WHEN)
    file_id = make_attachment(actors, draft, when=WHEN).file_id
    notice = make_approved(actors, when=WHEN, draft=draft)
    path = f"/notices/GS-2026-0001/files/{file_id}/"

    assert client.get(path).status_code == 404
    publish(actors, notice, Venue.PLATFORM, when=WHEN)
    response = client.get(path)

    assert response.status_code == 200
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]
    row = page_of(notice).attachments[0]
    assert row["sha256"] in text_of(client, "/notices/GS-2026-0001/")
    assert row["sha256"] in Notice.objects.get().text
    assert client.get("/notices/GS-2026-0001/files/999999/").status_code == 404


def test_published_notice_opens_no_other_file(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN)
    draft = make_draft(actors, when=WHEN)
    private = make_attachment(actors, draft, when=WHEN).file_id

    assert client.get(f"/notices/GS-2026-0001/files/{private}/").status_code == 404


def test_fixed_text_is_what_was_hashed(client: Client, actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    response = client.get("/notices/GS-2026-0001/text.txt")

    assert response.content.decode() == notice.text


def test_qr_code_is_svg(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN)

    response = client.get("/notices/GS-2026-0001/qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert parsed(response.content).tag.endswith("svg")


def test_calendar_file_has_the_days_and_the_exact_close(
    client: Client, actors: Cast
) -> None:
    make_open(actors, when=WHEN, title="示例挂牌")

    calendar = Calendar.from_ical(
        client.get("/notices/GS-2026-0001/period.ics").content
    )
    days, close = calendar.walk("VEVENT")

    assert days["DTSTART"].dt == date(2026, 9, 26)
    assert days["DTEND"].dt == date(2026, 10, 11)
    assert close["DTSTART"].dt == datetime(2026, 10, 10, 16, 0, tzinfo=UTC)
    assert str(close["SUMMARY"]) == "挂牌公告届满：示例挂牌"
    assert "至2026年10月10日24时止" in str(close["DESCRIPTION"])


def calendar_of(client: Client) -> Calendar:
    return Calendar.from_ical(client.get("/notices/GS-2026-0001/period.ics").content)


def test_calendar_file_keeps_to_the_form_of_rfc_5545(
    client: Client, actors: Cast
) -> None:
    make_open(actors, when=WHEN, title="示例" * 50)

    body = client.get("/notices/GS-2026-0001/period.ics").content

    lines = body.split(b"\r\n")
    assert body.count(b"\n") == body.count(b"\r\n") == len(lines) - 1
    assert max(map(len, lines)) <= 75  # octets, folded lines included
    close = Calendar.from_ical(body).walk("VEVENT")[1]
    assert "DTEND" not in close  # must be later than DTSTART; an instant has none
    assert [
        str(part["STATUS"]) for part in Calendar.from_ical(body).walk("VEVENT")
    ] == [
        "CONFIRMED",
        "CONFIRMED",
    ]


def test_calendar_file_follows_a_stop_and_the_end(client: Client, actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    before = calendar_of(client).walk("VEVENT")[1]
    pla = actors.actor("pla")
    suspend_notice(notice, reason="异议", by=pla, at=at("2026-09-28 09:00"))
    stopped = calendar_of(client).walk("VEVENT")[1]
    terminate_notice(notice, ground="异议成立", by=pla, at=at("2026-09-30 09:00"))
    ended = calendar_of(client).walk("VEVENT")[1]

    assert [str(one["UID"]) for one in (before, stopped, ended)] == [
        "GS-2026-0001-close@chengzhuan"
    ] * 3
    assert [int(one["SEQUENCE"]) for one in (before, stopped, ended)] == [1, 2, 3]
    assert str(stopped["STATUS"]) == "TENTATIVE"
    assert "公示期停止计算" in str(stopped["DESCRIPTION"])
    assert "已于2026-09-28 09:00中止" in str(stopped["DESCRIPTION"])
    assert str(ended["STATUS"]) == "CANCELLED"
    assert "本公示已终止" in str(ended["DESCRIPTION"])
    assert ended["DTSTAMP"].dt == datetime(2026, 9, 30, 1, 0, tzinfo=UTC)


def test_calendar_file_is_tentative_while_a_venue_is_missing(
    client: Client, actors: Cast
) -> None:
    notice = make_approved(actors, NoticeKind.NEGOTIATED, when=WHEN)
    publish(actors, notice, Venue.PLATFORM, when=WHEN)
    first = calendar_of(client).walk("VEVENT")[1]
    publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))
    second = calendar_of(client).walk("VEVENT")[1]

    assert str(first["STATUS"]) == "TENTATIVE"
    assert "单位内部公示另行计算期限" in str(first["DESCRIPTION"])
    assert str(second["STATUS"]) == "CONFIRMED"
    assert second["DTSTART"].dt == datetime(2026, 10, 13, 16, 0, tzinfo=UTC)
    assert "至2026年10月13日24时止" in str(second["DESCRIPTION"])


def test_feed_names_authors_and_tells_what_has_changed(
    client: Client, actors: Cast
) -> None:
    notice = make_open(actors, when=WHEN)
    suspend_notice(
        notice, reason="异议", by=actors.actor("pla"), at=at("2026-09-28 09:00")
    )

    root = parsed(client.get("/notices/feed.atom").content)
    entry = root.find(f"{ATOM}entry")

    # RFC 4287 4.1.1: without an author of the feed, every entry needs one.
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == actors.unit.name
    assert entry.findtext(f"{ATOM}published") == "2026-09-25T10:00:00+08:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-09-28T09:00:00+08:00"
    assert root.findtext(f"{ATOM}updated") == "2026-09-28T09:00:00+08:00"
    assert "已中止" in entry.findtext(f"{ATOM}summary")


def test_public_record_tells_that_the_units_venue_moves_the_close(
    client: Client, actors: Cast
) -> None:
    notice = make_open(actors, when=WHEN)
    publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))

    told = page_of(notice).history[-1]

    assert told == {
        "at": "2026-09-28T10:00:00+08:00",
        "title": "单位内部公示",
        "text": "单位内部公示已发布，公示期以较晚届满者为准，至2026-10-13 24:00届满。",
    }


def test_feed_parses_and_leads_to_the_notices(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN, title="示例挂牌 <b>&")
    make_announcement(actors, when=NOW, title="示例公告")

    root = parsed(client.get("/notices/feed.atom").content)
    entries = root.findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "示例公告",
        "示例挂牌 <b>&",
    ]
    assert entries[1].find(f"{ATOM}link").get("href") == (
        "http://testserver/notices/GS-2026-0001/"
    )
    assert entries[1].findtext(f"{ATOM}published") == "2026-09-25T10:00:00+08:00"


def test_excel_is_text_and_never_a_formula(client: Client, actors: Cast) -> None:
    make_open(actors, when=WHEN, title="=1+1")

    response = client.get("/notices/export.xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows())

    assert [cell.value for cell in rows[0]] == [
        "编号",
        "标题",
        "种类",
        "发布单位",
        "状态",
        "发布时间",
        "届满时间",
        "网址",
    ]
    assert [cell.value for cell in rows[1]][:3] == ["GS-2026-0001", "=1+1", "挂牌公告"]
    assert rows[1][1].data_type == "s"
    assert rows[1][6].value == "2026-10-10 24:00"
