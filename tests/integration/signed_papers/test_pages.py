"""Pages of signed copies: whose they are, what they offer, what they log (AS-10)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cms.core.models import EvidenceEntry
from cms.empowerment.models import EmpowermentCase
from cms.recordal.models import RecordalTask
from cms.signed_papers.models import SignedPaper
from tests.factories.notices import at
from tests.factories.recordal import complete
from tests.factories.signed_papers import (
    CLOSED,
    OPENED,
    assembled,
    file,
    make_signable_case,
    signed_pdf,
    upload,
)

MADE, WHEN = at("2026-11-18 09:00"), at("2026-11-19 10:00")


@pytest.fixture
def case(templates, actors):
    return make_signable_case(actors, opened=at(OPENED), closed=at(CLOSED))


def readings():
    rows = EvidenceEntry.objects.filter(kind="signed_paper.read").order_by("pk")
    return [row.payload["form"] for row in rows if "form" in row.payload]


def test_upload_compare_withdraw_in_the_room(case, actors, client_as):
    paper = assembled(actors, case, "D-22", when=MADE)
    office = client_as(actors.people["tto"])
    url = f"/my/papers/grant/{case.pk}/"
    assert "上传签署件" in office.get(f"{url}{paper.pk}/").text

    wrong = SimpleUploadedFile("图.png", b"not a picture")
    refused = office.post(f"{url}{paper.pk}/signed/", {"files": wrong})
    assert (refused.status_code, "E-FL-02" in refused.text) == (422, True)

    body = signed_pdf(paper)
    sent = office.post(
        f"{url}{paper.pk}/signed/", {"files": SimpleUploadedFile("签.pdf", body)}
    )
    signed = SignedPaper.objects.get()
    page = office.get(sent["Location"])
    assert "文字与组装的第1版没有差异" in page.text
    assert page.context["form"].initial["conclusion"] == "as_assembled"
    assert "签署件：待核对" in office.get(url).text
    assert "尚未归档的签署件" in office.get(f"{url}{paper.pk}/signed/").text
    for reader, status in (("apv", 200), ("res", 200), ("tto2", 404), ("stb", 404)):
        got = client_as(actors.people[reader]).get(sent["Location"])
        assert got.status_code == status, reader
    form = client_as(actors.people["apv"]).get(sent["Location"])
    assert "确认并归档" not in form.text

    empty = office.post(f"{sent['Location']}withdraw/", {"version": signed.version})
    assert empty.status_code == 302
    signed.refresh_from_db()
    assert signed.status == "to_compare"
    office.post(
        f"{sent['Location']}withdraw/", {"version": signed.version, "reason": "选错"}
    )
    signed.refresh_from_db()
    assert (signed.status, signed.closing_reason) == ("withdrawn", "选错")


def test_errors_stand_on_their_fields_and_nothing_typed_is_lost(
    case, actors, client_as
):
    paper = assembled(actors, case, "D-22", when=MADE)
    signed = upload(actors, paper, when=WHEN, changes={"300,000.00": "230,000.00"})
    office = client_as(actors.people["tto"])
    url = f"/my/papers/grant/{case.pk}/signed/{signed.pk}/"
    page = office.get(url)
    assert [(row.path, row.new) for row in page.context["rows"].values][:1] == [
        ("license.fee", "230000.00")
    ]
    assert (
        '金额（小写）<del class="diff-old">300,000.00</del>'
        '<span class="visually-hidden">，签署文本为：</span>'
        '<ins class="diff-new">230,000.00</ins>元'
    ) in page.text

    typed = {
        "version": signed.version,
        "conclusion": "changed",
        "signed_on": "2026-11-19",
        "effective_on": "2026-11-18",
        "value-0-path": "license.fee",
        "value-0-new": "两元三角四分五",
        "change-0-clause": "第八条",
        "change-0-before": "300,000.00",
        "change-0-after": "手写的<b>数</b>",
        "signatory-0-party": "柳州测试",
        "signatory-0-name": "甲乙丙",
        "signatory-0-capacity": "校长",
    }
    refused = office.post(url, typed)

    assert refused.status_code == 422
    assert 'value="两元三角四分五" aria-invalid="true"' in refused.text
    assert "手写的&lt;b&gt;数&lt;/b&gt;" in refused.text
    assert '<ins class="diff-new">230,000.00</ins>' in refused.text
    assert "<details open><summary>改写这处修改或者加说明</summary>" in refused.text
    assert 'value="甲乙丙"' in refused.text
    signed.refresh_from_db()
    assert signed.status == "to_compare"


def test_other_party_sees_the_filed_copy_of_what_is_shared(case, actors, client_as):
    EmpowermentCase.objects.filter(pk=case.pk).update(enterprise=actors.enterprise)
    grant = assembled(actors, case, "D-11", when=MADE)
    license_ = assembled(actors, case, "D-22", when=MADE)
    first = file(actors, upload(actors, grant, when=WHEN), when=WHEN)
    second = file(actors, upload(actors, license_, when=WHEN), when=WHEN)
    enterprise = client_as(actors.people["ent"])
    url = f"/my/papers/grant/{case.pk}/signed/"

    # D-11 and D-22 are between unit and team; neither is shared with the enterprise.
    assert enterprise.get(f"{url}{first.pk}/").status_code == 404
    assert enterprise.get(f"{url}{second.pk}/file.pdf").status_code == 404
    assert "还没有签署件" in enterprise.get(url).text


def test_bureau_reads_reported_contracts_and_every_view_is_logged(
    case, actors, client_as
):
    grant = assembled(actors, case, "D-11", when=MADE)
    signed = file(actors, upload(actors, grant, when=WHEN), when=WHEN)
    waiting = upload(actors, assembled(actors, case, "D-22", when=MADE), when=WHEN)
    before = len(readings())
    bureau = client_as(actors.people["amr"])
    assert "D-11" not in bureau.get("/desk/filed/").text
    assert bureau.get(f"/desk/filed/{signed.pk}/").status_code == 404
    report = RecordalTask.objects.get(
        contract__case=signed.case, contract__instrument="D-11", kind="filing"
    )
    complete(actors, report, when=WHEN)

    listed = bureau.get("/desk/filed/")
    assert "D-11" in listed.text
    assert "D-22" not in listed.text
    for query, count in (
        ("mode=M4", 1),
        ("mode=M5", 0),
        (f"unit={actors.unit.pk}", 1),
        (f"unit={actors.other_unit.pk}", 0),
        ("from=2026-11-19&until=2026-11-19", 1),
        ("from=2026-11-20", 0),
        ("until=2026-11-18", 0),
        (f"q={case.number}", 1),
        ("q=不存在", 0),
    ):
        page = bureau.get(f"/desk/filed/?{query}").context["page"]
        assert page.paginator.count == count, query
    book = load_workbook(io.BytesIO(bureau.get("/desk/filed/filed.xlsx").getvalue()))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][2] == case.number
    assert bureau.get(f"/desk/filed/{signed.pk}/").status_code == 200
    got = bureau.get(f"/desk/filed/{signed.pk}/file.pdf")
    assert got.content.startswith(b"%PDF-")
    assert bureau.get(f"/desk/filed/{waiting.pk}/").status_code == 404

    assert readings()[before:] == ["page", "pdf"]
    kinds = EvidenceEntry.objects.filter(kind="signed_papers.listed")
    assert kinds.count() == 12
    assert client_as(actors.people["tto"]).get("/desk/filed/").status_code == 404
