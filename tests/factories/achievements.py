"""Facts and entries for tests of the catalogue."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cms.achievements.actions import publish_achievement
from cms.achievements.actions.entries import create_entry
from cms.achievements.facts import content_of
from cms.achievements.models import Achievement, AchievementPage
from cms.core.actors import SYSTEM, Actor
from cms.core.clock import SHANGHAI
from cms.parties.models import Organization
from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    IpItem,
    IpType,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)

AT = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)

FACTS = AchievementFacts(
    name="轻量化铝合金副车架成形技术",
    ledger_number="TZ-2026-001",
    form=AchievementForm.PATENT,
    attribute=AchievementAttribute.GRANTED,
    district="450203",
    industry="367",
    technology_field="03",
    trl=7,
    stage=MaturityStage.PILOT,
    abstract="以半固态压铸一次成形副车架，减重三成，强度满足整车耐久试验要求，"
    "已在示例产线完成小批量验证，可直接替换现有钢制冲焊件，适合新能源车型平台。",
    scenario="新能源乘用车底盘零部件生产线",
    transfer_modes=(TransferMode.LICENSE, TransferMode.TRANSFER),
    pricing_method=PricingMethod.NEGOTIATED,
    accepted_parties=(AcceptedParty.LEGAL_PERSON,),
    ip_items=(
        IpItem(
            kind=IpType.INVENTION,
            name="一种副车架半固态成形方法",
            number="ZL201810123456.5",
            holder="柳州示例大学",
            filed_on=date(2018, 2, 1),
            granted_on=date(2020, 6, 2),
            expires_on=date(2038, 1, 31),
            legal_status="有效",
        ),
    ),
    discipline="460",
    representative="张示例",
    reference_price=Decimal("500000.00"),
    payment_form=PaymentForm.ONE_OFF,
    contact_name="李联系",
    contact_phone="0772-0000000",
    contact_email="office@example.com",
)


def make_facts(**changes: Any) -> AchievementFacts:
    """Return complete facts with some values changed."""
    return replace(FACTS, **changes)


def make_page(
    unit: Organization, *, at: datetime = AT, **changes: Any
) -> AchievementPage:
    """Publish a page; each gets its own ledger number unless one is given."""
    count = AchievementPage.objects.count()
    changes.setdefault("ledger_number", f"TZ-2026-{count + 1:03d}")
    return publish_achievement(
        make_facts(**changes), unit=unit, by=SYSTEM, at=at, source="tests.Source:1"
    )


def entry_values(**changes: Any) -> dict[str, Any]:
    """Return what a complete entry's form says."""
    facts = make_facts()
    return {
        "name": facts.name,
        **content_of(facts),
        "contact_name": facts.contact_name,
        "contact_phone": facts.contact_phone,
        "contact_email": facts.contact_email,
        "project_source": "财政",
        "project_number": "XM-001",
        "internal_note": "内部备注",
        **changes,
    }


def make_entry(owner: Organization, by: Actor, **changes: Any) -> Achievement:
    """Create a complete draft; each gets its own ledger number unless given."""
    count = Achievement.objects.count()
    changes.setdefault("ledger_number", f"TZ-2026-{count + 1:03d}")
    return create_entry(owner.pk, entry_values(**changes), by=by, at=AT)
