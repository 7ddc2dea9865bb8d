"""Drafts of a notice, their submission and the form check."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client

from cms.notices import actions
from cms.notices.models import (
    Notice,
    NoticePage,
)
from cms.parties.models import User
from cms.rules.notices import (
    NoticeKind,
    NoticeState,
)
from cms.rules.violations import RuleViolation, RuleViolations
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    make_announcement,
    make_attachment,
    make_draft,
    make_open,
    page_of,
)

WHEN = at("2026-09-25 10:00")


NEGOTIATED = NoticeKind.NEGOTIATED


def test_only_the_transfer_office_drafts(actors: Cast) -> None:
    for person in ("apv", "res", "tto2", "pla", "ent"):
        with pytest.raises(RuleViolation) as refused:
            actions.create_notice(
                actors.unit.pk, NEGOTIATED, by=actors.actor(person), at=WHEN
            )
        assert refused.value.code == "E-ST-02"
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


def test_draft_keeps_no_character_that_nobody_sees(actors: Cast) -> None:
    """Else a price might be read as another than the one that is hashed."""
    notice = make_draft(
        actors,
        when=WHEN,
        title=" 示例\u202e成果\u200b\n公示 ",
        floor_price="\u202e0001\u202c元",
        transferor="甲\r\n挂牌底价/基准价：1元",
        description="第一行\u2028\r\n第二行\u3000尾\x07",
    )

    assert notice.title == "示例成果 公示"
    assert notice.values["floor_price"] == "0001元"
    assert notice.values["transferor"] == "甲 挂牌底价/基准价：1元"
    assert notice.values["description"] == "第一行\n第二行\u3000尾"


def test_announcement_keeps_no_character_that_nobody_sees(actors: Cast) -> None:
    row = make_announcement(actors, when=WHEN, title="示例\u202e公告\u2069")

    assert row.title == "示例公告"


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

    assert refused.value.code == "E-ST-04"


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

    assert refused.value.code == "E-ST-02"


def test_b01_submission_lists_what_is_missing(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN, bid_rule="", guarantee="")

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert refused.value.violations[0].message == (
        "信息不完整，缺少：担保方式及额度、出价规则。"
    )
    assert Notice.objects.get().status == NoticeState.DRAFT


@pytest.mark.parametrize("planned", [date(2027, 9, 26), date.max])
def test_planned_end_that_lies_years_ahead_is_refused(
    actors: Cast, client_as: Callable[[User], Client], planned: date
) -> None:
    notice = make_draft(actors, when=WHEN, planned=planned)

    with time_machine.travel(WHEN, tick=False):
        page = client_as(actors.user("tto")).get(f"/my/notices/{notice.pk}/edit/")
    with pytest.raises(RuleViolation) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    told = "计划截止日过晚：现在发布的公示最迟可定于2027-09-25 24:00届满。"
    assert (refused.value.code, refused.value.message) == ("E-NP-05", told)
    assert refused.value.field == "planned_close_on"
    assert f"{told}（E-NP-05）" in page.content.decode()


def test_planned_end_may_be_a_year_ahead(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN, planned=date(2027, 9, 25))

    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert Notice.objects.get().status == NoticeState.AWAITING_REVIEW


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+08:06", "9999-12-31T23:59-09:00"]
)
def test_instant_that_no_calendar_holds_counts_as_missing(
    actors: Cast, moment: str
) -> None:
    notice = make_draft(actors, NoticeKind.AUCTION, when=WHEN, auction_at=moment)

    with pytest.raises(RuleViolations) as refused:
        actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    assert [one.message for one in refused.value.violations] == [
        "信息不完整，缺少：拍卖时间。"
    ]


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

    assert refused.value.code == "E-NP-01"
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
    assert refused.value.code == "E-ST-01"


def test_b02_rejection_needs_a_reason_and_publishes_nothing(actors: Cast) -> None:
    notice = make_draft(actors, when=WHEN)
    actions.submit_notice(notice, by=actors.actor("tto"), at=WHEN)

    with pytest.raises(RuleViolation) as refused:
        actions.reject_notice(notice, reason=" ", by=actors.actor("pla"), at=WHEN)
    assert refused.value.code == "E-LS-06"
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

    assert refused.value.code == code


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
