"""A published notice is fixed: evidence, immutability (E-NT-02)."""

import pytest
from django.db import Error, transaction

from cms.core.models import EvidenceEntry
from cms.core.subjects import subject_of
from cms.notices.actions import (
    save_draft,
)
from cms.notices.models import Notice, NoticePage
from cms.rules.notices import NoticeKind
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import at, make_open

OPENED = at("2026-09-25 10:00")
DURING = at("2026-10-08 09:00")


@pytest.fixture
def notice(actors: Cast) -> Notice:
    return make_open(actors, NoticeKind.NEGOTIATED, when=OPENED)


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
