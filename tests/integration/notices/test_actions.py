"""Each act on a notice, and each refusal of it."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

import pytest

from cms.core import due, private_files
from cms.core.actors import SYSTEM
from cms.core.models import DueEvent, EvidenceEntry, PrivateFile
from cms.notices import actions, gates
from cms.notices.models import (
    ChangeRequest,
    Extension,
    Notice,
    NoticePage,
    Suspension,
)
from cms.notices.signals import notice_closed, notice_published, notice_suspended
from cms.rules.notices import (
    ChangeKind,
    NoticeKind,
    NoticeState,
    RequestState,
    Venue,
)
from cms.rules.violations import RuleViolation, RuleViolations
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_approved,
    make_attachment,
    make_draft,
    make_open,
    page_of,
    publish,
    values_for,
    word_file,
)

WHEN = at("2026-09-25 10:00")
NEGOTIATED = NoticeKind.NEGOTIATED


def consent(cast: Cast, when: datetime = WHEN) -> PrivateFile:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return private_files.store(
        SimpleUploadedFile("同意书.docx", word_file("同意延长")),
        by=cast.actor("tto"),
        owner_id=cast.unit.pk,
        purpose="notice_consent",
        at=when,
    )


def ask(cast: Cast, notice: Notice, when: datetime, **changes: object) -> Extension:
    values: dict[str, object] = {
        "days": 7,
        "reason": "受让人需补充材料",
        "consent": consent(cast),
        "by": cast.actor("tto"),
        "at": when,
        **changes,
    }
    return actions.request_extension(notice, **values)  # type: ignore[arg-type]


def extend(cast: Cast, notice: Notice, when: datetime) -> Notice:
    extension = ask(cast, notice, when)
    actions.decide_extension(
        extension, approve=True, reason="", by=cast.actor("pla"), at=when
    )
    return Notice.objects.get(pk=notice.pk)


def code_of(error: pytest.ExceptionInfo[RuleViolation]) -> str:
    return error.value.code


# Drafts and submission


def test_only_the_transfer_office_drafts(actors: Cast) -> None:
    for person in ("apv", "res", "tto2", "pla", "ent"):
        with pytest.raises(RuleViolation) as refused:
            actions.create_notice(
                actors.unit.pk, NEGOTIATED, by=actors.actor(person), at=WHEN
            )
        assert code_of(refused) == "E-ST-02"
    assert Notice.objects.count() == 0


def test_draft_keeps_what_was_typed_and_drops_unknown_fields(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    actions.save_draft(
        notice,
        title=" 改题 ",
        values={"achievement_name": " 名称 ", "intruder": "x"},
        planned_close_on=date(2026, 10, 20),
        by=actors.actor("tto"),
        at=WHEN,
    )

    stored = Notice.objects.get()
    assert (stored.title, stored.values) == ("改题", {"achievement_name": "名称"})
    assert stored.planned_close_on == date(2026, 10, 20)


def test_stale_draft_is_refused(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    notice.version -= 1

    with pytest.raises(RuleViolation) as refused:
        actions.save_draft(
            notice,
            title="x",
            values={},
            planned_close_on=None,
            by=actors.actor("tto"),
            at=WHEN,
        )

    assert code_of(refused) == "E-ST-04"


def test_another_units_office_cannot_save(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.save_draft(
            notice,
            title="x",
            values={},
            planned_close_on=None,
            by=actors.actor("tto2"),
            at=WHEN,
        )

    assert code_of(refused) == "E-ST-02"


def test_b01_submission_lists_what_is_missing(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN, bid_rule="", guarantee="")

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert refused.value.violations[0].message == (
        "信息不完整，缺少：担保方式及额度、出价规则。"
    )
    assert Notice.objects.get().status == NoticeState.DRAFT


def test_c10_insider_needs_a_statement_in_the_text(actors: Cast) -> None:
    notice = make_draft(actors, NEGOTIATED, when=WHEN, is_insider="yes")

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)
    assert [one.code for one in refused.value.violations] == ["E-OT-07"]

    statement = "受让人法定代表人系完成人配偶"
    told = make_open(
        actors,
        NEGOTIATED,
        when=WHEN,
        is_insider="yes",
        insider_statement=statement,
    )
    assert f"关联关系说明：{statement}\n" in told.text
    assert ["关联关系说明", statement] in page_of(told).facts


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("objection_channel", "请致电13812345678"),
        ("description", "联系人身份证450202198001010016"),
    ],
)
def test_personal_data_is_refused_at_submission(
    actors: Cast, field: str, text: str
) -> None:
    from notation.check_digits import is_identity_number

    digits = "45020219800101001"
    number = next(
        digits + last for last in "0123456789X" if is_identity_number(digits + last)
    )
    text = text.replace("450202198001010016", number)
    notice = make_draft(actors, when=WHEN, **{field: text})

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert [(v.code, v.field) for v in refused.value.violations] == [("E-SE-02", field)]


def test_personal_data_in_an_attachment_is_refused(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    make_attachment(actors, notice, when=WHEN, text="联系电话13812345678")

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert [v.code for v in refused.value.violations] == ["E-SE-02"]


def test_submission_sets_the_check_due_in_five_working_days(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    # 09-25..27 and 10-01..07 are holidays: 09-28, 29, 30, 10-08, 10-09.
    assert notice.review_due_at == at("2026-10-10 00:00")
    assert notice.status == NoticeState.AWAITING_REVIEW


def test_attachments_are_limited_and_detachable(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    first = make_attachment(actors, notice, when=WHEN)
    actions.detach_file(notice, first.pk, by=actors.actor("tto"))
    for _ in range(10):
        make_attachment(actors, notice, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        make_attachment(actors, notice, when=WHEN)

    assert code_of(refused) == "E-NP-01"
    assert notice.attachments.count() == 10


def test_draft_can_be_deleted_until_it_was_submitted(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    make_attachment(actors, notice, when=WHEN)
    actions.delete_draft(notice, by=actors.actor("tto"))
    assert Notice.objects.count() == 0

    other = make_draft(actors, when=WHEN)
    actions.submit_notice(other, by=actors.actor("tto"), at=WHEN)
    actions.reject_notice(other, reason="缺项", by=actors.actor("pla"), at=WHEN)
    actions.revise_notice(other, by=actors.actor("tto"), at=WHEN)
    with pytest.raises(RuleViolation) as refused:
        actions.delete_draft(other, by=actors.actor("tto"))
    assert code_of(refused) == "E-ST-01"


# Form check


def test_b02_rejection_needs_a_reason_and_publishes_nothing(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.reject_notice(notice, reason=" ", by=actors.actor("pla"), at=WHEN)
    assert code_of(refused) == "E-LS-06"
    actions.reject_notice(notice, reason="价格不清", by=actors.actor("pla"), at=WHEN)

    stored = Notice.objects.get()
    assert (stored.status, stored.review_reason) == (NoticeState.REJECTED, "价格不清")
    assert stored.number is None
    assert NoticePage.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "person", "code"),
    [
        (NoticeKind.LISTING, "tto1b", "E-ST-02"),
        (NoticeKind.LISTING, "apv", "E-ST-02"),
        (NoticeKind.LISTING, "tto2", "E-ST-02"),
        (NoticeKind.EMPOWERMENT, "pla", "E-ST-02"),
        (NoticeKind.EMPOWERMENT, "apv2", "E-ST-02"),
        (NoticeKind.EMPOWERMENT, "tto", "E-ST-03"),
    ],
)
def test_wrong_reviewer_is_refused(
    actors: Cast, kind: NoticeKind, person: str, code: str
) -> None:
    notice = make_draft(actors, kind, when=WHEN)
    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.approve_notice(notice, by=actors.actor(person), at=WHEN)

    assert code_of(refused) == code


@pytest.mark.parametrize(
    ("kind", "person"),
    [
        (NoticeKind.LISTING, "pla"),
        (NoticeKind.LISTING, "stb"),
        (NoticeKind.EMPOWERMENT, "apv"),
        (NoticeKind.EMPOWERMENT, "tto1b"),
    ],
)
def test_right_reviewer_passes(actors: Cast, kind: NoticeKind, person: str) -> None:
    notice = make_draft(actors, kind, when=WHEN)
    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    actions.approve_notice(notice, by=actors.actor(person), at=WHEN)

    assert Notice.objects.get().status == NoticeState.AWAITING_PUBLICATION


# Publication


def test_publication_fixes_text_hashes_number_and_evidence(actors: Cast) -> None:
    heard: list[tuple[str, str]] = []

    def listen(notice: Notice, venue: Venue, at: datetime, **kwargs: object) -> None:
        heard.append((notice.number or "", venue))

    notice_published.connect(listen)
    try:
        notice = make_open(actors, when=WHEN)
    finally:
        notice_published.disconnect(listen)

    assert notice.number == "GS-2026-0001"
    assert notice.sha256 == sha256(notice.text.encode()).hexdigest()
    assert len(notice.sm3) == 64
    assert heard == [("GS-2026-0001", "platform")]
    entry = EvidenceEntry.objects.get(kind="notice.publish")
    assert entry.payload["number"] == "GS-2026-0001"
    assert entry.payload["sha256"] == notice.sha256
    assert entry.payload["close_at"] == "2026-10-11T00:00:00+08:00"
    page = page_of(notice)
    assert (page.text, page.sha256, page.state) == (notice.text, notice.sha256, "open")
    assert page.url_path.endswith("/notices/GS-2026-0001/")
    timer = DueEvent.objects.get(kind="notice.close")
    assert timer.due_at == at("2026-10-11 00:00")


def test_unit_notice_gets_no_public_number(actors: Cast) -> None:
    inside = make_open(actors, NoticeKind.REWARD, when=WHEN)
    public = make_open(actors, when=WHEN)

    assert inside.number == "NG-2026-0001"
    assert public.number == "GS-2026-0001"


@pytest.mark.parametrize("person", ["tto", "apv", "tto2", "ent", "admin"])
def test_platform_venue_is_opened_by_the_platform_only(
    actors: Cast, person: str
) -> None:
    notice = make_approved(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor(person), at=WHEN)

    assert code_of(refused) == "E-ST-02"
    assert NoticePage.objects.count() == 0
    assert Notice.objects.get().number is None


def test_publication_without_form_check_is_refused(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert code_of(refused) == "E-ST-01"


def test_venue_opens_once(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert code_of(refused) == "E-ST-01"


def test_unit_notice_never_opens_on_the_platform(actors: Cast) -> None:
    notice = make_approved(actors, NoticeKind.REWARD, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.publish_notice(notice, Venue.PLATFORM, by=actors.actor("pla"), at=WHEN)

    assert code_of(refused) == "E-ST-01"


def test_j17_listing_without_unit_notice_may_go_on(actors: Cast) -> None:
    from cms.notices.overview import overview_of

    notice = make_open(actors, when=WHEN)

    assert [w.code for w in overview_of(notice, WHEN).warnings] == ["W-OT-03"]
    gates.check_may_proceed(notice, at("2026-10-11 00:00"))
    notice = publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))
    assert overview_of(notice, WHEN).warnings == []
    assert notice.close_at == at("2026-10-14 00:00")


# Suspension


def test_suspension_is_for_listing_and_auction_only(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(
            notice, reason="异议", by=actors.actor("pla"), at=at("2026-09-28 10:00")
        )

    assert code_of(refused) == "E-CL-03"


def test_suspension_needs_a_reason_and_the_platform(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(notice, reason=" ", by=actors.actor("pla"), at=WHEN)
    assert code_of(refused) == "E-NP-02"
    with pytest.raises(RuleViolation) as foreign:
        actions.suspend_notice(notice, reason="x", by=actors.actor("tto"), at=WHEN)
    assert code_of(foreign) == "E-ST-02"


def test_d02_suspension_at_the_close_is_late(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.suspend_notice(
            notice, reason="异议", by=SYSTEM, at=at("2026-10-11 00:00")
        )

    assert code_of(refused) == "E-OB-01"
    assert "2026-10-10 24:00" in refused.value.message


def test_d01_suspension_a_second_before_the_close(actors: Cast) -> None:
    heard: list[datetime] = []

    def listen(notice: Notice, at: datetime, **kwargs: object) -> None:
        heard.append(at)

    notice = make_open(actors, when=WHEN)
    notice_suspended.connect(listen)
    try:
        actions.suspend_notice(
            notice, reason="异议", by=SYSTEM, at=at("2026-10-10 23:59:59")
        )
    finally:
        notice_suspended.disconnect(listen)

    assert heard == [at("2026-10-10 23:59:59")]
    assert Notice.objects.get().status == NoticeState.SUSPENDED
    assert DueEvent.objects.get(kind="notice.close").cancelled_at is not None


@pytest.fixture
def two_objections() -> Iterator[None]:
    counter = gates.counts_open_objections(lambda notice: 2)
    yield
    gates._objections.remove(counter)


def test_resumption_waits_for_every_objection(
    actors: Cast, two_objections: None
) -> None:
    notice = make_open(actors, when=WHEN)
    pla = actors.actor("pla")
    actions.suspend_notice(notice, reason="异议", by=pla, at=at("2026-09-28 10:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.resume_notice(notice, reason="x", by=pla, at=at("2026-09-29 10:00"))

    assert code_of(refused) == "E-NT-05"
    with pytest.raises(RuleViolation) as gate:
        gates.check_may_proceed(notice, at("2027-01-01 00:00"))
    assert code_of(gate) == "E-NT-04"


def test_d20_public_page_shows_the_stop_and_not_the_objector(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    actions.suspend_notice(
        notice,
        reason="异议人赵某某称权属有争议",
        by=actors.actor("pla"),
        at=at("2026-09-28 10:00"),
    )

    page = page_of(notice)

    assert page.state == "suspended"
    assert page.stops == [["2026-09-28T10:00:00+08:00", None]]
    assert page.history[-1] == {
        "at": "2026-09-28T10:00:00+08:00",
        "title": "中止",
        "text": "因受理异议，依据附件4第十一条中止，公示期停止计算。",
    }
    assert "赵某某" not in str(page.history)
    assert Suspension.objects.get().reason == "异议人赵某某称权属有争议"


# Extension


def test_c04_two_extensions_add_exactly_seven_days_each(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    notice = extend(actors, notice, at("2026-10-09 10:00"))
    assert notice.close_at == at("2026-10-18 00:00")
    notice = extend(actors, notice, at("2026-10-16 10:00"))

    assert notice.close_at == at("2026-10-25 00:00")
    page = page_of(notice)
    assert page.effective_close_at == at("2026-10-25 00:00")
    assert [days for _, days in page.extensions] == [7, 7]
    assert due.sweep(until=at("2026-10-24 23:59")) == 0
    assert due.sweep(until=at("2026-10-25 00:00")) == 1


def test_c05_third_extension_is_refused(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    notice = extend(actors, notice, at("2026-10-09 10:00"))
    notice = extend(actors, notice, at("2026-10-16 10:00"))

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, at("2026-10-20 10:00"), days=1)

    assert code_of(refused) == "E-XT-02"


def test_extensions_count_through_a_change_of_the_notice(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    notice = extend(actors, notice, at("2026-10-09 10:00"))
    notice = extend(actors, notice, at("2026-10-12 10:00"))
    successor = change(actors, notice, at("2026-10-13 10:00"))
    assert successor is not None
    actions.submit_notice(successor, by=actors.actor("tto"), at=at("2026-10-14 09:00"))
    actions.approve_notice(successor, by=actors.actor("pla"), at=at("2026-10-14 09:00"))
    for venue in (Venue.PLATFORM, Venue.UNIT):
        successor = publish(actors, successor, venue, when=at("2026-10-14 10:00"))

    with pytest.raises(RuleViolation) as refused:
        ask(actors, successor, at("2026-10-15 10:00"))

    assert code_of(refused) == "E-XT-02"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"days": 8}, "E-XT-01"),
        ({"days": 0}, "E-CL-05"),
        ({"consent": None}, "E-XT-04"),
        ({"values": {"proposed_price": "480000元"}}, "E-XT-03"),
        ({"reason": " "}, "E-NP-02"),
    ],
    ids=["too_long", "no_days", "c08_no_consent", "c07_price_changed", "no_reason"],
)
def test_extension_refused(actors: Cast, changes: dict[str, object], code: str) -> None:
    price = {"proposed_price": "500000元"}
    notice = make_open(actors, NEGOTIATED, when=WHEN, **price)
    if "values" in changes:
        changed = {**values_for(NEGOTIATED), "proposed_price": "480000元"}
        changes = {"values": changed}

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, at("2026-10-09 10:00"), **changes)

    assert code_of(refused) == code
    assert Extension.objects.count() == 0


def test_b16_listing_cannot_be_extended(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, at("2026-09-28 10:00"))

    assert code_of(refused) == "E-XT-06"


def test_extension_at_the_close_is_late(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, at("2026-10-11 00:00"))

    assert code_of(refused) == "E-XT-05"


def test_extension_of_a_notice_not_open_yet(actors: Cast) -> None:
    notice = make_draft(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, WHEN)

    assert code_of(refused) == "E-ST-01"
    assert Extension.objects.count() == 0


def test_extension_must_be_approved_before_the_close(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask(actors, notice, at("2026-10-10 23:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(
            extension,
            approve=True,
            reason="",
            by=actors.actor("pla"),
            at=at("2026-10-11 00:00"),
        )

    assert code_of(refused) == "E-XT-05"


def test_amb36_pending_extension_lapses_at_the_close(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    ask(actors, notice, at("2026-10-10 23:00"))

    assert due.sweep(until=at("2026-10-11 00:00")) == 1

    stored = Extension.objects.get()
    assert stored.status == RequestState.LAPSED
    assert stored.decided_at == at("2026-10-11 00:00")
    assert Notice.objects.get().status == NoticeState.CLOSED


def test_one_extension_waits_at_a_time(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    ask(actors, notice, at("2026-10-09 10:00"))

    with pytest.raises(RuleViolation) as refused:
        ask(actors, notice, at("2026-10-09 11:00"))

    assert code_of(refused) == "E-NP-03"


def test_refused_extension_moves_nothing_and_counts_for_nothing(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask(actors, notice, at("2026-10-09 10:00"))
    pla, when = actors.actor("pla"), at("2026-10-09 11:00")

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(extension, approve=False, reason="", by=pla, at=when)
    assert code_of(refused) == "E-LS-06"
    actions.decide_extension(extension, approve=False, reason="不需", by=pla, at=when)

    assert Notice.objects.get().close_at == at("2026-10-11 00:00")
    with pytest.raises(RuleViolation) as twice:
        actions.decide_extension(extension, approve=True, reason="", by=pla, at=when)
    assert code_of(twice) == "E-ST-01"


@pytest.mark.parametrize("person", ["tto", "apv", "tto2", "ent"])
def test_extension_is_decided_by_the_platform(actors: Cast, person: str) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask(actors, notice, at("2026-10-09 10:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(
            extension, approve=True, reason="", by=actors.actor(person), at=WHEN
        )

    assert code_of(refused) == "E-ST-02"


def test_extension_moves_only_the_venue_that_is_open(actors: Cast) -> None:
    notice = make_approved(actors, NEGOTIATED, when=WHEN)
    notice = publish(actors, notice, Venue.PLATFORM, when=WHEN)
    notice = publish(actors, notice, Venue.UNIT, when=at("2026-09-28 10:00"))

    notice = extend(actors, notice, at("2026-10-12 10:00"))

    closes = {row.venue: row.close_at for row in notice.venues.all()}
    assert closes == {
        "platform": at("2026-10-11 00:00"),
        "unit": at("2026-10-21 00:00"),
    }


# Change and end


def change(
    cast: Cast, notice: Notice, when: datetime, kind: ChangeKind = ChangeKind.REPLACE
) -> Notice | None:
    request = actions.request_change(
        notice, kind, reason="价格调整", by=cast.actor("tto"), at=when
    )
    return actions.decide_change(
        request, approve=True, reason="", by=cast.actor("pla"), at=when
    )


def test_t15_change_ends_the_old_and_starts_a_full_period(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    successor = change(actors, notice, at("2026-10-08 10:00"))
    assert successor is not None
    tto, pla = actors.actor("tto"), actors.actor("pla")
    later = at("2026-10-12 09:00")

    actions.save_draft(
        successor,
        title="变更后的公示",
        values={**successor.values, "floor_price": "280000元"},
        planned_close_on=None,
        by=tto,
        at=later,
    )
    actions.submit_notice(successor, by=tto, at=later)
    actions.approve_notice(successor, by=pla, at=later)
    successor = publish(actors, successor, Venue.PLATFORM, when=later)

    old = Notice.objects.get(pk=notice.pk)
    assert (old.status, old.terminated_at) == ("terminated", at("2026-10-08 10:00"))
    assert successor.close_at == at("2026-10-28 00:00")
    assert successor.predecessor_id == old.pk
    old_page, new_page = page_of(old), page_of(successor)
    assert old_page.state == "terminated"
    assert old_page.successor_number == successor.number == "GS-2026-0002"
    assert new_page.predecessor_number == "GS-2026-0001"
    assert due.sweep(until=at("2026-10-27 00:00")) == 0


def test_termination_leaves_no_successor(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    assert change(actors, notice, at("2026-10-08 10:00"), ChangeKind.TERMINATE) is None

    assert Notice.objects.count() == 1
    assert page_of(notice).ended_at == at("2026-10-08 10:00")
    with pytest.raises(RuleViolation) as refused:
        gates.check_may_proceed(Notice.objects.get(), at("2027-01-01 00:00"))
    assert code_of(refused) == "E-ST-01"


@pytest.mark.parametrize("kind", [NoticeKind.LISTING, NEGOTIATED])
def test_b14_change_after_the_close_is_refused(actors: Cast, kind: NoticeKind) -> None:
    notice = make_open(actors, kind, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.request_change(
            notice,
            ChangeKind.REPLACE,
            reason="价格",
            by=actors.actor("tto"),
            at=at("2026-10-11 00:00"),
        )

    assert code_of(refused) == "E-CH-02"


def test_change_granted_after_the_close_is_refused(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    request = actions.request_change(
        notice,
        ChangeKind.TERMINATE,
        reason="撤回",
        by=actors.actor("tto"),
        at=at("2026-10-10 23:00"),
    )

    with pytest.raises(RuleViolation) as refused:
        actions.decide_change(
            request,
            approve=True,
            reason="",
            by=actors.actor("pla"),
            at=at("2026-10-11 00:00"),
        )

    assert code_of(refused) == "E-CH-02"
    assert ChangeRequest.objects.get().status == RequestState.PENDING
    due.sweep(until=at("2026-10-11 00:00"))
    assert ChangeRequest.objects.get().status == RequestState.LAPSED


def test_change_needs_the_bidders_consent(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    counter = gates.counts_missing_consents(lambda notice: 1)
    try:
        with pytest.raises(RuleViolation) as refused:
            change(actors, notice, at("2026-09-29 10:00"))
    finally:
        gates._missing_consents.remove(counter)

    assert code_of(refused) == "E-CH-01"


def test_change_requests_one_at_a_time_with_a_reason(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    tto, when = actors.actor("tto"), at("2026-09-29 10:00")

    with pytest.raises(RuleViolation) as empty:
        actions.request_change(notice, ChangeKind.REPLACE, reason="", by=tto, at=when)
    assert code_of(empty) == "E-NP-02"
    actions.request_change(notice, ChangeKind.REPLACE, reason="x", by=tto, at=when)
    with pytest.raises(RuleViolation) as second:
        actions.request_change(notice, ChangeKind.REPLACE, reason="x", by=tto, at=when)
    assert code_of(second) == "E-NP-04"


def test_unit_notice_is_changed_by_the_units_second_person(actors: Cast) -> None:
    notice = make_open(actors, NoticeKind.REWARD, when=at("2026-10-12 09:00"))
    when = at("2026-10-14 09:00")
    request = actions.request_change(
        notice, ChangeKind.REPLACE, reason="比例调整", by=actors.actor("tto"), at=when
    )

    for person, code in (("tto", "E-ST-03"), ("pla", "E-ST-02"), ("apv2", "E-ST-02")):
        with pytest.raises(RuleViolation) as refused:
            actions.decide_change(
                request, approve=True, reason="", by=actors.actor(person), at=when
            )
        assert code_of(refused) == code
    successor = actions.decide_change(
        request, approve=True, reason="", by=actors.actor("apv"), at=when
    )

    assert successor is not None
    assert successor.status == NoticeState.DRAFT


def test_termination_by_the_rule_on_objections(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)
    actions.suspend_notice(notice, reason="异议", by=SYSTEM, at=at("2026-09-28 10:00"))

    actions.terminate_notice(
        notice,
        ground="异议关联人逾期未提交抗辩依据",
        by=SYSTEM,
        at=at("2026-10-09 00:00"),
    )

    page = page_of(notice)
    assert page.state == "terminated"
    assert page.history[-1]["text"] == "异议关联人逾期未提交抗辩依据"
    assert page.stops == [["2026-09-28T10:00:00+08:00", "2026-10-09T00:00:00+08:00"]]


# Closing


def test_close_is_announced_once(actors: Cast) -> None:
    heard: list[datetime] = []

    def listen(notice: Notice, at: datetime, **kwargs: object) -> None:
        heard.append(at)

    make_open(actors, when=WHEN)
    notice_closed.connect(listen)
    try:
        due.sweep(until=at("2026-12-01 00:00"))
        due.sweep(until=at("2026-12-02 00:00"))
    finally:
        notice_closed.disconnect(listen)

    assert heard == [at("2026-10-11 00:00")]


def test_d17_open_objection_blocks_signing_but_not_the_close(
    actors: Cast, two_objections: None
) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    assert due.sweep(until=at("2026-10-11 00:00")) == 1

    notice = Notice.objects.get(pk=notice.pk)
    assert notice.status == NoticeState.CLOSED
    with pytest.raises(RuleViolation) as refused:
        gates.check_may_proceed(notice, at("2026-10-11 00:00"))
    assert refused.value.message == "存在未办结异议2件，不能进入下一环节。"
