"""Extension (OT-23), change as a new notice (T-15, OT-40), immutability (E-NT-02)."""

import pytest
from django.db import Error, transaction

from cms.core.models import EvidenceEntry, PrivateFile
from cms.core.subjects import subject_of
from cms.notices.actions import (
    decide_change,
    decide_extension,
    request_change,
    request_extension,
    save_draft,
)
from cms.notices.models import Notice, NoticePage
from cms.rules.notices import ChangeKind, NoticeKind, NoticeState
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at, make_open
from tests.factories.supply import make_file

OPENED = at("2026-09-25 10:00")
DURING = at("2026-10-08 09:00")


@pytest.fixture
def notice(actors: Cast) -> Notice:
    return make_open(actors, NoticeKind.NEGOTIATED, when=OPENED)


@pytest.fixture
def consent(actors: Cast) -> PrivateFile:
    return make_file(actors.actor("tto"), actors.unit)


def extend(
    cast: Cast, notice: Notice, consent: PrivateFile, *, days: int, when: str
) -> Notice:
    asked = request_extension(
        notice,
        days=days,
        reason="示例理由",
        consent=consent,
        by=cast.actor("tto"),
        at=at(when),
    )
    decide_extension(asked, approve=True, reason="", by=cast.actor("pla"), at=at(when))
    return Notice.objects.get(pk=notice.pk)


def close_of(notice: Notice) -> str:
    assert notice.close_at is not None
    return format_close(notice.close_at)


def test_c04_c05_two_extensions_add_exactly_and_a_third_is_refused(
    actors: Cast, notice: Notice, consent: PrivateFile
) -> None:
    assert close_of(notice) == "2026-10-10 24:00"

    notice = extend(actors, notice, consent, days=7, when="2026-10-09 10:00")
    assert close_of(notice) == "2026-10-17 24:00"
    notice = extend(actors, notice, consent, days=7, when="2026-10-16 10:00")
    assert close_of(notice) == "2026-10-24 24:00"

    with pytest.raises(RuleViolation) as refused:
        extend(actors, notice, consent, days=1, when="2026-10-20 10:00")
    assert str(refused.value) == "E-XT-02 单个交易延长公示不得超过2次。"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"days": 8}, "E-XT-01", id="eight_days"),
        pytest.param({"values": {"proposed_price": "480000"}}, "E-XT-03", id="c07"),
        pytest.param({"consent": None}, "E-XT-04", id="c08"),
        pytest.param({"at": at("2026-10-11 00:00")}, "E-XT-05", id="at_the_close"),
    ],
)
def test_extension_is_refused(
    actors: Cast,
    notice: Notice,
    consent: PrivateFile,
    changes: dict[str, object],
    code: str,
) -> None:
    asked = {
        "days": 7,
        "reason": "示例理由",
        "consent": consent,
        "by": actors.actor("tto"),
        "at": DURING,
    }

    with pytest.raises(RuleViolation) as refused:
        request_extension(notice, **(asked | changes))

    assert refused.value.code == code
    notice.refresh_from_db()
    assert close_of(notice) == "2026-10-10 24:00"


def test_b16_listing_is_not_extended(actors: Cast, consent: PrivateFile) -> None:
    listing = make_open(actors, NoticeKind.LISTING, when=OPENED)

    with pytest.raises(RuleViolation) as refused:
        request_extension(
            listing,
            days=7,
            reason="示例理由",
            consent=consent,
            by=actors.actor("tto"),
            at=DURING,
        )

    assert str(refused.value) == "E-XT-06 仅协议定价公示可以延长。"


def test_change_ends_the_notice_and_starts_a_new_one(
    actors: Cast, notice: Notice
) -> None:
    asked = request_change(
        notice,
        ChangeKind.REPLACE,
        reason="示例理由",
        by=actors.actor("tto"),
        at=DURING,
    )

    successor = decide_change(
        asked, approve=True, reason="", by=actors.actor("pla"), at=DURING
    )

    notice.refresh_from_db()
    assert notice.status == NoticeState.TERMINATED
    assert successor is not None
    assert successor.predecessor_id == notice.pk
    assert (successor.status, successor.close_at) == (NoticeState.DRAFT, None)
    assert successor.values == notice.values


def test_b14_change_after_the_close_is_refused(actors: Cast, notice: Notice) -> None:
    with pytest.raises(RuleViolation) as refused:
        request_change(
            notice,
            ChangeKind.REPLACE,
            reason="示例理由",
            by=actors.actor("tto"),
            at=at("2026-10-11 00:00"),
        )

    assert str(refused.value) == "E-CH-02 已超过可申请变更（终止）的阶段。"


def test_published_notice_is_not_changed(actors: Cast, notice: Notice) -> None:
    with pytest.raises(RuleViolation) as refused:
        save_draft(
            notice,
            title="改",
            values=notice.values,
            planned_close_on=None,
            by=actors.actor("tto"),
            at=DURING,
        )

    assert refused.value.code == "E-NT-02"
    notice.refresh_from_db()
    notice.title = "改"
    with pytest.raises(RuleViolation):
        notice.save()
    with pytest.raises(RuleViolation):
        notice.delete()


def test_published_notice_is_not_changed_past_the_models(notice: Notice) -> None:
    for title in ("改", ""):
        with pytest.raises(Error), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(title=title)
    with pytest.raises(Error), transaction.atomic():
        Notice.objects.filter(pk=notice.pk)._raw_delete("default")

    assert Notice.objects.get(pk=notice.pk).title == "示例成果公示"


def test_publication_leaves_evidence_with_the_hash_of_the_text(
    notice: Notice,
) -> None:
    entries = EvidenceEntry.objects.filter(subject=subject_of(notice))

    hashed = [e.kind for e in entries if notice.sha256 in e.payload.values()]
    assert hashed == ["notice.publish", "notice.open_venue"]
    assert NoticePage.objects.get(number=notice.number).live
