"""One notice all the way: extension, change, the new notice's end, certificate."""

import pytest
from django.test import Client

from cms.core import due
from cms.core.evidence.verification import verify
from cms.notices.actions import approve_notice, save_draft, submit_notice
from cms.notices.models import Certificate, Notice
from cms.rules.notices import NoticeKind, NoticeState
from tests.conftest import Cast
from tests.factories.notices import (
    at,
    change,
    extend,
    make_open,
    page_of,
    publish,
    venues_of,
)

pytestmark = pytest.mark.django_db
NEGOTIATED = NoticeKind.NEGOTIATED


def test_notice_is_extended_changed_ended_and_certified(
    actors: Cast, client: Client
) -> None:
    tto, pla = actors.actor("tto"), actors.actor("pla")
    old = make_open(actors, NEGOTIATED, when=at("2026-09-25 10:00"))
    assert old.close_at == at("2026-10-11 00:00")

    old = extend(actors, old, at("2026-10-08 10:00"))
    assert old.close_at == at("2026-10-18 00:00")

    new = change(actors, old, at("2026-10-11 09:00"))
    assert new is not None
    again = at("2026-10-12 09:00")
    save_draft(
        new,
        title="变更后的公示",
        values={**new.values, "proposed_price": "280000元"},
        planned_close_on=None,
        by=tto,
        at=again,
    )
    submit_notice(new, by=tto, at=again)
    approve_notice(new, by=pla, at=again)
    for venue in venues_of(NEGOTIATED):
        new = publish(actors, new, venue, when=again)
    assert new.close_at == at("2026-10-28 00:00")

    # The old notice's timer is gone: neither its first nor its extended close fires.
    assert due.sweep(until=at("2026-10-27 23:59:59")) == 0
    assert due.sweep(until=at("2026-10-28 00:00")) == 1

    old, new = (Notice.objects.get(pk=one.pk) for one in (old, new))
    assert (old.status, old.terminated_at) == (
        NoticeState.TERMINATED,
        at("2026-10-11 09:00"),
    )
    assert (new.status, new.closed_at) == (
        NoticeState.CLOSED,
        at("2026-10-28 00:00"),
    )
    certificate = Certificate.objects.get()
    assert f"公示编号：{new.number}\n" in certificate.text
    assert "2026-10-12 09:00:00发布，2026-10-27 24:00届满" in certificate.text
    shown = client.get(page_of(old).url).content.decode()
    assert new.number in shown
    assert verify().findings == []
