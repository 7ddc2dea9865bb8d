"""Demands: review, publication, ends (§17.10)."""

from datetime import date, datetime, timedelta

import pytest

from cms.core import due
from cms.core.actors import ANONYMOUS
from cms.core.clock import SHANGHAI
from cms.core.models import DueEvent
from cms.parties.models import Membership
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demand_review import publish_demand, return_demand
from cms.supply_demand.actions.demands import (
    resolve_demand,
    retract_demand,
    save_demand,
    submit_demand,
    withdraw_demand,
)
from cms.supply_demand.models import DemandPage
from tests.factories.demands import (
    AT,
    demand_facts,
    make_demand,
    make_submitted,
)
from tests.factories.parties import (
    make_actor,
    make_enterprise,
)

pytestmark = pytest.mark.django_db


def owner_of(demand):
    return make_actor(Role.ENTERPRISE, demand.organization)


def codes(refused):
    return [(one.code, one.field) for one in refused.value.violations]


def test_publish_writes_the_public_fields():
    demand = make_demand()

    page = DemandPage.objects.get()
    assert (page.number, page.slug) == ("XQ-2026-0001", "xq-2026-0001")
    assert page.title == "铝合金薄壁件铣削变形控制"
    assert page.enterprise == demand.organization.name
    assert page.state == "published"
    assert page.mode_list == ["use_then_pay", "license"]
    assert (page.industry_section, page.industry_division, page.industry) == (
        "C",
        "36",
        "361",
    )
    assert page.valid_until == datetime(2027, 11, 1, tzinfo=SHANGHAI)
    assert page.live
    timer = DueEvent.objects.get(kind="demand.expire")
    assert timer.due_at == page.valid_until
    assert demand.submissions.get().decision == "published"


def test_anonymous_demand_leaves_no_trace_of_the_name_in_public_tables():
    make_demand(make_enterprise(name="柳州金丝雀精密有限公司"), is_anonymous=True)

    page = DemandPage.objects.get()
    assert page.enterprise == "某小型企业（匿名展示）"
    stored = " ".join(str(getattr(page, f.attname)) for f in page._meta.concrete_fields)
    assert "金丝雀" not in stored
    assert page.owner_id is None


def test_h11_revision_keeps_the_old_text_public_until_approved():
    demand = make_demand()
    by = owner_of(demand)
    demand.refresh_from_db()
    changed = demand_facts(demand.organization, title="薄壁件变形控制（修订）")

    columns = DemandPage.objects.values().get()
    demand = save_demand(demand, changed, None, version=demand.version, by=by, at=AT)
    assert DemandPage.objects.values().get() == columns
    submit_demand(demand, by=by, at=AT + timedelta(days=1))
    assert DemandPage.objects.values().get() == columns
    before = DemandPage.objects.get()
    publish_demand(demand, by=make_actor(Role.BUREAU), at=AT + timedelta(days=2))

    assert before.title == "铝合金薄壁件铣削变形控制"
    assert before.state == "published"
    after = DemandPage.objects.get()
    assert after.title == "薄壁件变形控制（修订）"
    assert after.revised_at == AT + timedelta(days=2)
    assert after.published_at == AT
    assert [s.decision for s in demand.submissions.all()] == ["published"] * 2


def test_return_needs_a_comment_and_gives_it_per_field():
    demand = make_submitted()
    reviewer = make_actor(Role.BUREAU)

    with pytest.raises(RuleViolation) as refused:
        return_demand(demand, " ", {"title": ""}, by=reviewer, at=AT)
    submission = return_demand(
        demand, "请补充", {"problem": "写明现有工艺", "secret": "x"}, by=reviewer, at=AT
    )

    assert refused.value.code == "E-FP-07"
    assert demand.status == "draft"
    assert submission.comments == {"problem": "写明现有工艺"}
    assert (submission.opinion, submission.decision) == ("请补充", "returned")


def test_reviewer_who_belongs_to_the_enterprise_is_refused():
    demand = make_submitted()
    reviewer = make_actor(Role.BUREAU)
    Membership.objects.create(
        user_id=reviewer.user_id,
        organization=demand.organization,
        role=Role.ENTERPRISE.value,
    )
    both = get_actor(Membership.objects.filter(user_id=reviewer.user_id).first().user)

    for decide in (
        lambda: publish_demand(demand, by=both, at=AT),
        lambda: return_demand(demand, "意见", {}, by=both, at=AT),
    ):
        with pytest.raises(RuleViolation) as refused:
            decide()
        assert refused.value.code == "E-DM-06"
    assert DemandPage.objects.count() == 0


def test_only_the_bureau_publishes():
    demand = make_submitted()

    for actor in (owner_of(demand), make_actor(Role.PLATFORM), ANONYMOUS):
        with pytest.raises(RuleViolation) as refused:
            publish_demand(demand, by=actor, at=AT)
        assert refused.value.code == "E-ST-02"


def test_publish_checks_again_what_time_has_changed():
    demand = make_submitted(valid_until=date(2026, 11, 3))

    with pytest.raises(RuleViolations) as refused:
        publish_demand(demand, by=make_actor(Role.BUREAU), at=AT + timedelta(days=2))

    assert codes(refused) == [("E-DM-02", "valid_until")]
    assert DemandPage.objects.count() == 0


def test_publish_without_a_waiting_copy_is_refused():
    demand = make_demand()

    with pytest.raises(RuleViolation) as refused:
        publish_demand(demand, by=make_actor(Role.BUREAU), at=AT)

    assert refused.value.code == "E-ST-01"


def test_retract_gives_the_draft_back():
    demand = make_submitted()

    retract_demand(demand, by=owner_of(demand), at=AT)

    assert demand.status == "draft"
    assert demand.submissions.get().decision == "retracted"
    assert demand.number == "XQ-2026-0001"


def test_withdraw_needs_a_reason_and_keeps_the_page_readable():
    demand = make_demand()
    by = owner_of(demand)

    with pytest.raises(RuleViolation) as refused:
        withdraw_demand(demand, " ", by=by, at=AT)
    withdraw_demand(demand, "项目取消", by=by, at=AT + timedelta(days=3))

    assert refused.value.code == "E-MA-03"
    page = DemandPage.objects.get()
    assert (page.state, page.live) == ("withdrawn", True)
    assert page.ended_at == AT + timedelta(days=3)
    assert DueEvent.objects.get(kind="demand.expire").cancelled_at is not None


def test_resolve_shows_the_demand_as_solved():
    demand = make_demand()

    resolve_demand(demand, by=owner_of(demand), at=AT)

    assert DemandPage.objects.get().state == "resolved"


def test_sweep_expires_a_demand_at_24_00_of_its_last_day():
    make_demand(valid_until=date(2026, 11, 20))

    before = due.sweep(until=datetime(2026, 11, 20, 23, 59, 59, tzinfo=SHANGHAI))
    state_before = DemandPage.objects.get().state
    after = due.sweep(until=datetime(2026, 11, 21, tzinfo=SHANGHAI))

    assert (before, state_before, after) == (0, "published", 1)
    page = DemandPage.objects.get()
    assert page.state == "expired"
    assert page.ended_at == datetime(2026, 11, 21, tzinfo=SHANGHAI)
