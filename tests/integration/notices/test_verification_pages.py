"""What a reader can verify: codes, texts, certificates; announcements."""

import io
from collections.abc import Callable

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from cms.core import due
from cms.notices.actions import (
    close_notice,
    correct_announcement,
    publish_announcement,
    submit_announcement,
)
from cms.notices.models import Announcement, Certificate, NoticePage
from cms.rules.notices import NoticeKind
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_announcement,
    make_approved,
    make_attachment,
    make_draft,
    make_open,
)

WHEN = at("2026-09-25 10:00")


NOW = at("2026-10-09 10:00")


SECRET = "仅供单位内部知悉"


@pytest.fixture(autouse=True)
def on_october_9() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_unit_notices_appear_on_no_public_surface(
    client: Client, actors: Cast, client_as: Callable[..., Client]
) -> None:
    inside = make_open(
        actors,
        NoticeKind.REWARD,
        when=at("2026-09-28 09:00"),
        title=f"奖励{SECRET}",
        persons=SECRET,
    )
    make_open(actors, when=WHEN, title="公开的")
    surfaces = [
        "/",
        "/notices/",
        "/notices/feed.atom",
        "/statistics/",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/site-map/",
        f"/units/{actors.unit.pk}/",
    ]

    for path in surfaces:
        shown = client.get(path).content.decode()
        assert SECRET not in shown, path
        assert inside.number not in shown, path
        assert inside.code not in shown, path
    book = load_workbook(io.BytesIO(client.get("/notices/export.xlsx").content))
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["公开的"]
    for path in (
        f"/notices/{inside.number}/",
        f"/notices/{inside.number}/text.txt",
        f"/notices/{inside.number}/period.ics",
        f"/notices/{inside.number}/qr.svg",
        f"/verify/{inside.code}/",
    ):
        assert client.get(path).status_code == 404
    assert "共 1 件公示" in text_of(client, "/notices/")


def test_members_read_the_units_venue_and_others_find_nothing(
    client: Client, actors: Cast, client_as: Callable[..., Client]
) -> None:
    inside = make_open(
        actors, NoticeKind.REWARD, when=at("2026-09-28 09:00"), title=f"奖励{SECRET}"
    )
    path = f"/my/notices/unit/{inside.pk}/"

    assert client.get(path).status_code == 302
    for person in ("res", "fin", "apv", "tto"):
        shown = text_of(client_as(actors.user(person)), path)
        assert SECRET in shown
        assert "公示期自次日起算，至2026年10月23日24时止" in shown
    for person in ("tto2", "ent", "pla", "stb"):
        stranger = client_as(actors.user(person))
        assert stranger.get(path).status_code == 404
        assert SECRET not in text_of(stranger, "/my/notices/unit/")


def test_members_read_nothing_before_the_units_venue_is_open(
    actors: Cast, client_as: Callable[..., Client]
) -> None:
    draft = make_draft(actors, when=WHEN, title=f"草稿{SECRET}")
    make_attachment(actors, draft, when=WHEN)
    approved = make_approved(
        actors, NoticeKind.REWARD, when=WHEN, title=f"待发布{SECRET}"
    )
    elsewhere = make_open(actors, when=WHEN, title=f"只在平台{SECRET}")
    file_id = draft.attachments.get().file_id

    for person in ("res", "fin", "tto"):
        member = client_as(actors.user(person))
        assert SECRET not in text_of(member, "/my/notices/unit/")
        for notice in (draft, approved, elsewhere):
            assert member.get(f"/my/notices/unit/{notice.pk}/").status_code == 404
        file = f"/my/notices/unit/{draft.pk}/files/{file_id}/"
        assert member.get(file).status_code == 404
    researcher = client_as(actors.user("res"))
    assert researcher.get(f"/files/{file_id}/").status_code == 404


def test_short_link_and_code_lead_to_verification(client: Client, actors: Cast) -> None:
    notice = make_open(actors, when=WHEN, title="示例挂牌")
    code = notice.code or ""

    assert client.get(f"/n/{code}/")["Location"] == f"/verify/{code}/"
    spoken = f"{code[:5].lower()}-{code[5:].lower()}"
    assert client.get("/verify/", {"code": spoken})["Location"] == f"/verify/{code}/"
    wrong = client.get("/verify/", {"code": "ZZZZZZZZZZ"})
    assert wrong.status_code == 400
    assert "没有找到这个核验码" in wrong.content.decode()
    shown = text_of(client, f"/verify/{code}/")
    for part in ("示例挂牌", "GS-2026-0001", "公示中", notice.sha256, notice.sm3):
        assert part in shown


