"""Room and desk of notices through the browser's requests, without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.core.models import EvidenceEntry
from cms.notices.models import Announcement, Extension, Notice, NoticePage
from cms.parties.models import User
from cms.rules.notices import FieldKind, NoticeKind, NoticeState, fields_of
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_approved,
    make_draft,
    make_open,
    page_of,
    values_for,
    word_file,
)

SignIn = Callable[[User], Client]
NOW = at("2026-10-12 10:00")


@pytest.fixture(autouse=True)
def on_october_12() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def said(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_room_is_for_the_units_office(
    client: Client, actors: Cast, client_as: SignIn
) -> None:
    notice = make_draft(actors, when=NOW, title="草稿题目")
    path = f"/my/notices/{notice.pk}/"

    assert client.get(path).status_code == 302
    assert "草稿题目" in said(client_as(actors.user("tto")).get("/my/notices/"))
    assert client_as(actors.user("apv")).get(path).status_code == 200
    for person in ("res", "tto2", "ent", "pla"):
        stranger = client_as(actors.user(person))
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"{path}edit/").status_code == 404
        assert stranger.post(f"{path}step/", {"step": "delete"}).status_code == 404
        assert "草稿题目" not in said(stranger.get("/my/notices/"))
    for person in ("pla", "stb"):
        desk = client_as(actors.user(person))
        assert desk.get(f"/desk/notices/{notice.pk}/").status_code == 404
        assert "草稿题目" not in said(desk.get("/desk/notices/all/"))
    for person in ("tto", "ent", "res"):
        assert client_as(actors.user(person)).get("/desk/notices/").status_code == 404


def test_choosing_a_kind_leads_to_its_fields(actors: Cast, client_as: SignIn) -> None:
    office = client_as(actors.user("tto"))

    asked = said(office.get("/my/notices/new/"))
    response = office.post(
        "/my/notices/new/", {"kind": "negotiated", "owner": actors.unit.pk}
    )

    assert "15个自然日" in asked
    notice = Notice.objects.get()
    assert response["Location"] == f"/my/notices/{notice.pk}/edit/"
    form = said(office.get(response["Location"]))
    for spec in fields_of("negotiated"):
        assert f">{spec.label}" in form
    assert form.count("2026-10-27 24:00") == 2  # both venues, if opened now
    foreign = {"kind": "negotiated", "owner": actors.other_unit.pk}
    assert office.post("/my/notices/new/", foreign).status_code == 200
    assert Notice.objects.count() == 1


def typed(notice: Notice, **changes: str) -> dict[str, str]:
    values = values_for(NoticeKind(notice.kind))
    for spec in fields_of(notice.kind):
        if spec.kind is FieldKind.INSTANT:
            values[spec.name] = "2027-06-01T09:00"
    return {"title": "示例", "version": str(notice.version), **values, **changes}


def test_draft_is_kept_then_submitted(actors: Cast, client_as: SignIn) -> None:
    office = client_as(actors.user("tto"))
    notice = make_draft(actors, NoticeKind.AUCTION, when=NOW)
    path = f"/my/notices/{notice.pk}/edit/"

    saved = office.post(path, typed(notice, place="会展中心", deposit="", save="1"))
    notice = Notice.objects.get()
    assert saved.status_code == 302
    assert notice.values["place"] == "会展中心"
    assert notice.values["auction_at"] == "2027-06-01T09:00:00+08:00"
    refused = said(office.post(path, typed(notice, deposit="", submit="1")))
    assert "信息不完整，缺少：保证金。" in refused
    assert 'href="#id_deposit"' in refused
    assert "E-LS-01" in refused
    notice = Notice.objects.get()
    sent = office.post(path, typed(notice, submit="1"))
    assert sent["Location"] == f"/my/notices/{notice.pk}/"
    assert Notice.objects.get().status == NoticeState.AWAITING_REVIEW


def test_refused_submission_keeps_the_upload(actors: Cast, client_as: SignIn) -> None:
    office = client_as(actors.user("tto"))
    notice = make_draft(actors, when=NOW)
    file = SimpleUploadedFile("说明.docx", word_file("正文"))

    office.post(
        f"/my/notices/{notice.pk}/edit/",
        {**typed(notice, guarantee="", submit="1"), "file": file},
    )

    notice = Notice.objects.get()
    assert notice.status == NoticeState.DRAFT
    assert [row.name for row in notice.attachments.all()] == ["说明.docx"]
    shown = said(office.get(f"/my/notices/{notice.pk}/edit/"))
    row = notice.attachments.get()
    assert f"/my/notices/{notice.pk}/files/{row.file_id}/" in shown
    assert (
        office.get(f"/my/notices/{notice.pk}/files/{row.file_id}/").status_code == 200
    )
    member = client_as(actors.user("res"))
    path = f"/my/notices/{notice.pk}/files/{row.file_id}/"
    assert member.get(path).status_code == 404
    removed = typed(notice, remove=str(row.pk))
    office.post(f"/my/notices/{notice.pk}/edit/", removed)
    assert notice.attachments.count() == 0


def test_two_people_editing_one_draft(actors: Cast, client_as: SignIn) -> None:
    notice = make_draft(actors, when=NOW)
    form = typed(notice, title="先", save="1")
    client_as(actors.user("tto")).post(f"/my/notices/{notice.pk}/edit/", form)

    late = client_as(actors.user("tto1b")).post(
        f"/my/notices/{notice.pk}/edit/", {**form, "title": "后"}
    )

    assert "已被他人更新，请刷新后重试。" in said(late)
    assert Notice.objects.get().title == "先"


def test_desk_checks_publishes_suspends_and_resumes(
    actors: Cast, client_as: SignIn
) -> None:
    office, desk = client_as(actors.user("tto")), client_as(actors.user("pla"))
    notice = make_draft(actors, when=NOW, title="示例挂牌")
    office.post(f"/my/notices/{notice.pk}/edit/", typed(notice, submit="1"))
    path = f"/desk/notices/{notice.pk}/"

    def step(name: str, **more: str) -> str:
        version = str(Notice.objects.get().version)
        form = {"step": name, "version": version, **more}
        return said(desk.post(f"{path}step/", form, follow=True))

    assert "应办结：2026-10-19 24:00" in said(desk.get("/desk/notices/"))
    rejected = step("review", reject="1")
    assert '驳回须填写理由。 <span class="error-code">E-LS-06</span>' in rejected
    assert '<a class="article-link" href="/policies/guideline-4/#art-7-3">' in rejected
    assert "形式审查通过，可以发布。" in step("review", approve="1")
    assert "W-OT-03" in said(desk.get(path))
    assert "现在发布的届满时间：2026-10-27 24:00" in said(desk.get(path))
    assert "已在公开平台发布，届满时间2026-10-27 24:00。" in step("publish")
    assert '请填写理由。 <span class="error-code">E-NP-02</span>' in step(
        "suspend", reason=""
    )
    assert "公示已中止，停止计时。" in step("suspend", reason="收到异议")
    assert Notice.objects.get().status == NoticeState.SUSPENDED
    assert "公示已恢复" in step("resume", reason="异议办结")
    assert page_of(notice.__class__.objects.get()).state == "open"
    kinds = EvidenceEntry.objects.filter(kind__startswith="notice.")
    assert list(kinds.values_list("kind", flat=True)) == [
        "notice.submit",
        "notice.approve",
        "notice.publish",
        "notice.suspend",
        "notice.resume",
    ]


def test_double_submit_of_a_step_is_told_and_harmless(
    actors: Cast, client_as: SignIn
) -> None:
    desk = client_as(actors.user("pla"))
    notice = make_approved(actors, when=NOW)
    form = {"step": "publish", "version": str(notice.version)}

    desk.post(f"/desk/notices/{notice.pk}/step/", form)
    again = desk.post(f"/desk/notices/{notice.pk}/step/", form, follow=True)

    assert '<span class="error-code">E-ST-01</span>' in said(again)
    assert NoticePage.objects.count() == 1


def test_overdue_form_check_is_marked(actors: Cast, client_as: SignIn) -> None:
    from cms.notices.actions import submit_notice

    notice = make_draft(actors, when=NOW)
    submit_notice(notice, by=actors.actor("tto"), at=NOW)

    with time_machine.travel(at("2026-10-20 00:00"), tick=False):
        desk = client_as(actors.user("stb"))
        assert "超期" in said(desk.get("/desk/notices/"))
        assert "超期 1 件" in said(desk.get("/desk/"))


def test_extension_through_room_and_desk(actors: Cast, client_as: SignIn) -> None:
    office, desk = client_as(actors.user("tto")), client_as(actors.user("pla"))
    price = {"proposed_price": "500000元"}
    notice = make_open(actors, NoticeKind.NEGOTIATED, when=NOW, **price)
    path = f"/my/notices/{notice.pk}/extension/"

    def form(**changes: object) -> dict[str, object]:
        file = SimpleUploadedFile("同意书.docx", word_file("同意"))
        return {"days": "7", "reason": "补充材料", "consent": file, **price, **changes}

    changed = said(office.post(path, form(proposed_price="480000元")))
    assert "延长公示期限不得变更公示内容。" in changed
    no_consent = {"days": "7", "reason": "补充材料", **price}
    assert "未取得交易相对方同意。" in said(office.post(path, no_consent))
    assert "每次延长不得超过7日。" in said(office.post(path, form(days="8")))
    assert office.post(path, form()).status_code == 302
    extension = Extension.objects.get()
    consent = f"/desk/notices/{notice.pk}/files/{extension.consent_id}/"
    assert desk.get(consent).status_code == 200
    desk.post(
        f"/desk/notices/{notice.pk}/step/",
        {"step": "decide_extension", "request": extension.pk, "approve": "1"},
    )
    assert Notice.objects.get().close_at == at("2026-11-04 00:00")


def test_change_through_room_and_desk(actors: Cast, client_as: SignIn) -> None:
    office, desk = client_as(actors.user("tto")), client_as(actors.user("pla"))
    notice = make_open(actors, when=NOW)
    form = {"kind": "replace", "reason": "价格调整"}

    office.post(f"/my/notices/{notice.pk}/change/", form)
    request = notice.change_requests.get()
    desk.post(
        f"/desk/notices/{notice.pk}/step/",
        {"step": "decide_change", "request": request.pk, "approve": "1"},
    )

    successor = Notice.objects.get(predecessor=notice)
    shown = said(office.get(f"/my/notices/{successor.pk}/edit/"))
    assert "变更 GS-2026-0001" in shown


def test_unit_notice_is_checked_and_published_in_the_unit(
    actors: Cast, client_as: SignIn
) -> None:
    office, approver = client_as(actors.user("tto")), client_as(actors.user("apv"))
    notice = make_draft(actors, NoticeKind.EMPOWERMENT, when=NOW)
    office.post(f"/my/notices/{notice.pk}/edit/", typed(notice, submit="1"))
    step = f"/my/notices/{notice.pk}/step/"

    own = office.post(step, {"step": "review", "approve": "1"}, follow=True)
    assert (
        '提交人不得审核本人提交的事项。 <span class="error-code">E-ST-03</span>'
        in said(own)
    )
    approver.post(step, {"step": "review", "approve": "1"})
    office.post(step, {"step": "publish"})

    notice = Notice.objects.get()
    assert (notice.status, notice.number) == (NoticeState.OPEN, "NG-2026-0001")
    assert notice.close_at == at("2026-10-28 00:00")


def test_announcement_needs_two_people(actors: Cast, client_as: SignIn) -> None:
    writer, other = client_as(actors.user("stb")), client_as(actors.user("stb2"))
    form = {"kind": "general", "title": "示例公告", "body": "正文"}
    path = writer.post("/desk/notices/announcements/new/", form)["Location"]
    edited = {"title": "示例公告", "body": "新正文", "version": "1"}
    writer.post(path, edited)
    writer.post(f"{path}step/", {"step": "submit", "version": "2"})

    own = writer.post(f"{path}step/", {"step": "publish"}, follow=True)
    assert (
        '提交人不得审核本人提交的事项。 <span class="error-code">E-ST-03</span>'
        in said(own)
    )
    other.post(f"{path}step/", {"step": "publish"})

    row = Announcement.objects.get()
    assert (row.number, row.body) == ("GG-2026-0001", "新正文")
    late = writer.post(path, {"title": "改", "body": "改"})
    assert late.status_code == 200
    assert Announcement.objects.get().body == "新正文"


@pytest.mark.parametrize(
    ("address", "without", "whole"),
    [
        ("/desk/notices/?sort=1", "/desk/notices/", "查看全部公示审查"),
        ("/desk/notices/?page=x", "/desk/notices/", "查看全部公示审查"),
        ("/desk/notices/all/?state=gone", "/desk/notices/all/", "查看全部公示"),
        ("/desk/notices/all/?state=open&q=1", "/desk/notices/all/?state=open", ""),
        ("/desk/notices/announcements/?kind=deal", "/desk/notices/announcements/", ""),
    ],
)
def test_desk_lists_refuse_a_parameter_they_do_not_know(
    actors: Cast, client_as: SignIn, address: str, without: str, whole: str
) -> None:
    answer = client_as(actors.user("pla")).get(address)

    assert answer.status_code == 400
    assert "筛选参数有误" in said(answer)
    assert f'href="{without}">去掉这个参数' in said(answer)
    assert whole in said(answer)
