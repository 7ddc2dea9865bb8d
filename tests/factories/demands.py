"""Demands, offers, calls, events and matches for tests; all of it is invented."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.pages import add_page
from cms.parties.models import Organization
from cms.rules.achievements import MaturityStage, PaymentForm, PricingMethod
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CallScope, EventKind
from cms.rules.supply_demand.demand_form import DemandFacts
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.rules.supply_demand.matching import ContactFacts, IntentFacts
from cms.rules.supply_demand.supply_states import SupplyState
from cms.supply_demand.actions.calls import CallContent, publish_call, save_call
from cms.supply_demand.actions.demand_review import publish_demand
from cms.supply_demand.actions.demands import save_demand, start_demand, submit_demand
from cms.supply_demand.actions.events import EventContent, publish_event, save_event
from cms.supply_demand.models import (
    Application,
    Call,
    Demand,
    Event,
    OfferIndexPage,
    OfferPage,
)
from cms.supply_demand.tree import get_index_page
from tests.factories.parties import make_actor, make_enterprise, make_unit

AT = datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI)
ENTERPRISE_CONTACT = ContactFacts("李示例", "13800000011", "li@example.com")
UNIT_CONTACT = ContactFacts("王示例", "13800000022", "wang@example.com")
PROBLEM = (
    "铝合金薄壁件在高速铣削时变形超差，表面粗糙度不稳定，"
    "希望找到残余应力在线检测与补偿的办法。"
)


def demand_facts(enterprise: Organization, **changes: object) -> DemandFacts:
    """Return a complete form of an enterprise."""
    facts = DemandFacts(
        enterprise_name=enterprise.name,
        credit_code=enterprise.credit_code,
        size="small",
        district="450203",
        industry="361",
        title="铝合金薄壁件铣削变形控制",
        problem=PROBLEM,
        indicators="变形不超过0.05毫米",
        modes=("use_then_pay", "license"),
        budget="from_10",
        needed_by=date(2027, 6, 30),
        valid_until=date(2027, 10, 31),
        accepts_push=True,
        contact_name=ENTERPRISE_CONTACT.name,
        contact_phone=ENTERPRISE_CONTACT.phone,
        contact_email=ENTERPRISE_CONTACT.email,
        consents_to_publication=True,
        states_truth=True,
        states_secrecy=True,
    )
    return replace(facts, **changes)


def make_draft(
    enterprise: Organization | None = None,
    *,
    by: Actor | None = None,
    call: Call | None = None,
    at: datetime = AT,
    **changes: object,
) -> Demand:
    """Create a filled-in draft."""
    enterprise = enterprise or make_enterprise()
    by = by or make_actor(Role.ENTERPRISE, enterprise)
    demand = start_demand(enterprise, by=by, at=at)
    return save_demand(
        demand,
        demand_facts(enterprise, **changes),
        call,
        version=demand.version,
        by=by,
        at=at,
    )


def make_submitted(
    enterprise: Organization | None = None, *, at: datetime = AT, **changes: object
) -> Demand:
    """Create a demand that waits for the bureau."""
    enterprise = enterprise or make_enterprise()
    by = make_actor(Role.ENTERPRISE, enterprise)
    demand = make_draft(enterprise, by=by, at=at, **changes)
    submit_demand(demand, by=by, at=at)
    return demand


def make_demand(
    enterprise: Organization | None = None,
    *,
    bureau: Actor | None = None,
    at: datetime = AT,
    **changes: object,
) -> Demand:
    """Create a published demand."""
    demand = make_submitted(enterprise, at=at, **changes)
    publish_demand(demand, by=bureau or make_actor(Role.BUREAU), at=at)
    return demand


def make_offer(
    unit: Organization | None = None,
    *,
    number: str = "FB-2026-0901",
    at: datetime = AT,
    **fields: object,
) -> OfferPage:
    """Create a published offer of a unit with its application."""
    unit = unit or make_unit()
    values: dict[str, object] = {
        "title": "薄壁件残余应力在线检测技术",
        "slug": number.lower(),
        "number": number,
        "state": SupplyState.PUBLISHED.value,
        "unit": unit,
        "achievement_number": number.replace("FB", "CG"),
        "abstract": "面向铝合金薄壁件铣削变形的残余应力在线检测与补偿技术。",
        "district": "450203",
        "industry": "361",
        "technology_field": "03",
        "trl": 7,
        "stage": MaturityStage.PILOT.value,
        "payment_form": PaymentForm.DEFERRED.value,
        "license_kind": LicenseKind.ORDINARY.value,
        "pricing_method": PricingMethod.NEGOTIATED.value,
        "price_text": "面议",
        "is_use_then_pay": True,
        "published_at": at,
        "valid_until": at + timedelta(days=365),
        "entry": {"groups": [], "attachments": [], "pictures": []},
    }
    offer = add_page(
        get_index_page(OfferIndexPage), OfferPage(**{**values, **fields}), at=at
    )
    creator = make_actor(Role.TRANSFER_OFFICE, unit)
    Application.objects.create(
        owner=unit,
        number=number.replace("FB", "SQ"),
        title=offer.title,
        form_version="2026-1",
        status=offer.state,
        created_by_id=creator.user_id,
        created_at=at,
        changed_at=at,
        offer=offer,
    )
    return offer


def make_call(
    bureau: Actor | None = None,
    *,
    opens_at: datetime = datetime(2026, 11, 1, tzinfo=SHANGHAI),
    closes_at: datetime = datetime(2026, 11, 21, tzinfo=SHANGHAI),
    at: datetime = AT,
    is_published: bool = True,
    **changes: object,
) -> Call:
    """Create a call that ends at 2026-11-20 24:00 (case H22)."""
    bureau = bureau or make_actor(Role.BUREAU)
    content = CallContent(
        title="2026年第四季度供需集中征集",
        scope=CallScope.BOTH.value,
        body="面向全市征集先使用后付费成果和企业技术需求。",
        contact="市科技局成果科",
        opens_at=opens_at,
        closes_at=closes_at,
    )
    call = save_call(None, replace(content, **changes), by=bureau, at=at)
    if is_published:
        publish_call(call, by=bureau, at=at)
    return call


def make_event(
    bureau: Actor | None = None,
    *,
    capacity: int = 2,
    at: datetime = AT,
    is_published: bool = True,
    **changes: object,
) -> Event:
    """Create an event on 2026-12-10 in the afternoon."""
    bureau = bureau or make_actor(Role.BUREAU)
    content = EventContent(
        title="新材料领域牵线搭桥会",
        kind=EventKind.INTRODUCTION.value,
        body="企业与高校院所面对面洽谈。",
        place="示例科技馆报告厅",
        starts_at=datetime(2026, 12, 10, 14, 30, tzinfo=SHANGHAI),
        ends_at=datetime(2026, 12, 10, 17, 0, tzinfo=SHANGHAI),
        registration_closes_at=datetime(2026, 12, 9, 18, 0, tzinfo=SHANGHAI),
        capacity=capacity,
    )
    event = save_event(None, replace(content, **changes), by=bureau, at=at)
    if is_published:
        publish_event(event, by=bureau, at=at)
    return event


INTENT = IntentFacts(
    subject="薄壁件残余应力在线检测技术的先使用后付费许可",
    way="use_then_pay",
    secrecy="双方对洽谈中知悉的技术资料保密三年",
    valid_until=date(2027, 3, 31),
    is_exclusive=False,
    binding="保密约定、费用承担",
    non_binding="其余条款",
    costs="各自承担洽谈费用",
    depends_on="试用验收合格并经单位审批、公示",
)
