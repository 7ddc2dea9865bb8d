"""Extension of a negotiated notice (OT-23)."""

import pytest

from cms.core import due
from cms.notices import actions
from cms.notices.models import (
    Extension,
    Notice,
)
from cms.rules.notices import (
    NoticeKind,
    NoticeState,
    RequestState,
    Venue,
)
from cms.rules.violations import RuleViolation
from tests.conftest import Cast
from tests.factories.notices import (
    ask_extension,
    at,
    change,
    extend,
    make_approved,
    make_draft,
    make_open,
    page_of,
    publish,
    values_for,
)

WHEN = at("2026-09-25 10:00")


NEGOTIATED = NoticeKind.NEGOTIATED


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
        ask_extension(actors, notice, at("2026-10-20 10:00"), days=1)

    assert refused.value.code == "E-XT-02"


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
        ask_extension(actors, successor, at("2026-10-15 10:00"))

    assert refused.value.code == "E-XT-02"


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
        ask_extension(actors, notice, at("2026-10-09 10:00"), **changes)

    assert refused.value.code == code
    assert Extension.objects.count() == 0


def test_b16_listing_cannot_be_extended(actors: Cast) -> None:
    notice = make_open(actors, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask_extension(actors, notice, at("2026-09-28 10:00"))

    assert refused.value.code == "E-XT-06"


def test_extension_at_the_close_is_late(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask_extension(actors, notice, at("2026-10-11 00:00"))

    assert refused.value.code == "E-XT-05"


def test_extension_that_would_prolong_no_venue_is_late(actors: Cast) -> None:
    notice = make_approved(actors, NEGOTIATED, when=WHEN)
    notice = publish(actors, notice, Venue.PLATFORM, when=WHEN)
    assert notice.close_at is None  # the unit's own venue is missing (T-12)

    with pytest.raises(RuleViolation) as refused:
        ask_extension(actors, notice, at("2026-10-11 00:00"))

    assert refused.value.code == "E-XT-05"
    ask_extension(actors, notice, at("2026-10-10 23:59"))


def test_extension_of_a_notice_not_open_yet(actors: Cast) -> None:
    notice = make_draft(actors, NEGOTIATED, when=WHEN)

    with pytest.raises(RuleViolation) as refused:
        ask_extension(actors, notice, WHEN)

    assert refused.value.code == "E-ST-01"
    assert Extension.objects.count() == 0


def test_extension_must_be_approved_before_the_close(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask_extension(actors, notice, at("2026-10-10 23:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(
            extension,
            approve=True,
            reason="",
            by=actors.actor("pla"),
            at=at("2026-10-11 00:00"),
        )

    assert refused.value.code == "E-XT-05"


def test_amb36_pending_extension_lapses_at_the_close(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    ask_extension(actors, notice, at("2026-10-10 23:00"))

    assert due.sweep(until=at("2026-10-11 00:00")) == 1

    stored = Extension.objects.get()
    assert stored.status == RequestState.LAPSED
    assert stored.decided_at == at("2026-10-11 00:00")
    assert Notice.objects.get().status == NoticeState.CLOSED


def test_one_extension_waits_at_a_time(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    ask_extension(actors, notice, at("2026-10-09 10:00"))

    with pytest.raises(RuleViolation) as refused:
        ask_extension(actors, notice, at("2026-10-09 11:00"))

    assert refused.value.code == "E-NP-03"


def test_refused_extension_moves_nothing_and_counts_for_nothing(actors: Cast) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask_extension(actors, notice, at("2026-10-09 10:00"))
    pla, when = actors.actor("pla"), at("2026-10-09 11:00")

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(extension, approve=False, reason="", by=pla, at=when)
    assert refused.value.code == "E-LS-06"
    actions.decide_extension(extension, approve=False, reason="不需", by=pla, at=when)

    assert Notice.objects.get().close_at == at("2026-10-11 00:00")
    with pytest.raises(RuleViolation) as twice:
        actions.decide_extension(extension, approve=True, reason="", by=pla, at=when)
    assert twice.value.code == "E-ST-01"


@pytest.mark.parametrize("person", ["tto", "apv", "tto2", "ent"])
def test_extension_is_decided_by_the_platform(actors: Cast, person: str) -> None:
    notice = make_open(actors, NEGOTIATED, when=WHEN)
    extension = ask_extension(actors, notice, at("2026-10-09 10:00"))

    with pytest.raises(RuleViolation) as refused:
        actions.decide_extension(
            extension, approve=True, reason="", by=actors.actor(person), at=WHEN
        )

    assert refused.value.code == "E-ST-02"


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
