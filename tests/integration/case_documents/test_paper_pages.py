"""Papers in the room: assembled, read, downloaded, compared; every view logged."""

import io
import re
import zipfile

import pytest

from cms.case_documents.models import Paper
from cms.core import answers as sheets
from cms.core.models import EvidenceEntry
from tests.conftest import Cast
from tests.factories.case_documents import full_answers, make_full_case
from tests.factories.notices import at

WHEN = at("2026-11-20 09:00")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def case(templates, actors: Cast):
    return make_full_case(actors, when=WHEN)


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.people["tto"])


def url(case, rest=""):
    return f"/my/papers/grant/{case.pk}/{rest}"


def assemble(client, case, *instruments):
    return client.post(url(case, "assemble/"), {"instrument": instruments})


def answer(cast, case, **changes):
    sheet = sheets.get_sheet(case)
    answers = {**sheets.read(sheet), **changes}
    by = cast.actor("tto")
    sheets.write(case, answers, version=sheet.version, by=by, at=WHEN)


def readings():
    rows = EvidenceEntry.objects.filter(kind="paper.read").order_by("pk")
    return [
        re.search(r'"form": ?"(\w+)"', str(row.payload).replace("'", '"'))[1]
        for row in rows
    ]


def test_all_ready_papers_are_assembled_at_once(case, office):
    text = office.get(url(case)).content.decode()
    ready = re.findall(r'<input type="hidden" name="instrument" value="([^"]+)"', text)

    answered = office.post(url(case, "assemble/"), {"instrument": ready}, follow=True)

    assert f"已组装{len(ready)}份文书。" in answered.content.decode()
    assert list(Paper.objects.values_list("number", flat=True)) == [1] * len(ready)
    assert "本案需要的文书已经齐备。" in answered.content.decode()


def test_paper_is_downloaded_as_attachment_and_logged(case, office):
    assemble(office, case, "D-22")
    paper = Paper.objects.get()

    answer = office.get(url(case, f"{paper.pk}/paper.docx"))

    assert answer["Content-Type"] == WORD
    assert answer["Content-Disposition"].startswith("attachment;")
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert len(answer.content) == paper.size
    assert readings() == ["docx"]


def test_page_shows_text_reasons_and_articles(case, office):
    assemble(office, case, "D-22")
    paper = Paper.objects.get()

    text = office.get(url(case, f"{paper.pk}/")).content.decode()

    assert "一次性许可合同" in text
    assert "叁佰" in text or "元整" in text
    assert "没有写入的条款" in text
    assert 'class="article-link"' in text
    assert readings() == ["page"]


def test_each_clause_says_beside_itself_why_it_stands(case, office):
    assemble(office, case, "D-22")
    paper = Paper.objects.get()

    text = office.get(url(case, f"{paper.pk}/")).content.decode()

    reasons = {one["name"]: one for one in paper.reasons}
    on = [name for name, one in reasons.items() if one["is_on"]]
    assert len(on) > 45
    for name in on:
        assert text.count(f'id="clause-{name}"') == 1, name
        assert f'href="#clause-{name}"' in text
    start = text.index('id="clause-arbitration"')
    why = text[start : text.index("</details>", start)]
    assert "“通用条款·争议解决方式”为“仲裁”" in why
    assert "<dt>通用条款·争议解决方式</dt><dd>仲裁" in why
    assert f'href="{url(case, "ask/terms/")}#id_terms.dispute"' in why
    assert "仲裁法" in why


def test_two_versions_are_compared_by_clause_and_as_tracked_changes(
    case, office, actors
):
    assemble(office, case, "D-22")
    license_ = {**full_answers("M4")["license"], "fee": "2300000.00"}
    answer(actors, case, license=license_)
    assert "已有新版本可组装" in office.get(url(case)).content.decode()
    assemble(office, case, "D-22")
    newer = Paper.objects.get(number=2)

    text = office.get(url(case, f"{newer.pk}/difference/")).content.decode()
    marked = office.get(url(case, f"{newer.pk}/difference/redline.docx"))

    assert (
        '金额（小写）<del class="diff-old">300,000.00</del>'
        '<ins class="diff-new">2,300,000.00</ins>元'
    ) in text
    assert '<span class="status warn">重要</span>' in text
    body = zipfile.ZipFile(io.BytesIO(marked.content)).read("word/document.xml")
    assert b"<w:ins " in body
    assert b"<w:del " in body
    assert "许可·许可费（元）</a>：" in text
    assert "3000000.00</del> → " in text or "</del> → <ins" in text
    first = Paper.objects.get(number=1)
    assert first.status == "superseded"
    assert office.get(url(case, f"{first.pk}/difference/")).status_code == 404


def test_paper_that_cannot_be_made_is_refused_in_words(templates, actors, office):
    case = make_full_case(actors, when=WHEN, without=("license",))

    refused = assemble(office, case, "D-01", "D-22")

    assert refused.status_code == 422
    assert "E-AS-01" in refused.content.decode()
    assert f'href="{url(case, "ask/license/")}#id_license.fee"' in (
        refused.content.decode()
    )
    assert Paper.objects.count() == 0


def test_without_an_office_program_the_page_says_how(case, office, monkeypatch):
    monkeypatch.setattr("cms.case_documents.pdf.find_program", lambda: None)
    assemble(office, case, "D-22")
    paper = Paper.objects.get()

    answer = office.get(url(case, f"{paper.pk}/paper.pdf"))

    assert answer.status_code == 503
    assert "怎样得到 PDF" in answer.content.decode()


def test_supplement_is_marked_as_such(case, office, actors):
    terms = {**full_answers("M4")["terms"], "supplement": "双方每季度会商一次。"}
    answer(actors, case, terms=terms)
    assemble(office, case, "D-01")
    paper = Paper.objects.get()

    text = office.get(url(case, f"{paper.pk}/")).content.decode()

    assert "补充条款" in text
    assert "双方每季度会商一次。" in text


def test_papers_of_a_case_are_of_its_unit_alone(case, office, actors, client_as):
    assemble(office, case, "D-22")
    paper = Paper.objects.get()
    paths = ("", "paper.docx", "paper.pdf", "difference/", "difference/redline.docx")

    for name in ("tto2", "ent", "stb", "pla", "auditor"):
        client = client_as(actors.people[name])
        for path in paths:
            assert client.get(url(case, f"{paper.pk}/{path}")).status_code == 404
    researcher = client_as(actors.people["res"])
    assert researcher.get(url(case, f"{paper.pk}/")).status_code == 200
    assert assemble(researcher, case, "D-22").status_code == 404


def test_paper_of_another_case_is_not_found_under_this_one(case, office, actors):
    other = make_full_case(actors, when=WHEN)
    assemble(office, other, "D-22")
    paper = Paper.objects.get()

    assert office.get(url(case, f"{paper.pk}/paper.docx")).status_code == 404


def test_overview_asks_the_same_queries_with_one_paper_or_all(
    case, office, django_assert_num_queries
):
    office.get(url(case))
    with django_assert_num_queries(QUERIES):
        office.get(url(case))
    ready = [
        "D-01",
        "D-02",
        "D-03",
        "D-04",
        "D-04b",
        "D-05",
        "D-98",
        "D-06",
        "D-06b",
        "D-07",
        "D-08",
        "D-11",
        "D-22",
    ]
    assemble(office, case, *ready)
    with django_assert_num_queries(QUERIES):
        office.get(url(case))


QUERIES = 16
