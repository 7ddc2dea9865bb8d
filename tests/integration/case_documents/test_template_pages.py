"""The author's desk in the browser's terms: upload, faults, proposal, decision."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from lxml import etree

from cms.case_documents import actions
from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.templates_in_use import version_in_use
from tests.conftest import Cast
from tests.factories.case_documents import make_full_case
from tests.factories.notices import at
from tests.factories.templates import MANIFEST, changed, propose, upload
from tests.unit.assembly.hostile_uploads import UPLOADS

WHEN = at("2026-11-20 09:00")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DESK = "/desk/templates/"

pytestmark = pytest.mark.usefixtures("templates")


@pytest.fixture
def office(actors: Cast, client_as):
    return client_as(actors.user("tto"))


@pytest.fixture
def bureau(actors: Cast, client_as):
    return client_as(actors.user("stb"))


def send(client, content: bytes, manifest: str = "", instrument: str = "D-22"):
    files = {"document": SimpleUploadedFile("D-22.docx", content, WORD)}
    if manifest:
        files["manifest"] = SimpleUploadedFile("D-22.toml", manifest.encode())
    posted = {"instrument": instrument, **files}
    return client.post(f"{DESK}upload/", posted, follow=True)


def text_of(response) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_list_shows_version_day_path_and_papers(actors: Cast, office):
    case = make_full_case(actors, when=WHEN)
    actions.assemble_paper(case, "D-22", salt="0" * 32, by=actors.actor("tto"), at=WHEN)

    row = re.search(
        r"<tr><th[^>]*><a[^>]*>D-22 .*?</tr>", office.get(DESK).content.decode()
    )[0]

    cells = re.sub(r"<[^>]+>", "|", row)
    assert re.findall(r"[^|]+", cells) == [
        "D-22 一次性许可合同",
        "2026.1",
        "2026-01-01",
        "快速",
        "1",
        "0",
    ]


def test_faults_are_shown_at_once_with_place_and_quoted_text(office):
    response = send(office, changed("｛｛ unit.name ｝｝，{{ unit.nmae }}"))

    shown = text_of(response)
    assert "3处问题" in shown
    assert "E-AL-03" in shown
    assert "变量“unit.nmae”没有登记，是否应为“name”。" in shown
    assert re.search(
        r"正文 第\d+段：“｛｛ unit\.name ｝｝，\{\{ unit\.nmae \}\}”", shown
    )
    assert "提交批准</button>" not in response.content.decode()


def test_commented_copy_opens_and_holds_the_comments(office):
    send(office, changed("｛｛ unit.name ｝｝，{{ unit.nmae }}"))
    draft = TemplateDraft.objects.get()

    response = office.get(f"{DESK}drafts/{draft.pk}/commented.docx")

    document = Document(io.BytesIO(response.content))
    comments = next(
        part
        for part in document.part.package.iter_parts()
        if part.partname == "/word/comments.xml"
    )
    root = etree.fromstring(comments.blob)
    told = ["".join(one.itertext()) for one in root.iter(f"{W}comment")]
    assert [one.split()[0] for one in told] == ["E-AL-03", "E-AL-03", "E-AL-01"]
    assert response["Content-Type"] == WORD


@pytest.mark.parametrize("name", list(UPLOADS)[1::9])
def test_hostile_upload_is_told_and_never_served_back(name, office):
    build, codes = UPLOADS[name]

    response = send(office, build())

    draft = TemplateDraft.objects.get()
    assert response.status_code == 200
    assert codes <= {one["code"] for one in draft.faults}
    assert "提交批准</button>" not in response.content.decode()
    commented = office.get(f"{DESK}drafts/{draft.pk}/commented.docx")
    assert commented.status_code == (200 if draft.is_readable else 302)


def test_sound_upload_goes_from_draft_to_use_by_two_people(
    actors: Cast, office, bureau
):
    page = send(office, changed())
    draft = TemplateDraft.objects.get()
    assert "没有发现问题" in text_of(page)
    assert "双方确认已经通读全文。" in text_of(page)
    actions.run_deep_check(draft)
    page = office.get(f"{DESK}drafts/{draft.pk}/")
    assert "任意两项的全部搭配" in text_of(page)

    posted = {"version": "2026.2", "valid_from": "2027-01-01", "note": "补充说明"}
    page = office.post(f"{DESK}drafts/{draft.pk}/propose/", posted, follow=True)
    assert "已提交，由另一人批准后开始使用。" in text_of(page)
    made = TemplateVersion.objects.get(status="proposed")

    page = bureau.get("/desk/")
    assert "文书模板" in text_of(page)
    page = bureau.post(f"{DESK}versions/{made.pk}/approve/", follow=True)
    assert "已批准，开始使用。" in text_of(page)
    assert version_in_use("D-22") == made


def test_refused_proposal_keeps_what_was_typed(actors: Cast, office):
    draft = upload(actors.actor("tto"), when=WHEN)
    posted = {"version": "2026.1", "valid_from": "2027-01-01", "note": "改了第三条"}

    page = office.post(f"{DESK}drafts/{draft.pk}/propose/", posted)

    shown = page.content.decode()
    assert page.status_code == 409
    assert "版本号2026.1已经用过" in shown
    assert "改了第三条</textarea>" in shown
    assert 'value="2027-01-01"' in shown


def test_proposer_is_refused_the_approval(actors: Cast, bureau):
    made = propose(actors.actor("stb"), when=WHEN)

    page = bureau.post(f"{DESK}versions/{made.pk}/approve/")

    assert page.status_code == 409
    assert "E-ST-03" in text_of(page)
    made.refresh_from_db()
    assert made.status == "proposed"


def test_rejection_without_reason_is_refused_and_with_one_is_shown(
    actors: Cast, office, bureau
):
    made = propose(actors.actor("tto"), when=WHEN)
    reject = f"{DESK}versions/{made.pk}/reject/"

    page = bureau.post(reject, {"reason": ""})
    assert (page.status_code, "E-CD-07" in text_of(page)) == (409, True)
    bureau.post(reject, {"reason": "与第三条重复。"})

    shown = text_of(office.get(f"{DESK}D-22/"))
    assert "未批准" in shown
    assert "与第三条重复。" in shown


def test_manifest_of_another_instrument_is_refused_in_words(office):
    other = MANIFEST.replace('instrument = "D-22"', 'instrument = "D-23"')

    page = send(office, changed(), other)

    assert "清单写的是文书D-23，所选的是文书D-22" in text_of(page)


def test_same_file_twice_is_told(actors: Cast, office):
    propose(actors.actor("tto"), when=WHEN)

    page = send(office, changed())

    assert "E-CD-02" in text_of(page)


def test_upload_without_file_or_of_an_unknown_instrument_is_refused(office):
    assert office.post(f"{DESK}upload/", {"instrument": "D-22"}).status_code == 422
    assert send(office, changed(), instrument="D-999").status_code == 422
    assert send(office, b"").status_code == 422
    assert TemplateDraft.objects.count() == 0


def test_manifest_that_is_no_text_is_refused(office):
    files = {
        "document": SimpleUploadedFile("a.docx", changed(), WORD),
        "manifest": SimpleUploadedFile("a.toml", b"\xff\xfe\x00"),
    }

    page = office.post(f"{DESK}upload/", {"instrument": "D-22", **files})

    assert "清单须为UTF-8编码的文本文件。" in page.content.decode()


def test_version_page_tells_clauses_questions_and_outline(actors: Cast, office):
    row = version_in_use("D-22")

    shown = text_of(office.get(f"{DESK}versions/{row.pk}/"))

    assert "其他共有人的同意 必备“赋权·成果有其他共有人”为是" in shown
    assert "unit.credit_code" in shown
    assert "§ object 标的、内容和要求" in shown


def test_files_of_a_version_are_downloaded(actors: Cast, office):
    row = version_in_use("D-22")

    word = office.get(f"{DESK}versions/{row.pk}/template.docx")
    manifest = office.get(f"{DESK}versions/{row.pk}/manifest.toml")

    assert word.content == bytes(row.content)
    assert manifest.content.decode() == row.manifest
    assert "attachment" in manifest["Content-Disposition"]


def test_difference_of_two_versions_by_clause_and_as_tracked_changes(
    actors: Cast, office
):
    before = version_in_use("D-22")
    made = propose(actors.actor("tto"), when=WHEN)
    url = f"{DESK}versions/{made.pk}/difference/{before.pk}/"

    shown = office.get(url).content.decode()
    redline = office.get(f"{url}redline.docx")

    assert '<ins class="diff-new">双方确认已经通读全文。</ins>' in shown
    assert "文字（1处）" in shown
    root = Document(io.BytesIO(redline.content)).element
    added = ["".join(one.itertext()) for one in root.iter(f"{W}ins")]
    assert "双方确认已经通读全文。" in "".join(added)


def test_difference_of_versions_of_two_instruments_is_not_found(actors: Cast, office):
    one, other = version_in_use("D-22"), version_in_use("D-23")

    page = office.get(f"{DESK}versions/{one.pk}/difference/{other.pk}/")

    assert page.status_code == 404


def test_sample_shows_the_paper_of_invented_data(actors: Cast, office):
    row = version_in_use("D-22")

    shown = text_of(office.get(f"{DESK}versions/{row.pk}/sample/"))

    assert "柳州示例名称1号" in shown
    assert "第一条" in shown


def test_impact_links_papers_within_reach_and_counts_the_others(
    actors: Cast, client_as, office, bureau
):
    case = make_full_case(actors, when=WHEN)
    by = actors.actor("tto")
    paper = actions.assemble_paper(case, "D-22", salt="0" * 32, by=by, at=WHEN)
    before = version_in_use("D-22")
    added = MANIFEST.replace(
        "[[clauses]]",
        '[variables.extra]\ntype = "text"\nlabel = "补充约定"\nrequired = true\n'
        'group = "G-LIC"\n[[clauses]]',
        1,
    )
    draft = actions.upload_draft(
        actions.Upload("D-22", changed("补充约定：{{ extra }}"), added), by=by, at=WHEN
    )
    assert [one["code"] for one in draft.faults] == []
    assert draft.changes["asked"] == [["extra", "补充约定：补充约定"]]
    url = f"{DESK}versions/{before.pk}/impact/"

    own = office.get(url).content.decode()
    foreign = text_of(client_as(actors.user("tto2")).get(url))

    assert f"/my/papers/grant/{case.pk}/{paper.pk}/" in own
    assert "有1份是其他单位的案件" in foreign
    assert "有1份是其他单位的案件" in text_of(bureau.get(url))
    assert "按使用中的版本组装" in own


def test_impact_tells_what_a_new_version_would_still_ask(actors: Cast, office):
    case = make_full_case(actors, when=WHEN)
    by = actors.actor("tto")
    actions.assemble_paper(case, "D-22", salt="0" * 32, by=by, at=WHEN)
    before = version_in_use("D-22")
    made = propose(actors.actor("tto"), when=WHEN)

    waiting = text_of(office.get(f"{DESK}versions/{before.pk}/impact/"))
    actions.approve_template(made, by=actors.actor("stb"), at=WHEN)
    after = text_of(office.get(f"{DESK}versions/{before.pk}/impact/"))

    assert "批准后可以按新版本重新组装，原版本保留。" in waiting
    assert "可以按新版本重新组装，原版本保留。" in after
    assert "版本2026.2待批准" in waiting
    assert "现在使用版本2026.2" in after


def test_foreign_proposal_and_draft_are_not_found(actors: Cast, client_as):
    made = propose(actors.actor("tto"), when=WHEN)
    draft = upload(actors.actor("tto"), when=WHEN, sentence="另一句。")
    foreign = client_as(actors.user("tto2"))
    colleague = client_as(actors.user("tto1b"))

    version, kept = f"{DESK}versions/{made.pk}/", f"{DESK}drafts/{draft.pk}/"

    assert foreign.get(version).status_code == 404
    assert "2026.2" not in text_of(foreign.get(f"{DESK}D-22/"))
    assert colleague.get(version).status_code == 200
    assert {one.get(kept).status_code for one in (foreign, colleague)} == {404}


def test_discarded_draft_is_gone(actors: Cast, office):
    draft = upload(actors.actor("tto"), when=WHEN)

    office.post(f"{DESK}drafts/{draft.pk}/discard/")

    assert TemplateDraft.objects.count() == 0


def test_running_check_shows_how_far_it_is(actors: Cast, office):
    send(office, changed())
    draft = TemplateDraft.objects.get()
    TemplateDraft.objects.update(deep_done=25, deep_total=43)

    shown = office.get(f"{DESK}drafts/{draft.pk}/").content.decode()

    assert "正在逐一组装各种情形：25 / 43" in shown
    assert '<progress value="25" max="43">' in shown


def test_check_that_died_with_its_process_may_be_started_again(actors: Cast, office):
    send(office, changed())
    draft = TemplateDraft.objects.get()
    TemplateDraft.objects.update(deep_started_at=at("2026-01-01 09:00"))

    shown = office.get(f"{DESK}drafts/{draft.pk}/").content.decode()

    assert "检查已中断。" in shown
    assert "重新检查</button>" in shown
