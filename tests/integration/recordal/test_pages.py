"""The room: list, task, data sheet, acts; the case's section; who sees what."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cms.core.subjects import subject_of
from cms.recordal.models import RecordalTask
from cms.rules.empowerment import EmpowermentMode
from tests.conftest import Cast
from tests.factories.agreements import make_agreement
from tests.factories.notices import at, word_file
from tests.factories.recordal import complete, make_tasks, submit
from tests.integration.empowerment.room import signed_case

WHEN = at("2026-11-20 10:00")
REGISTRATION, RECORDAL = "contract_registration", "license_recordal"
JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WHEN, tick=False) as traveller:
        yield traveller


def text_of(response) -> str:
    return unescape(response.content.decode())


def rows_of(response) -> list[list[str]]:
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [[str(c or "") for c in row] for row in book.active.values]


def titles_of(response) -> list[str]:
    return [row.kind for row in response.context["rows"]]


def buttons_of(response) -> list[str]:
    return [offer["title"] for offer in response.context["offers"]]


def page_of(task: RecordalTask, act: str = "") -> str:
    return f"/my/recordal/{task.pk}/{act}/" if act else f"/my/recordal/{task.pk}/"


def test_list_is_filtered_by_kind_state_and_overdue(actors: Cast, client_as):
    make_tasks(actors, signed_on=JULY, effective_on=JULY, when=WHEN)
    make_tasks(actors, case="demo.Case:2", place=2, when=WHEN)
    client = client_as(actors.user("tto"))

    assert len(titles_of(client.get("/my/recordal/"))) == 8
    overdue = client.get("/my/recordal/?overdue=1")
    assert titles_of(overdue) == ["专利实施许可备案"]
    assert "截止2026-10-08 24:00，已逾期43日" in text_of(overdue)
    kinds = client.get(f"/my/recordal/?kind={REGISTRATION}&state=open")
    assert titles_of(kinds) == ["技术合同认定登记"] * 2
    assert titles_of(client.get("/my/recordal/?state=done")) == []
    assert "没有符合条件的任务" in text_of(client.get("/my/recordal/?q=没有"))
    assert len(titles_of(client.get("/my/recordal/?q=HT-2026-0002"))) == 4


def test_card_counts_open_and_overdue(actors: Cast, client_as):
    make_tasks(actors, signed_on=JULY, effective_on=JULY, when=WHEN)

    text = text_of(client_as(actors.user("fin")).get("/my/"))

    assert "其中逾期 1 件" in text
    assert "登记备案" not in text_of(client_as(actors.user("ent")).get("/my/"))


@pytest.mark.parametrize(
    ("reader", "status"),
    [
        ("tto", 200),
        ("fin", 200),
        ("apv", 200),
        ("ent", 200),
        ("ent3", 404),
        ("tto2", 404),
        ("res", 404),
        ("stb", 404),
    ],
)
def test_foreign_task_does_not_exist(actors: Cast, client_as, reader, status):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]

    client = client_as(actors.user(reader))

    assert client.get(page_of(task)).status_code == status
    assert client.get(f"{page_of(task)}sheet.xlsx").status_code == status


def test_enterprise_reads_and_does_nothing(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]
    client = client_as(actors.user("ent"))

    page = client.get(page_of(task))

    assert buttons_of(page) == []
    assert "填写登记数据" not in text_of(page)
    assert "存证记录" not in text_of(page)
    for act in ("sheet", "submission", "completion", "refusal", "waiver"):
        assert client.get(page_of(task, act)).status_code == 404
        assert client.post(page_of(task, act)).status_code == 404
    assert client.get("/my/recordal/contracts/").status_code == 404


def test_overdue_task_is_red_and_says_what_to_do(actors: Cast, client_as):
    task = make_tasks(actors, signed_on=JULY, effective_on=JULY, when=WHEN)[RECORDAL]

    page = client_as(actors.user("tto")).get(page_of(task))

    assert page.context["tone"] == "stop"
    assert "备案期限已于2026-10-08 24:00届满" in text_of(page)


def test_provisional_end_says_on_which_year_it_waits(actors: Cast, client_as):
    day = date(2026, 11, 30)
    task = make_tasks(actors, signed_on=day, effective_on=day, when=WHEN)[RECORDAL]

    text = text_of(client_as(actors.user("tto")).get(page_of(task)))

    assert "截止2027-03-01 24:00（暂定，2027年节假日安排公布后确定）" in text


def test_sheet_names_what_is_missing_and_takes_it(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[REGISTRATION]
    client = client_as(actors.user("tto"))
    assert "尚缺：卖方地区码、买方地区码。" in text_of(client.get(page_of(task)))

    given = {
        "version": task.version,
        "project_name": "示例焊接变形控制方法",
        "contract_kind": "patent_license",
        "giver_district": "450202",
        "taker_district": "450203",
    }
    saved = client.post(page_of(task, "sheet"), given)

    assert saved.url == page_of(task)
    page = client.get(page_of(task))
    assert page.context["missing"] == []
    rows = rows_of(client.get(f"{page_of(task)}sheet.xlsx"))
    assert ["卖方地区码", "450202", "补填"] in rows
    assert ["合同类别", "专利实施许可", ""] in rows
    assert ["合同总金额（元）", "300000.00", ""] in rows


def test_g26_end_past_the_patent_stands_on_the_field(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    client = client_as(actors.user("tto"))

    given = {"version": task.version, "ends_on": "2031-11-04", "territory": "全国"}
    page = client.post(page_of(task, "sheet"), given)

    form = page.context["form"]
    assert "E-PS-01" in str(form.errors["ends_on"])
    assert form["territory"].value() == "全国"
    assert "许可期限不得超过专利权有效期（2030-04-30）。" in text_of(page)


def test_application_and_outcome_by_the_forms(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    client = client_as(actors.user("tto"))
    assert buttons_of(client.get(page_of(task))) == ["登记已提交申请"]

    given = {"version": task.version, "submitted_on": "2026-11-20"}
    blocked = client.post(
        page_of(task, "submission"), {**given, "blockers": ["pledged"]}
    )
    assert "存在不予备案的情形：已质押且质权人未同意。" in text_of(blocked)
    client.post(page_of(task, "submission"), given)

    task.refresh_from_db()
    assert task.status == "submitted"
    outcome = {"version": task.version, "done_on": "2026-11-20", "number": "X20261"}
    upload = SimpleUploadedFile("备案通知.docx", word_file("备案"))
    lacking = client.post(page_of(task, "completion"), outcome)
    assert "请填写或者上传证明文件。" in text_of(lacking)
    client.post(page_of(task, "completion"), {**outcome, "paper": upload})

    task.refresh_from_db()
    assert (task.status, task.number, task.file.name) == (
        "done",
        "X20261",
        "备案通知.docx",
    )
    page = client_as(actors.user("ent")).get(page_of(task))
    assert "备案通知.docx" in text_of(page)
    file = client_as(actors.user("ent")).get(f"/files/{task.file.pk}/")
    assert file.status_code == 200
    assert client_as(actors.user("tto2")).get(
        f"/files/{task.file.pk}/"
    ).status_code == (404)


def test_upload_survives_a_refused_outcome(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[RECORDAL]
    task = submit(actors, task, when=WHEN)
    client = client_as(actors.user("tto"))
    upload = SimpleUploadedFile("备案通知.docx", word_file("备案"))

    refused = client.post(
        page_of(task, "completion"),
        {"version": task.version, "done_on": "2026-11-20", "paper": upload},
    )

    assert "请填写或者上传备案号。" in text_of(refused)
    assert "已上传：备案通知.docx" in text_of(refused)
    kept = refused.context["form"]["paper_id"].value()
    client.post(
        page_of(task, "completion"),
        {
            "version": task.version,
            "done_on": "2026-11-20",
            "number": "X20261",
            "paper_id": kept,
        },
    )
    task.refresh_from_db()
    assert task.status == "done"


def test_refusal_reopening_and_waiver_by_the_forms(actors: Cast, client_as):
    task = submit(actors, make_tasks(actors, when=WHEN)[RECORDAL], when=WHEN)
    office, approver = client_as(actors.user("tto")), client_as(actors.user("apv"))

    office.post(
        page_of(task, "refusal"), {"version": task.version, "reason": "缺少身份证明"}
    )
    task.refresh_from_db()
    page = office.get(page_of(task))
    assert buttons_of(page) == ["重新办理"]
    assert "理由：缺少身份证明" in text_of(page)
    assert buttons_of(approver.get(page_of(task))) == ["确认无需办理"]
    empty = approver.post(page_of(task, "waiver"), {"version": task.version})
    assert "请写明理由。" in text_of(empty)
    approver.post(
        page_of(task, "waiver"), {"version": task.version, "reason": "专利已放弃"}
    )
    task.refresh_from_db()
    assert task.status == "not_needed"
    office.post(
        page_of(task, "reopening"), {"version": task.version, "reason": "恢复权利"}
    )
    task.refresh_from_db()
    assert task.status == "todo"
    assert "理由：恢复权利" in text_of(office.get(page_of(task)))


def test_act_that_is_not_due_leads_back(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)[RECORDAL]

    answer = client_as(actors.user("tto")).get(page_of(task, "completion"))

    assert answer.url == page_of(task)


def test_taxes_are_ticked_off_on_their_page(actors: Cast, client_as):
    task = make_tasks(actors, when=WHEN)["tax_and_accounts"]
    client = client_as(actors.user("fin"))

    refused = client.post(
        page_of(task, "completion"),
        {"version": task.version, "done_on": "2026-11-20", "checklist": ["ledger"]},
    )
    assert "不适用的请在说明中写明。" in text_of(refused)
    client.post(
        page_of(task, "completion"),
        {
            "version": task.version,
            "done_on": "2026-11-20",
            "checklist": ["ledger"],
            "note": "其余不适用",
        },
    )

    page = client.get(page_of(task))
    assert page.context["checklist"][-1] == ("职务科技成果单列管理台账已更新", True)


def test_agreement_shows_its_tasks_to_both_sides(actors: Cast, client_as):
    agreement = make_agreement(actors, when=WHEN)
    task = make_tasks(actors, case=subject_of(agreement), when=WHEN)[RECORDAL]

    for reader in ("tto", "ent"):
        page = client_as(actors.user(reader)).get(f"/my/agreements/{agreement.pk}/")
        assert page_of(task) in text_of(page)


def test_case_shows_its_tasks_to_the_team_without_links(actors: Cast, client_as):
    case = signed_case(actors, EmpowermentMode.M4)
    make_tasks(actors, "D-22", mode="M4", case=subject_of(case), when=WHEN)

    office = text_of(client_as(actors.user("tto")).get(f"/my/grants/{case.pk}/"))
    team = text_of(client_as(actors.user("res")).get(f"/my/grants/{case.pk}/"))

    assert "一次性许可合同（" in office
    assert "/my/recordal/" in office
    assert "专利实施许可备案" in team
    assert "/my/recordal/" not in team


def reported(cast: Cast) -> None:
    tasks = make_tasks(cast, when=WHEN)
    complete(cast, submit(cast, tasks[REGISTRATION], when=WHEN), when=WHEN)
    complete(cast, tasks["filing"], when=WHEN, number="")


def test_bureau_reads_what_was_reported(actors: Cast, client_as):
    make_tasks(actors, case="demo.Case:2", place=2, when=WHEN)
    bureau = client_as(actors.user("stb"))
    assert "还没有报备的合同" in text_of(bureau.get("/desk/contracts/"))

    reported(actors)

    page = bureau.get("/desk/contracts/")
    assert [line.registration_number for line in page.context["lines"]] == [
        "2026450000001"
    ]
    rows = rows_of(bureau.get("/desk/contracts/contracts.xlsx"))
    assert rows[2] == [
        actors.unit.name,
        "先使用后付费技术许可合同（示例焊接变形控制方法）",
        "专利实施许可",
        "柳州示例理工大学；柳州示例机械有限公司",
        "300000.00",
        "无",
        "2026-11-05",
        "2026-11-05",
        "2031-11-04",
        "2026450000001",
        "无",
    ]
    assert bureau.get("/desk/contracts/?q=没有").context["lines"] == []
    assert client_as(actors.user("pla")).get("/desk/contracts/").status_code == 404


def test_unit_has_the_list_of_its_contracts(actors: Cast, client_as):
    make_tasks(actors, when=WHEN)
    client = client_as(actors.user("apv"))

    page = client.get("/my/recordal/contracts/")

    assert [line.contract.number for line in page.context["lines"]] == ["HT-2026-0001"]
    assert len(rows_of(client.get("/my/recordal/contracts.xlsx"))) == 3
    other = client_as(actors.user("tto2")).get("/my/recordal/contracts/")
    assert other.context["lines"] == []