def test_text_hash_or_file_is_compared_on_the_server(
    client: Client, actors: Cast
) -> None:
    notice = make_open(actors, when=WHEN)
    path = f"/verify/{notice.code}/"
    same, different = "一致：与发布时的固定文本相同。", "不一致：与发布时的固定文本不同"

    def outcome(**data: object) -> str:
        return client.post(path, data).content.decode()

    windows = notice.text.replace("\n", " \r\n")
    for text in (notice.text, windows, notice.sha256, notice.sm3.upper()):
        assert same in outcome(text=text)
    assert different in outcome(text=notice.text.replace("示例", "样例"))
    whole = SimpleUploadedFile("a.txt", notice.text.encode())
    assert same in outcome(file=whole)
    other = SimpleUploadedFile("a.txt", b"other")
    assert different in outcome(file=other)
    assert "请粘贴文本、哈希值，或选择文件。" in outcome(text="")


def test_certificate_is_verified_by_its_code(
    client: Client, actors: Cast, client_as: Callable[..., Client]
) -> None:
    make_open(actors, when=at("2026-09-10 09:00"), title="公开的")
    make_open(actors, NoticeKind.EMPOWERMENT, when=at("2026-09-10 09:00"), title=SECRET)
    assert due.sweep(until=NOW) == 2
    public, inside = Certificate.objects.order_by("notice_id")

    shown = text_of(client, f"/verify/{public.code}/")
    assert "公示证明" in shown and "公开的" in shown
    hidden = text_of(client, f"/verify/{inside.code}/")
    assert inside.number in hidden
    assert "有效" in hidden
    assert SECRET not in hidden
    office = client_as(actors.user("tto"))
    printed = text_of(office, f"/my/notices/{inside.notice_id}/certificate/")
    assert SECRET in printed
    assert inside.code in printed
    for person in ("res", "tto2", "pla"):
        other = client_as(actors.user(person))
        path = f"/my/notices/{inside.notice_id}/certificate/"
        assert other.get(path).status_code == 404


def test_h19_price_is_printed_in_capitals_beside_figures(
    client: Client, actors: Cast
) -> None:
    notice = make_open(
        actors,
        when=at("2026-09-10 09:00"),
        floor_price="1234567.89元，按评估价",
    )
    close_notice(notice, at=at("2026-09-29 00:00"))
    sums = "1234567.89元（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分），按评估价"

    assert sums in text_of(client, f"/notices/{notice.number}/")
    assert f"挂牌底价/基准价：{sums}" in notice.text
    certificate = Certificate.objects.get()
    assert f"挂牌底价/基准价：{sums}" in certificate.text


def test_announcement_is_shown_and_corrected_by_a_new_one(
    client: Client, actors: Cast
) -> None:
    row = make_announcement(actors, when=NOW, title="示例公告")
    stb, stb2 = actors.actor("stb"), actors.actor("stb2")
    fix = correct_announcement(Announcement.objects.get(), by=stb, at=NOW)
    submit_announcement(fix, by=stb, at=NOW)
    publish_announcement(fix, issuer="示例市科技局", by=stb2, at=NOW)

    old = text_of(client, f"/notices/{row.number}/")
    new = text_of(client, f"/notices/{fix.number}/")
    listed = text_of(client, "/notices/announcements/")

    assert '本公告已更正，见 <a href="/notices/GG-2026-0002/">' in old
    assert '本公告更正 <a href="/notices/GG-2026-0001/">' in new
    assert "关于《示例公告》的更正公告" in listed
    assert NoticePage.objects.count() == 0
    assert client.get("/notices/announcements/?foo=1").status_code == 400


def test_closed_notice_still_opens_its_page(client: Client, actors: Cast) -> None:
    notice = make_open(actors, when=at("2026-09-10 09:00"))
    close_notice(notice, at=at("2026-09-29 00:00"))

    shown = text_of(client, f"/notices/{notice.number}/")

    assert "已届满：2026-09-28 24:00" in shown
    assert "公示证明编号ZM-2026-0001" in shown
