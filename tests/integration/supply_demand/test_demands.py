"""Demands from draft to end (§17.9, §20.2)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from cms.core.actors import ANONYMOUS
from cms.core.clock import SHANGHAI
from cms.core.models import EvidenceEntry
from cms.core.pages import ActionOnly
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demand_review import publish_demand
from cms.supply_demand.actions.demands import (
    discard_draft,
    retract_demand,
    save_demand,
    start_demand,
    submit_demand,
)
from cms.supply_demand.models import Demand, DemandPage, DemandSubmission
from cms.supply_demand.queries.demands import facts_of, list_own_demands
from tests.factories.demands import (
    AT,
    PROBLEM,
    demand_facts,
    make_call,
    make_demand,
    make_draft,
    make_submitted,
)
from tests.factories.parties import (
    make_actor,
    make_enterprise,
    make_person,
    make_unverified_enterprise,
)

pytestmark = pytest.mark.django_db


def owner_of(demand):
    return make_actor(Role.ENTERPRISE, demand.organization)


def codes(refused):
    return [(one.code, one.field) for one in refused.value.violations]


def test_submit_numbers_and_freezes_the_form():
    demand = make_submitted()

    demand.refresh_from_db()
    submission = demand.submissions.get()
    assert demand.status == "submitted"
    assert demand.number == "XQ-2026-0001"
    assert submission.sequence == 1
    assert submission.submitted_at == AT
    assert len(submission.sha256) == 64
    assert submission.form_version == "2026-11"
    assert facts_of(submission) == demand_facts(demand.organization)
    assert DemandPage.objects.count() == 0
    entry = EvidenceEntry.objects.get(kind="demand.submit")
    assert entry.payload["sha256"] == submission.sha256


def test_submit_refuses_each_missing_field():
    enterprise = make_enterprise(district="")
    by = make_actor(Role.ENTERPRISE, enterprise)
    demand = start_demand(enterprise, by=by, at=AT)

    with pytest.raises(RuleViolations) as refused:
        submit_demand(demand, by=by, at=AT)

    assert codes(refused) == [
        ("E-DM-01", "size"),
        ("E-DM-01", "district"),
        ("E-DM-01", "industry"),
        ("E-DM-01", "title"),
        ("E-DM-01", "problem"),
        ("E-DM-01", "modes"),
        ("E-DM-01", "contact_name"),
        ("E-DM-01", "contact_phone"),
        ("E-DM-01", "valid_until"),
        ("E-DM-01", "consents_to_publication"),
        ("E-DM-01", "states_truth"),
        ("E-DM-01", "states_secrecy"),
    ]
    assert Demand.objects.get().number == ""
    assert DemandSubmission.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"valid_until": date(2026, 11, 1)}, ("E-DM-02", "valid_until")),
        ({"valid_until": date(2027, 11, 3)}, ("E-DM-02", "valid_until")),
        ({"problem": "太短"}, ("E-DM-03", "problem")),
        ({"industry": "999"}, ("E-DM-07", "industry")),
        ({"modes": ("barter",)}, ("E-DM-07", "modes")),
        ({"problem": PROBLEM + "电话13800138000"}, ("E-SE-02", "problem")),
        ({"indicators": "邮箱 li@example.com"}, ("E-SE-02", "indicators")),
    ],
    ids=["over", "too-long", "short", "industry", "mode", "phone", "email"],
)
def test_submit_refuses_a_bad_field(changes, expected):
    demand = make_draft(**changes)

    with pytest.raises(RuleViolations) as refused:
        submit_demand(demand, by=owner_of(demand), at=AT)

    assert codes(refused) == [expected]


@pytest.mark.parametrize("last", [date(2026, 11, 2), date(2027, 11, 2)])
def test_submit_takes_the_first_and_the_last_day_of_validity(last):
    demand = make_draft(valid_until=last)

    submit_demand(demand, by=owner_of(demand), at=AT)

    assert demand.status == "submitted"


def test_anonymous_demand_refuses_its_own_name_in_the_text():
    enterprise = make_enterprise(name="柳州测试匿名精工有限公司", short_name="匿名精工")
    demand = make_draft(
        enterprise, is_anonymous=True, title="匿名 精工的变形控制", problem=PROBLEM
    )

    with pytest.raises(RuleViolations) as refused:
        submit_demand(demand, by=owner_of(demand), at=AT)

    assert codes(refused) == [("E-DM-04", "title")]


def test_unverified_enterprise_is_refused_with_e_fp_18():
    demand = make_draft(make_unverified_enterprise())

    with pytest.raises(RuleViolation) as refused:
        submit_demand(demand, by=owner_of(demand), at=AT)

    assert refused.value.code == "E-FP-18"


def test_h16_bad_credit_code_is_refused():
    enterprise = make_enterprise(credit_code="91450200MA5N0000X3")
    demand = make_draft(enterprise)

    with pytest.raises(RuleViolation) as refused:
        submit_demand(demand, by=owner_of(demand), at=AT)

    assert refused.value.code == "E-ID-01"


def test_start_is_for_the_enterprise_only():
    enterprise = make_enterprise()

    for actor in (ANONYMOUS, make_actor(Role.ENTERPRISE), make_actor(Role.BUREAU)):
        with pytest.raises(RuleViolation) as refused:
            start_demand(enterprise, by=actor, at=AT)
        assert refused.value.code == "E-ST-02"


def test_save_keeps_the_registered_name_and_refuses_a_stale_copy():
    demand = make_draft()
    by = owner_of(demand)
    forged = demand_facts(demand.organization, enterprise_name="冒名公司")

    saved = save_demand(demand, forged, None, version=demand.version, by=by, at=AT)
    with pytest.raises(RuleViolation) as refused:
        save_demand(demand, forged, None, version=demand.version, by=by, at=AT)

    assert facts_of(saved).enterprise_name == demand.organization.name
    assert refused.value.code == "E-ST-04"


def test_save_is_refused_while_the_bureau_reads():
    demand = make_submitted()

    with pytest.raises(RuleViolation) as refused:
        save_demand(
            demand,
            facts_of(demand),
            None,
            version=Demand.objects.get().version,
            by=owner_of(demand),
            at=AT,
        )

    assert refused.value.code == "E-ST-01"


@pytest.mark.parametrize(
    ("second", "batch", "missed"),
    [(59, "ZJ-2026-0001", ""), (60, "", "ZJ-2026-0001")],
    ids=["last-second", "h22-24:00"],
)
def test_h22_late_entry_goes_to_the_regular_intake(second, batch, missed):
    call = make_call()
    at = datetime(2026, 11, 20, 23, 59, tzinfo=SHANGHAI) + timedelta(seconds=second)
    demand = make_draft(call=call, at=AT)

    submission = submit_demand(demand, by=owner_of(demand), at=at)
    publish_demand(demand, by=make_actor(Role.BUREAU), at=at)

    assert (submission.call_number, submission.missed_call) == (batch, missed)
    assert DemandPage.objects.get().call_number == batch


def test_page_is_written_by_actions_only():
    make_demand()
    page = DemandPage.objects.get()
    page.title = "后台改动"

    with pytest.raises(ActionOnly):
        page.save()


def test_discard_deletes_only_what_was_never_handed_in():
    draft, submitted = make_draft(), make_submitted()
    retract_demand(submitted, by=owner_of(submitted), at=AT)

    discard_draft(draft, by=owner_of(draft))
    with pytest.raises(RuleViolation) as refused:
        discard_draft(submitted, by=owner_of(submitted))

    assert refused.value.code == "E-ST-01"
    assert list(Demand.objects.values_list("pk", flat=True)) == [submitted.pk]


def test_own_list_shows_no_trace_of_another_enterprise():
    mine, other = make_draft(), make_draft()

    seen = list_own_demands(owner_of(mine))

    assert list(seen.values_list("pk", flat=True)) == [mine.pk]
    assert other.pk not in set(seen.values_list("pk", flat=True))


def test_contact_is_encrypted_at_rest():
    from django.db import connection

    make_submitted()

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_contact FROM supply_demand_demand")
        stored = cursor.fetchone()[0]
    assert "13800000011" not in stored
    assert stored.startswith("v1.")


def test_check_page_names_all_empty_fields_in_one_refusal(client_as):
    enterprise = make_enterprise()
    person = make_person(Role.ENTERPRISE, enterprise)
    with time_machine.travel(AT, tick=False):
        demand = start_demand(enterprise, by=get_actor(person), at=AT)
        page = client_as(person).get(f"/my/demands/{demand.pk}/check/")

    text = page.content.decode()
    assert text.count("E-DM-01") == 1
    assert "所属行业、需求名称、问题描述、期望合作方式" in text
    assert f'<a href="/my/demands/{demand.pk}/edit/#id_problem">问题描述</a>' in text
