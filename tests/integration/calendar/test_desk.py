"""The calendar's desk: list, year, day, import with preview, confirmation."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from cms.core.calendar_actions import YearDraft, save_year
from cms.core.calendar_files import shipped_years, write_year
from cms.core.models import CalendarYear, EvidenceEntry
from cms.core.working_calendar import get_calendar
from tests.conftest import Cast
from tests.factories.calendars import DAYS_2027
from tests.factories.deadlines import at
from tests.factories.periods import period_keeper

pytestmark = pytest.mark.django_db
SOURCE, REASON = "国办发明电〔2026〕0号（测试）", "公布2027年安排"
PATHS = (
    "/desk/calendar/",
    "/desk/calendar/import/",
    "/desk/calendar/import/template.csv",
    "/desk/calendar/2026/",
    "/desk/calendar/2026/calendar.csv",
    "/desk/calendar/2026/2026-10-01/",
)


@pytest.fixture
def bureau(actors: Cast, client_as) -> Client:
    return client_as(actors.user("stb"))


def upload(content: str | bytes, name: str = "2027.csv") -> SimpleUploadedFile:
    body = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, body)


def text_of(response) -> str:
    return unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


def hidden_fields(response) -> dict[str, str]:
    found = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode()
    )
    return {
        name: unescape(value) for name, value in found if name not in {"next", "mode"}
    }


def import_2027(client: Client, **fields: object):
    given = {
        "file": upload(write_year(DAYS_2027)),
        "source": SOURCE,
        "is_published": "on",
        "reason": REASON,
    }
    return client.post("/desk/calendar/import/", given | fields)


@pytest.mark.parametrize("path", PATHS)
def test_desk_is_open_to_bureau_and_administrator_only(
    path: str, actors: Cast, client_as, client: Client
) -> None:
    assert client.get(path).status_code == 302
    for name in ("tto", "apv", "ent", "pla", "amr", "auditor"):
        assert client_as(actors.user(name)).get(path).status_code == 404
    for name in ("stb", "admin"):
        assert client_as(actors.user(name)).get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/desk/calendar/1999/",
        "/desk/calendar/1999/calendar.csv",
        "/desk/calendar/1999/publish/",
        "/desk/calendar/2026/2027-01-01/",
        "/desk/calendar/2026/2026-02-30/",
        "/desk/calendar/2026/tomorrow/",
    ],
)
def test_what_is_not_there_is_not_found(path: str, bureau: Client) -> None:
    assert bureau.get(path).status_code == 404


def test_years_are_listed_newest_first(bureau: Client) -> None:
    text = text_of(bureau.get("/desk/calendar/"))

    assert text.index("2026年第1版") < text.index("2004年第1版")
    assert text.count("已正式公布") == 23


def test_empty_list_says_what_to_do(bureau: Client) -> None:
    CalendarYear.objects.all().delete()

    assert "没有工作日历" in text_of(bureau.get("/desk/calendar/"))


def test_year_is_shown_as_twelve_months(bureau: Client) -> None:
    text = bureau.get("/desk/calendar/2026/").content.decode()

    assert text.count('<table class="month">') == 12
    assert text.count('class="rest"') == 33
    assert text.count('class="worked"') == 6
    assert (
        '<td class="worked"><a href="2026-10-10/" '
        'aria-label="10月10日 周六，调休上班，修改">10<span class="mark">班</span></a>'
    ) in text
    assert len(text.encode()) < 100_000


def test_download_can_be_imported_again(bureau: Client) -> None:
    content = bureau.get("/desk/calendar/2026/calendar.csv").content

    answer = import_2027(bureau, file=upload(content, "2026.csv"))

    assert "预览2026年工作日历" in text_of(answer)
    assert "日期没有改动" in text_of(answer)
    refused = bureau.post("/desk/calendar/confirm/", hidden_fields(answer))
    assert refused.status_code == 409
    assert "2026年内容与现行版本相同，未保存。 E-WC-05" in text_of(refused)


def test_template_can_be_imported(bureau: Client) -> None:
    content = bureau.get("/desk/calendar/import/template.csv").content

    assert "改动（2日）" in text_of(import_2027(bureau, file=upload(content)))


def test_import_shows_what_it_would_do_and_stores_nothing(bureau: Client) -> None:
    with period_keeper() as keeper:
        keeper.open("GS-2026-0001", "PATENT_RECORD", at("2026-11-30 10:00"))
        keeper.open("GS-2026-0002", "NOTICE_LISTING", at("2026-11-10 10:00"))
        answer = import_2027(bureau)

    text = text_of(answer)
    assert f"改动（{len(DAYS_2027)}日）" in text
    assert "受影响的期限（1件，另有1件不变）" in text
    assert "测试 GS-2026-0001" in text
    assert "2027-03-01 24:00（暂定）" in text
    assert "2027-02-28 24:00" in text
    assert "届满时间改变：工作日历改变，届满日随之改变" in text
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_preview_warns_of_holidays_that_are_not_there(bureau: Client) -> None:
    warned = text_of(import_2027(bureau, file=upload("2027-01-01,休息,元旦")))
    silent = text_of(
        import_2027(bureau, file=upload(write_year(shipped_years()[2026])))
    )

    assert "请核对：没有列出春节、清明、劳动、端午、中秋、国庆的休息日。" in warned
    assert "缺少的节假日会被当作上班日" in warned
    assert "请核对" not in silent


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "20270-1-1"])
def test_day_of_no_such_year_is_refused(bureau: Client, day: str) -> None:
    text = text_of(import_2027(bureau, file=upload(f"{day},休息,元旦")))

    assert f"第1行“日期”有误：“{day}”不是日期（如2027-01-01）。" in text


def test_confirmation_stores_the_year_and_leads_to_it(bureau: Client) -> None:
    preview = import_2027(bureau)

    saved = bureau.post("/desk/calendar/confirm/", hidden_fields(preview), follow=True)

    assert saved.redirect_chain == [("/desk/calendar/2027/", 302)]
    assert "已保存：2027年第1版。" in text_of(saved)
    assert get_calendar().is_firm(2027)
    row = CalendarYear.objects.get(year=2027)
    assert (row.source, row.reason, row.days.count()) == (SOURCE, REASON, 15)
    assert EvidenceEntry.objects.filter(kind="calendar.year_saved").count() == 1


def test_second_press_of_the_button_is_refused(bureau: Client) -> None:
    fields = hidden_fields(import_2027(bureau))
    bureau.post("/desk/calendar/confirm/", fields)

    again = bureau.post("/desk/calendar/confirm/", fields)

    assert again.status_code == 409
    assert "已被他人更新，请刷新后重试。" in text_of(again)
    assert CalendarYear.objects.filter(year=2027).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"days": "date\nx"}, {"days": ""}, {"base_version": "x"}, {"reason": ""}],
    ids=["days", "no_days", "version", "reason"],
)
def test_tampered_confirmation_is_not_found(change: dict, bureau: Client) -> None:
    fields = hidden_fields(import_2027(bureau))

    assert bureau.post("/desk/calendar/confirm/", fields | change).status_code == 404
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_workbook_is_imported(bureau: Client) -> None:
    book = Workbook()
    book.active.append(["日期", "上班或休息", "名称"])
    book.active.append([date(2027, 1, 1), "休息", "元旦"])
    book.active.append([date(2027, 1, 3), "上班", "元旦调休"])
    buffer = BytesIO()
    book.save(buffer)

    answer = import_2027(bureau, file=upload(buffer.getvalue(), "2027.xlsx"))

    assert hidden_fields(answer)["days"].split() == [
        "date,is_workday,name",
        "2027-01-01,0,元旦",
        "2027-01-03,1,元旦调休",
    ]


def test_file_saved_by_excel_in_chinese_encoding_is_read(bureau: Client) -> None:
    content = "日期,上班或休息,名称\r\n2027/1/1,休息,元旦\r\n".encode("gb18030")

    answer = import_2027(bureau, file=upload(content))

    assert "2027-01-01,0,元旦" in hidden_fields(answer)["days"]


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04 broken", b"a" * (1024 * 1024 + 1)],
    ids=["picture", "broken", "too_large"],
)
def test_unreadable_file_is_refused(content: bytes, bureau: Client) -> None:
    answer = import_2027(bureau, file=upload(content))

    assert answer.status_code == 200
    assert "文件无法读取，请上传CSV（UTF-8）或XLSX文件。" in text_of(answer)


def test_archive_that_inflates_too_much_is_refused(
    bureau: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = BytesIO()
    Workbook().save(buffer)
    monkeypatch.setattr("cms.staff.calendar.reading.MOST_INFLATED", 100)

    answer = import_2027(bureau, file=upload(buffer.getvalue(), "x.xlsx"))

    assert "E-WC-07" in text_of(answer)


def test_every_cell_at_fault_is_shown_and_what_was_typed_is_kept(
    bureau: Client,
) -> None:
    answer = import_2027(
        bureau, file=upload("2027-13-01,也许,\n2027-01-02,休息,元旦\n")
    )

    text = text_of(answer)
    assert text.count("E-WC-01") == 6  # three faults, in the summary and at the field
    assert "第1行“上班或休息”有误：“也许”应为“上班”或“休息”。" in text
    assert f'value="{SOURCE}"' in answer.content.decode()
    assert "<title>有误：" in answer.content.decode()


def test_import_asks_for_grounds(bureau: Client) -> None:
    answer = import_2027(bureau, source="", reason="")

    assert answer.context["form"].errors.keys() == {"source", "reason"}


def test_day_is_edited_with_a_preview(bureau: Client) -> None:
    path = "/desk/calendar/2026/2026-10-09/"
    grounds = {"source": SOURCE, "reason": "更正"}
    assert "2026-10-09（周五）" in text_of(bureau.get(path))

    preview = bureau.post(path, {"kind": "rest", "name": "台风停工"} | grounds)
    assert "2026-10-09按平常一周休息（台风停工）" in text_of(preview)
    bureau.post("/desk/calendar/confirm/", hidden_fields(preview))

    assert not get_calendar().is_working_day(date(2026, 10, 9))
    assert get_calendar().describe(date(2026, 10, 9)) == "台风停工"
    back = bureau.post(path, {"kind": "week", "name": ""} | grounds)
    assert "2026-10-09休息（台风停工）按平常一周" in text_of(back)
    bureau.post("/desk/calendar/confirm/", hidden_fields(back))
    assert get_calendar().is_working_day(date(2026, 10, 9))
    text = text_of(bureau.get("/desk/calendar/2026/"))
    assert "第3版（现行）" in text


def test_special_day_needs_a_name(bureau: Client) -> None:
    answer = bureau.post(
        "/desk/calendar/2026/2026-10-09/",
        {"kind": "work", "name": "", "source": SOURCE, "reason": "更正"},
    )

    assert answer.context["form"].errors == {"name": ["请填写名称。"]}
    assert "请更正以下内容" in text_of(answer)


def test_early_year_is_marked_official_later(actors: Cast, bureau: Client) -> None:
    draft = YearDraft(2027, DAYS_2027, "征求意见稿（测试）", False, "预录", 0)
    save_year(draft, by=actors.actor("stb"), at=at("2026-11-22 09:00"))
    assert "未公布（暂定）" in text_of(bureau.get("/desk/calendar/2027/"))
    path = "/desk/calendar/2027/publish/"
    assert "2027年安排已正式公布" in text_of(bureau.get(path))

    preview = bureau.post(path, {"source": SOURCE, "reason": REASON})
    assert "日期没有改动" in text_of(preview)
    bureau.post("/desk/calendar/confirm/", hidden_fields(preview))

    assert get_calendar().is_firm(2027)
    assert bureau.get(path)["Location"] == "/desk/calendar/2027/"


def test_official_year_is_not_taken_back(bureau: Client) -> None:
    fields = hidden_fields(import_2027(bureau))
    bureau.post("/desk/calendar/confirm/", fields)
    early = hidden_fields(import_2027(bureau, is_published=""))

    answer = bureau.post("/desk/calendar/confirm/", early)

    assert "E-WC-06" in text_of(answer)


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        ("2026-11-22 09:00", "工作日历未包含2027年节假日安排，距该年还有40日"),
        ("2026-10-01 09:00", ""),
    ],
)
def test_desk_warns_of_a_missing_year(
    today: str, warning: str, bureau: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.core.clock.now", lambda: at(today))

    text = text_of(bureau.get("/desk/"))

    assert "工作日历待录入" in text
    assert ("工作日历未包含" in text) is bool(warning)
    assert warning in text


def test_others_see_no_calendar_at_their_desk(actors: Cast, client_as) -> None:
    assert "工作日历" not in text_of(client_as(actors.user("pla")).get("/desk/"))
