"""A long table by Excel: out without personal data, in by a dry run, all or none."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from cms.core import answers as sheets
from tests.conftest import Cast
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
MEMBERS = "rows/team.members/"


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def workbook(office, case, table="team.members"):
    answer = office.get(url(case, f"rows/{table}/rows.xlsx"))
    return load_workbook(io.BytesIO(answer.content))


def upload(office, case, book, rest=MEMBERS):
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("rows.xlsx", stream.getvalue())
    return office.post(url(case, rest), {"file": file})


def cell(sheet, title, row):
    heads = [str(one.value).removesuffix("*") for one in sheet[1]]
    return sheet.cell(row, heads.index(title) + 1)


def token_of(page):
    text = page.content.decode()
    form = {}
    for name in ("version", "rows"):
        rest = text[text.index(f'name="{name}" value="') :]
        form[name] = rest.split('value="')[1].split('"')[0]
    return form


def members(case):
    return sheets.answers_of(case)["team"]["members"]


def test_workbook_holds_the_rows_without_personal_data(case, office):
    book = workbook(office, case)

    sheet = book["明细"]
    known = full_answers("M4")["team"]["members"]
    assert sheet.max_row >= len(known) + 1
    assert cell(sheet, "姓名", 2).value == known[0]["name"]
    assert cell(sheet, "身份证号", 2).value in (None, "")
    assert cell(sheet, "贡献比例", 2).number_format == "@"
    told = [row[0].value for row in book["填写说明"]]
    assert any("个人信息不随文件导出" in one for one in told)


def test_rows_come_back_as_they_were_with_their_personal_data(case, office):
    before = members(case)

    checked = upload(office, case, workbook(office, case))
    assert "没有错误" in checked.content.decode()
    assert members(case) == before
    taken = office.post(url(case, MEMBERS), token_of(checked))

    assert taken.url == url(case, "ask/team/")
    assert members(case) == before


def test_changed_added_and_removed_rows_are_taken_over(case, office):
    book = workbook(office, case)
    sheet = book["明细"]
    cell(sheet, "职称或职务", 2).value = "研究员"
    last = len(members(case)) + 1
    cell(sheet, "姓名", last).value = "周示例"
    cell(sheet, "贡献比例", last).value = "7.5%"

    office.post(url(case, MEMBERS), token_of(upload(office, case, book)))

    first, *_, added = members(case)
    assert first["title"] == "研究员"
    assert (
        first["identity_number"]
        == (full_answers("M4")["team"]["members"][0]["identity_number"])
    )
    assert (added["name"], added["contribution"]) == ("周示例", "7.5")
    assert "identity_number" not in added


def test_every_wrong_cell_is_told_and_nothing_is_taken(case, office):
    before = members(case)
    book = workbook(office, case)
    sheet = book["明细"]
    cell(sheet, "贡献比例", 2).value = "一半"
    cell(sheet, "收益分配比例", 3).value = "101"

    refused = upload(office, case, book)

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "共2处错误，没有导入任何内容" in text
    assert "<td>2</td>" in text
    assert "<td>贡献比例</td>" in text
    assert "<td>3</td>" in text
    assert "<td>收益分配比例</td>" in text
    assert 'name="rows"' not in text
    assert members(case) == before


def test_unknown_choice_and_formula_are_told_with_their_cells(case, office):
    book = workbook(office, case)
    sheet = book["明细"]
    cell(sheet, "成员身份", 2).value = "顾问"
    cell(sheet, "职称或职务", 3).value = "=A1"

    text = upload(office, case, book).content.decode()

    assert "E-XL-09" in text
    assert "E-XL-14" in text


def test_file_that_is_no_workbook_or_lacks_columns_is_refused(case, office):
    file = SimpleUploadedFile("rows.xlsx", b"no workbook")
    refused = office.post(url(case, MEMBERS), {"file": file})
    assert "E-XL-01" in refused.content.decode()
    book = Workbook()
    book.active.title = "明细"
    book.active.append(["姓名"])
    book.active.append(["周示例"])
    assert "E-XL-06" in upload(office, case, book).content.decode()
    assert office.post(url(case, MEMBERS), {}).status_code == 422


def test_j20_rows_read_before_another_saved_are_not_taken(case, office, actors):
    form = token_of(upload(office, case, workbook(office, case)))
    sheet = sheets.get_sheet(case)
    sheets.write(
        case,
        sheets.read(sheet),
        version=sheet.version,
        by=actors.actor("tto1b"),
        at=WHEN,
    )

    refused = office.post(url(case, MEMBERS), form)

    assert refused.status_code == 409
    assert "E-ST-04" in refused.content.decode()


def test_rows_of_another_table_or_forged_ones_are_not_taken(case, office):
    form = token_of(upload(office, case, workbook(office, case)))

    assert office.post(url(case, "rows/ip_items/"), form).status_code == 404
    forged = form | {"rows": form["rows"][:-4] + "AAAA"}
    assert office.post(url(case, MEMBERS), forged).status_code == 404
    assert office.get(url(case, "rows/terms.copies/")).status_code == 404
    assert office.get(url(case, "rows/nothing/")).status_code == 404


def test_long_table_is_not_cut_by_saving_its_page(case, office, actors):
    sheet = sheets.get_sheet(case)
    answers = sheets.read(sheet)
    row = answers["secrets"][0] if answers.get("secrets") else {"name": "参数"}
    answers["secrets"] = [{**row, "name": f"参数{n}"} for n in range(60)]
    sheets.write(case, answers, version=sheet.version, by=actors.actor("tto"), at=WHEN)
    page = office.get(url(case, "ask/secrets/")).content.decode()
    assert "行数较多" in page
    assert "参数59" in page
    assert 'name="secrets-sent"' not in page

    version = sheets.get_sheet(case).version
    saved = office.post(
        url(case, "ask/secrets/"), {"version": version, "action": "exit"}
    )

    assert saved.status_code == 302
    assert len(sheets.answers_of(case)["secrets"]) == 60
