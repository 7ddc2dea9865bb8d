"""Publishing, revising and closing public pages."""

from datetime import datetime, timedelta

import pytest

from cms.achievements.actions import (
    close_achievement,
    publish_achievement,
    set_label,
)
from cms.achievements.facts import facts_of_page
from cms.achievements.models import AchievementPage, CatalogChange
from cms.core.actors import SYSTEM
from cms.core.clock import SHANGHAI
from cms.core.models import DueEvent, EvidenceEntry
from cms.rules.achievements import PaymentForm, PublicStatus, TransferMode
from cms.rules.violations import RuleViolation
from tests.factories.achievements import AT, make_facts
from tests.factories.parties import make_unit

pytestmark = pytest.mark.django_db


def publish(unit, source="achievements.Achievement:1", at=AT, **changes):
    return publish_achievement(
        make_facts(**changes), unit=unit, by=SYSTEM, at=at, source=source
    )


def test_publish_writes_a_numbered_page():
    page = publish(make_unit())

    stored = AchievementPage.objects.get()
    assert stored.pk == page.pk
    assert stored.number == "CG-2026-0001"
    assert stored.slug == "CG-2026-0001"
    assert stored.url_path.endswith("/achievements/CG-2026-0001/")
    assert stored.live
    assert stored.public_status == PublicStatus.PUBLISHED
    assert stored.valid_until == datetime(2027, 11, 24, tzinfo=SHANGHAI)
    assert stored.ip_kinds == ["invention"]
    assert stored.contact.phone == "0772-0000000"
    assert facts_of_page(stored) == make_facts(
        contact_name="", contact_phone="", contact_email=""
    )
    assert [e.kind for e in EvidenceEntry.objects.all()] == ["achievement.published"]
    assert list(CatalogChange.objects.values_list("version", "page_id")) == [
        (1, page.pk)
    ]


def test_publish_again_revises_the_same_page():
    unit = make_unit()
    publish(unit)
    page = publish(unit, at=AT + timedelta(days=30), name="轻量化副车架成形技术二代")

    assert AchievementPage.objects.get().title == "轻量化副车架成形技术二代"
    assert page.number == "CG-2026-0001"
    assert page.published_at == AT
    assert page.valid_until == datetime(2027, 12, 24, tzinfo=SHANGHAI)
    assert list(CatalogChange.objects.values_list("version", flat=True)) == [1, 2]


def test_own_revision_keeps_the_label_of_an_offer():
    unit = make_unit()
    page = publish(unit)
    set_label(page, TransferMode.USE_THEN_PAY, PaymentForm.DEFERRED, by=SYSTEM, at=AT)
    page = publish(unit, payment_form=None)

    assert page.transfer_modes == ["license", "transfer", "use_then_pay"]
    assert page.payment_form == "deferred"

    page = set_label(page, TransferMode.USE_THEN_PAY, None, by=SYSTEM, at=AT)
    assert page.transfer_modes == ["license", "transfer"]
    assert page.payment_form == ""


def test_two_units_may_use_the_same_ledger_number():
    publish(make_unit(name="甲单位"))
    publish(make_unit(name="乙单位"))

    assert list(AchievementPage.objects.values_list("number", flat=True)) == [
        "CG-2026-0001",
        "CG-2026-0002",
    ]


def test_publish_refuses_incomplete_facts():
    with pytest.raises(RuleViolation) as refusal:
        publish(make_unit(), scenario="", reference_price=None)

    assert refusal.value.message == (
        "信息不完整，缺少：应用场景、参考价格（或面议说明）。"
    )
    assert refusal.value.code == "E-LS-01"
    assert AchievementPage.objects.count() == 0


def test_closed_page_stays_readable_and_loses_its_timer():
    page = publish(make_unit())
    close_achievement(page, PublicStatus.WITHDRAWN, by=SYSTEM, at=AT, reason="已转让")

    stored = AchievementPage.objects.get()
    assert stored.live
    assert stored.public_status == PublicStatus.WITHDRAWN
    assert stored.close_reason == "已转让"
    assert DueEvent.objects.filter(fired_at=None, cancelled_at=None).count() == 0
    assert CatalogChange.objects.count() == 2
