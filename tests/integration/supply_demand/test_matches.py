"""Actions of matching: refusals, timers, intents, scope, queries (FP-08)."""

from datetime import timedelta

import pytest

from cms.core import due
from cms.core.actors import ANONYMOUS
from cms.core.models import DueEvent, EvidenceEntry
from cms.rules.roles import Role
from cms.rules.supply_demand.matching import ContactFacts
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demands import withdraw_demand
from cms.supply_demand.actions.intents import (
    confirm_intent,
    propose_intent,
    return_intent,
)
from cms.supply_demand.actions.matches import (
    accept_match,
    close_match,
    decline_match,
    express_interest_in_demand,
    express_interest_in_offer,
    withdraw_match,
)
from cms.supply_demand.models import Application, Demand, DemandPage, Match
from cms.supply_demand.queries.matches import (
    HIDDEN_NAME,
    count_waiting_matches,
    list_matched_parties,
    list_own_matches,
    view_match,
)
from tests.factories.demands import (
    AT,
    ENTERPRISE_CONTACT,
    INTENT,
    UNIT_CONTACT,
    make_demand,
    make_offer,
)
from tests.factories.parties import (
    make_actor,
    make_enterprise,
    make_unit,
    make_unverified_enterprise,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Pair:
    """An enterprise and a unit, with a person for each."""

    def __init__(self):
        self.enterprise, self.unit = make_enterprise(), make_unit()
        self.ent = make_actor(Role.ENTERPRISE, self.enterprise)
        self.tto = make_actor(Role.TRANSFER_OFFICE, self.unit)

    def interest(self, offer=None, **changes):
        offer = offer or make_offer(self.unit)
        values = {
            "note": "希望试用",
            "contact": ENTERPRISE_CONTACT,
            "by": self.ent,
            "at": AT,
        }
        return express_interest_in_offer(
            offer, self.enterprise, **{**values, **changes}
        )

    def matched(self):
        match = self.interest()
        return accept_match(match, reply="", contact=UNIT_CONTACT, by=self.tto, at=AT)


@pytest.fixture
def pair():
    return Pair()


def code_of(call):
    with pytest.raises((RuleViolation, RuleViolations)) as refused:
        call()
    error = refused.value
    return error.code if isinstance(error, RuleViolation) else error.violations[0].code


def test_interest_refusals(pair):
    offer = make_offer(pair.unit)
    stranger = make_actor(Role.ENTERPRISE)
    unverified = make_unverified_enterprise()
    own = make_actor(Role.ENTERPRISE, pair.unit)
    foreign = make_demand()

    def ask(enterprise=pair.enterprise, **changes):
        values = {
            "note": "希望试用",
            "contact": ENTERPRISE_CONTACT,
            "by": pair.ent,
            "at": AT,
        }
        return express_interest_in_offer(offer, enterprise, **{**values, **changes})

    assert code_of(lambda: ask(by=ANONYMOUS)) == "E-FP-18"
    assert (
        code_of(lambda: ask(unverified, by=make_actor(Role.ENTERPRISE, unverified)))
        == "E-FP-18"
    )
    assert code_of(lambda: ask(by=stranger)) == "E-ST-02"
    assert code_of(lambda: ask(pair.unit, by=own)) == "E-MA-07"
    assert code_of(lambda: ask(note=" ")) == "E-MA-03"
    assert code_of(lambda: ask(note="微信13900139000")) == "E-SE-02"
    assert code_of(lambda: ask(contact=ContactFacts("李示例", ""))) == "E-MA-03"
    assert code_of(lambda: ask(at=offer.valid_until)) == "E-MA-06"
    assert code_of(lambda: ask(demand=foreign)) == "E-MA-06"
    assert Match.objects.count() == 0


def test_interest_in_a_demand_that_left_the_list_is_refused(pair):
    demand = make_demand(pair.enterprise)
    withdraw_demand(demand, "取消", by=pair.ent, at=AT)

    assert (
        code_of(
            lambda: express_interest_in_demand(
                Demand.objects.get(),
                pair.unit,
                note="可以做",
                contact=UNIT_CONTACT,
                by=pair.tto,
                at=AT,
            )
        )
        == "E-MA-06"
    )


def test_duplicate_is_refused_while_the_first_is_open(pair):
    offer = make_offer(pair.unit)
    first = pair.interest(offer)

    assert code_of(lambda: pair.interest(offer)) == "E-MA-01"
    decline_match(first, reply="暂不", by=pair.tto, at=AT)
    second = pair.interest(offer)

    assert list(Match.objects.order_by("pk").values_list("pk", "status")) == [
        (first.pk, "declined"),
        (second.pk, "pending"),
    ]


def test_same_pair_on_the_same_demand_from_the_other_side_is_a_duplicate(pair):
    offer, demand = make_offer(pair.unit), make_demand(pair.enterprise)
    pair.interest(offer, demand=demand)

    assert (
        code_of(
            lambda: express_interest_in_demand(
                Demand.objects.select_related("page", "organization").get(),
                pair.unit,
                note="可以做",
                contact=UNIT_CONTACT,
                by=pair.tto,
                at=AT,
            )
        )
        == "E-MA-01"
    )


def test_each_step_is_its_sides_own(pair):
    match = pair.interest()

    assert (
        code_of(
            lambda: accept_match(
                match, reply="", contact=UNIT_CONTACT, by=pair.ent, at=AT
            )
        )
        == "E-MA-02"
    )
    assert (
        code_of(lambda: decline_match(match, reply="", by=pair.ent, at=AT)) == "E-MA-02"
    )
    assert code_of(lambda: withdraw_match(match, by=pair.tto, at=AT)) == "E-MA-02"
    assert (
        code_of(lambda: withdraw_match(match, by=make_actor(Role.ENTERPRISE), at=AT))
        == "E-ST-02"
    )
    withdraw_match(match, by=pair.ent, at=AT)
    assert Match.objects.get().status == "withdrawn"
    assert DueEvent.objects.get(kind="match.expire").cancelled_at is not None


def test_unverified_responder_cannot_accept(pair):
    match = pair.interest()
    pair.unit.verification = "unverified"
    pair.unit.save()
    match.unit.refresh_from_db()

    assert (
        code_of(
            lambda: accept_match(
                match, reply="", contact=UNIT_CONTACT, by=pair.tto, at=AT
            )
        )
        == "E-FP-18"
    )


def test_accept_releases_contacts_to_the_two_parties_only(pair):
    match = pair.interest()
    assert view_match(match, pair.tto).other_contact is None

    accept_match(match, reply="好", contact=UNIT_CONTACT, by=pair.tto, at=AT)

    fresh = Match.objects.get()
    assert view_match(fresh, pair.tto).other_contact == ENTERPRISE_CONTACT
    assert view_match(fresh, pair.ent).other_contact == UNIT_CONTACT
    for entry in EvidenceEntry.objects.filter(kind__startswith="match."):
        assert "13800000" not in str(entry.payload)
        assert "示例" not in str(entry.payload)
    stranger = make_actor(Role.TRANSFER_OFFICE)
    assert not list_own_matches(stranger).exists()


def test_accept_marks_the_application_of_the_offer(pair):
    match = pair.matched()

    application = Application.objects.get(offer=match.offer)
    assert application.status == "matching"
    assert application.offer.state == "matching"
    assert EvidenceEntry.objects.filter(kind="supply.match").count() == 1


def test_accept_of_a_second_match_leaves_the_marks_alone(pair):
    offer = make_offer(pair.unit)
    accept_match(
        pair.interest(offer), reply="", contact=UNIT_CONTACT, by=pair.tto, at=AT
    )
    other = make_enterprise()
    second = express_interest_in_offer(
        offer,
        other,
        note="也想试用",
        contact=ENTERPRISE_CONTACT,
        by=make_actor(Role.ENTERPRISE, other),
        at=AT,
    )

    accept_match(second, reply="", contact=UNIT_CONTACT, by=pair.tto, at=AT)

    assert EvidenceEntry.objects.filter(kind="supply.match").count() == 1
    assert Match.objects.filter(status="matching").count() == 2


def test_pending_interest_lapses_when_the_demand_leaves_the_list(pair):
    demand = make_demand(pair.enterprise)
    fresh = Demand.objects.select_related("page", "organization").get()
    match = express_interest_in_demand(
        fresh, pair.unit, note="可以做", contact=UNIT_CONTACT, by=pair.tto, at=AT
    )
    assert match.expires_at == DemandPage.objects.get().valid_until

    withdraw_demand(fresh, "取消", by=pair.ent, at=AT + DAY)

    ended = Match.objects.get()
    assert (ended.status, ended.ended_at) == ("expired", AT + DAY)
    assert demand.pk == ended.demand_id


def test_sweep_lapses_an_unanswered_interest(pair):
    match = pair.interest()

    due.sweep(until=match.expires_at - timedelta(seconds=1))
    assert Match.objects.get().status == "pending"
    due.sweep(until=match.expires_at)

    assert Match.objects.get().status == "expired"


def test_anonymous_enterprise_is_hidden_until_it_accepts(pair):
    make_demand(pair.enterprise, is_anonymous=True)
    demand = Demand.objects.select_related("page", "organization").get()
    match = express_interest_in_demand(
        demand, pair.unit, note="可以做", contact=UNIT_CONTACT, by=pair.tto, at=AT
    )
    assert view_match(match, pair.tto).other_name == HIDDEN_NAME

    accept_match(match, reply="", contact=ENTERPRISE_CONTACT, by=pair.ent, at=AT)

    assert view_match(match, pair.tto).other_name == pair.enterprise.name
    assert DemandPage.objects.get().state == "matching"
    assert DemandPage.objects.listed().count() == 1


def test_close_needs_a_reason(pair):
    match = pair.matched()

    assert (
        code_of(lambda: close_match(match, reason="", by=pair.ent, at=AT)) == "E-MA-03"
    )
    close_match(match, reason="改为自研", by=pair.ent, at=AT)

    assert Match.objects.get().closing_reason == "改为自研"
    assert Match.objects.get().status == "closed"


def test_intent_is_drafted_by_one_and_confirmed_by_the_other(pair):
    match = pair.matched()

    record = propose_intent(match, INTENT, by=pair.tto, at=AT)
    assert code_of(lambda: confirm_intent(record, by=pair.tto, at=AT)) == "E-MA-08"
    assert code_of(lambda: return_intent(record, " ", by=pair.ent, at=AT)) == "E-FP-07"
    return_intent(record, "请改有效期", by=pair.ent, at=AT)
    assert code_of(lambda: confirm_intent(record, by=pair.ent, at=AT)) == "E-ST-04"
    again = propose_intent(match, INTENT, by=pair.tto, at=AT + DAY)
    done = confirm_intent(again, by=pair.ent, at=AT + DAY)

    assert (done.pk, done.number, done.status) == (
        record.pk,
        "YX-2026-0001",
        "confirmed",
    )
    assert len(done.sha256) == 64
    assert Match.objects.get().status == "intent_recorded"
    assert (
        code_of(lambda: propose_intent(match, INTENT, by=pair.tto, at=AT)) == "E-ST-01"
    )


def test_changed_text_is_not_confirmed_unread(pair):
    match = pair.matched()
    read = propose_intent(match, INTENT, by=pair.tto, at=AT)
    propose_intent(match, INTENT, by=pair.tto, at=AT + DAY)

    assert code_of(lambda: confirm_intent(read, by=pair.ent, at=AT + DAY)) == "E-ST-04"


def test_intent_before_acceptance_is_refused(pair):
    match = pair.interest()

    assert (
        code_of(lambda: propose_intent(match, INTENT, by=pair.ent, at=AT)) == "E-ST-01"
    )


def test_waiting_counts_what_others_began(pair):
    pair.interest()

    assert count_waiting_matches(pair.tto) == 1
    assert count_waiting_matches(pair.ent) == 0
    assert list(list_matched_parties()) == sorted(
        [pair.enterprise, pair.unit], key=lambda party: party.name
    )
