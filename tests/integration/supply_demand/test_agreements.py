"""From an accepted match to the end of the contract (§17.9, FP-09)."""

from decimal import Decimal

import pytest

from cms.core import answers as sheets
from cms.core import due
from cms.core.subjects import subject_of
from cms.payments.actions import PlannedPayment, plan_payments, waive_payment
from cms.payments.signals import contract_settled
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions import agreements
from cms.supply_demand.models import Agreement, AgreementKind
from cms.supply_demand.queries.agreements import get_agreement, list_agreements
from tests.conftest import Cast
from tests.factories.agreements import (
    make_agreement,
    make_match,
    open_notice_of_agreement,
    sign,
)
from tests.factories.notices import at

WHEN = at("2026-11-02 10:00")
CLOSED = at("2026-11-18 00:00")


def refused(act, *arguments, **named):
    with pytest.raises(RuleViolation) as refusal:
        act(*arguments, **named)
    return refusal.value.code


def test_contract_runs_from_match_to_completion(actors: Cast):
    agreement = make_agreement(actors, when=WHEN, answers={"a": "1"})
    assert (agreement.number, agreement.status) == ("HT-2026-0001", "awaiting_notice")
    assert sheets.answers_of(agreement) == {"a": "1"}
    open_notice_of_agreement(actors, agreement, when=WHEN)
    agreement.refresh_from_db()
    assert agreement.status == "notice_open"

    due.sweep(until=CLOSED)
    agreement.refresh_from_db()
    assert agreement.status == "notice_closed"
    agreement = sign(actors, agreement, when=CLOSED)
    assert agreement.status == "signed"
    due.sweep(until=at("2026-12-01 00:00"))
    agreement.refresh_from_db()
    assert agreement.status == "performed"
    contract_settled.send(
        None, contract=subject_of(agreement), by=actors.actor("tto"), at=CLOSED
    )

    agreement.refresh_from_db()
    assert agreement.status == "completed"


def test_contract_that_is_paid_before_its_effect_is_completed_with_it(actors: Cast):
    agreement = make_agreement(actors, when=WHEN)
    open_notice_of_agreement(actors, agreement, when=WHEN)
    due.sweep(until=CLOSED)
    agreement.refresh_from_db()
    agreement = sign(actors, agreement, when=CLOSED)
    row = PlannedPayment(
        kind="other",
        kind_label="其他",
        trigger=PaymentTrigger.EVENT,
        condition="签订",
        amount=Decimal("1.00"),
    )
    by = actors.actor("tto")
    (payment,) = plan_payments(
        agreement, actors.unit, actors.enterprise, [row], by=by, at=CLOSED
    )
    waive_payment(payment, "免", version=1, by=actors.actor("apv"), at=CLOSED)
    agreement.refresh_from_db()
    assert agreement.status == "signed"

    due.sweep(until=at("2026-12-01 00:00"))

    agreement.refresh_from_db()
    assert agreement.status == "completed"


def test_h14_contract_without_a_price_notice_is_refused(actors: Cast):
    agreement = make_agreement(actors, when=WHEN)

    assert refused(sign, actors, agreement, when=CLOSED) == "E-NT-04"


def test_signing_before_the_close_is_refused(actors: Cast):
    agreement = make_agreement(actors, when=WHEN)
    open_notice_of_agreement(actors, agreement, when=WHEN)

    assert refused(sign, actors, agreement, when=at("2026-11-17 23:59")) == "E-NT-04"


def test_unaccepted_match_has_no_contract(actors: Cast):
    match = make_match(actors, when=WHEN, is_accepted=False)

    code = refused(
        agreements.open_agreement,
        match,
        AgreementKind.LICENSE,
        by=actors.actor("tto"),
        at=WHEN,
    )

    assert code == "E-ST-01"


def test_match_has_one_contract_and_the_unit_draws_it_up(actors: Cast):
    agreement = make_agreement(actors, when=WHEN)
    again = agreements.open_agreement
    kind = AgreementKind.USE_TRANSFER

    assert (
        refused(again, agreement.match, kind, by=actors.actor("tto"), at=WHEN)
        == "E-ST-01"
    )
    assert (
        refused(again, agreement.match, kind, by=actors.actor("ent"), at=WHEN)
        == "E-ST-02"
    )


def performed(cast: Cast) -> Agreement:
    agreement = make_agreement(cast, when=WHEN)
    open_notice_of_agreement(cast, agreement, when=WHEN)
    due.sweep(until=CLOSED)
    agreement.refresh_from_db()
    sign(cast, agreement, when=CLOSED)
    due.sweep(until=at("2026-12-01 00:00"))
    agreement.refresh_from_db()
    return agreement


def test_contract_expires_at_the_end_of_its_last_day(actors: Cast):
    agreement = performed(actors)

    due.sweep(until=at("2031-12-01 00:00"))

    agreement.refresh_from_db()
    assert agreement.status == "expired"


def test_rescission_needs_a_reason_and_stops_the_timer(actors: Cast):
    agreement = performed(actors)
    office = actors.actor("tto")

    assert (
        refused(
            agreements.rescind_agreement,
            agreement,
            " ",
            version=agreement.version,
            by=office,
            at=CLOSED,
        )
        == "E-FP-07"
    )
    agreement = agreements.rescind_agreement(
        agreement, "协商解除", version=agreement.version, by=office, at=CLOSED
    )

    assert agreement.status == "rescinded"
    assert not due.is_scheduled(agreements.END, agreement)


def test_only_the_two_parties_see_it(actors: Cast):
    agreement = make_agreement(actors, when=WHEN)

    for name in ("tto", "apv", "fin", "ent"):
        assert get_agreement(actors.actor(name), agreement.pk) == agreement
    for name in ("tto2", "ent3", "stb", "pla", "res"):
        assert list(list_agreements(actors.actor(name))) == []
