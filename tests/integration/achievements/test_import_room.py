"""The import of achievements in one's own room."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cms.achievements.actions import entries as entry_actions
from cms.achievements.actions.imports import undo_import
from cms.achievements.import_columns import ENTRY_COLUMNS
from cms.achievements.models import Achievement, ImportBatch
from cms.pages.catalog import my_views
from cms.rules.violations import RuleViolation
from tests.factories.achievements import AT, make_entry
from tests.factories.import_workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def tto(actors, client_as):
    return client_as(actors.user("tto"))


def upload(client, unit, content, follow=True):
    file = SimpleUploadedFile("成果.xlsx", content)
    return client.post(
        "/my/achievements/import/", {"unit": unit.pk, "file": file}, follow=follow
    )


def test_dry_run_writes_nothing_and_the_import_writes_all(actors, tto):
    content = workbook(
        {"ledger_number": "T1", "name": "甲"},
        {"ledger_number": "T2", "name": "乙"},
        rights=[{"entry": "T1"}],
    )

    shown = upload(tto, actors.unit, content)
    assert "共 2 项成果，没有错误" in shown.content.decode()
    assert Achievement.objects.count() == 0

    address = shown.redirect_chain[-1][0]
    done = tto.post(address, follow=True)
    assert "已导入2项草稿。" in done.content.decode()
    first = Achievement.objects.get(ledger_number="T1")
    assert (first.status, first.owner, len(first.ip_items)) == (
        "draft",
        actors.unit,
        1,
    )
    again = tto.post(address)
    assert "E-XL-13" in again.content.decode()
    assert Achievement.objects.count() == 2


def test_one_faulty_row_keeps_all_out(actors, tto):
    content = workbook({"ledger_number": "T1"}, {"ledger_number": "T2", "trl": "x"})

    shown = upload(tto, actors.unit, content)
    text = shown.content.decode()
    assert "错误，未写入任何内容" in text
    assert "E-XL-09" in text
    tto.post(shown.redirect_chain[-1][0])

    assert Achievement.objects.count() == 0
    assert ImportBatch.objects.count() == 0


def test_undo_removes_untouched_drafts_only(actors, tto):
    shown = upload(tto, actors.unit, workbook({}))
    tto.post(shown.redirect_chain[-1][0])
    batch = ImportBatch.objects.get()
    by = actors.actor("tto")
    entry = Achievement.objects.get()
    entry_actions.update_entry(entry, {"name": "改过"}, version=1, at=AT)

    with pytest.raises(RuleViolation, match="E-XL-16"):
        undo_import(batch, by=by, at=AT)
    assert Achievement.objects.count() == 1


def test_undo_of_an_import(actors, tto, client_as):
    shown = upload(tto, actors.unit, workbook({}))
    tto.post(shown.redirect_chain[-1][0])
    make_entry(actors.unit, actors.actor("tto"), name="手工录入")
    batch = ImportBatch.objects.get()
    path = f"/my/achievements/import/{batch.pk}/undo/"

    assert client_as(actors.user("tto2")).post(path).status_code == 404
    page = tto.post(path, follow=True).content.decode()
    assert "已撤销导入，删除1项草稿。" in page
    assert [entry.name for entry in Achievement.objects.all()] == ["手工录入"]
    assert "E-XL-16" in tto.post(path, follow=True).content.decode()


def test_foreign_file_and_unit_are_out_of_reach(actors, tto, client_as):
    shown = upload(tto, actors.unit, workbook({}))
    address = shown.redirect_chain[-1][0]
    stranger = client_as(actors.user("tto2"))

    assert stranger.get(address).status_code == 404
    assert upload(stranger, actors.unit, workbook({})).status_code == 422
    assert (
        client_as(actors.user("ent")).get("/my/achievements/import/").status_code == 404
    )


def test_template_and_own_export_are_sent(actors, tto):
    make_entry(actors.unit, actors.actor("tto"), name="=2+3")
    make_entry(actors.other_unit, actors.actor("tto2"), name="别家的")

    template = tto.get("/my/achievements/template.xlsx")
    assert load_workbook(BytesIO(template.content)).sheetnames[0] == "成果"
    book = load_workbook(BytesIO(tto.get("/my/achievements/export.xlsx").content))
    rows = list(book["成果"].values)
    assert [row[0] for row in rows] == ["成果名称*", "'=2+3"]
    assert rows[1][5] == "367 汽车零部件及配件制造"
    assert rows[1][-2:] == ("草稿", None)
    assert list(book["知识产权"].values)[1][3] == "ZL201810123456.5"


def test_own_export_and_next_page_keep_the_filters(actors, tto, monkeypatch):
    by = actors.actor("tto")
    for name in ("风机叶片", "风机塔筒", "水泵叶轮"):
        make_entry(actors.unit, by, name=name)
    monkeypatch.setattr(my_views, "PAGE_SIZE", 1)

    listed = tto.get("/my/achievements/?q=风机&status=draft").content.decode()
    kept = "q=%E9%A3%8E%E6%9C%BA&amp;status=draft"
    assert f'href="?{kept}&amp;page=2"' in listed
    assert f'href="/my/achievements/export.xlsx?{kept}"' in listed
    export = tto.get("/my/achievements/export.xlsx?q=风机&status=draft")
    rows = load_workbook(BytesIO(export.content))["成果"].values
    assert {row[0] for row in rows} == {"成果名称*", "风机叶片", "风机塔筒"}


@pytest.mark.parametrize("name", ["成果.csv", "成果.xls", "成果.pdf", "成果.xlsx"])
def test_file_that_is_no_workbook_is_told_what_to_do(actors, tto, name):
    file = SimpleUploadedFile(name, b"\xd0\xcf\x11\xe0" + b"0" * 600)

    answer = tto.post(
        "/my/achievements/import/", {"unit": actors.unit.pk, "file": file}
    )

    form = answer.context["form"]
    assert answer.status_code == 422
    assert "请先另存为 .xlsx" in form.errors["file"][0]
    assert "E-XL-01" in answer.content.decode()


def test_own_export_comes_back_as_it_was(actors, tto):
    by = actors.actor("tto")
    make_entry(
        actors.unit,
        by,
        name="=半固态+压铸",
        advantage="-40℃至85℃稳定工作\n@室温同样适用",
        contact_phone="+86 772 2660001",
        contact_email="zhang@example.com",
        price_note="'含税'价",
        payment_form="instalments",
    )
    exported = tto.get("/my/achievements/export.xlsx").content
    before = kept(Achievement.objects.get())
    Achievement.objects.all().delete()

    shown = upload(tto, actors.unit, exported)
    tto.post(shown.redirect_chain[-1][0])

    assert kept(Achievement.objects.get()) == before
    assert before["name"] == "=半固态+压铸"


def kept(entry):
    """Return what the columns of the template hold of an entry."""
    fields = {column.field: getattr(entry, column.field) for column in ENTRY_COLUMNS}
    rights = [{name: v for name, v in item.items() if v} for item in entry.ip_items]
    modes = sorted(entry.transfer_modes)
    return fields | {"transfer_modes": modes, "ip_items": rights}
