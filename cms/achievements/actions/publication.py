"""Writes public catalogue pages: publish, close, label (附件4六; FP-13)."""

import hashlib
import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from cms.achievements.changes import record_change
from cms.achievements.facts import content_of
from cms.achievements.models import AchievementContact, AchievementPage, PublicContent
from cms.achievements.pictures import publish_pictures
from cms.achievements.tree import get_index_page
from cms.achievements.validity import valid_until
from cms.core import clock, due, evidence, numbering
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.pages import add_page, save_page
from cms.parties.models import Organization
from cms.rules.achievements import (
    LABEL_MODES,
    AchievementFacts,
    PaymentForm,
    PublicStatus,
    TransferMode,
)
from cms.rules.catalog_entry import check_publishable

EXPIRE = "achievement.expire"


def publish_achievement(
    facts: AchievementFacts, *, unit: Organization, by: Actor, at: datetime, source: str
) -> AchievementPage:
    """Write the public page of an achievement, new or revised.

    1. Refuses incomplete facts (E-LS-01) and personal data (E-SE-02).
    2. Finds the unit's page with the same ledger number, or makes one with the
       next number CG-年-序号; its text becomes that of `facts`.
    3. Encodes the pictures anew, keeps the contact apart from the page, starts
       the validity anew, logs the change and the evidence.

    `source` names the row that it comes from (`core.subjects.subject_of`); an
    entry of the catalogue (`achievements.`) keeps the labels that an offer gave.
    """
    check_publishable(facts)
    with writing():
        page = AchievementPage.objects.filter(
            unit=unit, ledger_number=facts.ledger_number
        ).first()
        is_new = page is None
        if page is None:
            year = at.astimezone(clock.SHANGHAI).year
            number = numbering.next_number("CG", year)
            page = AchievementPage(
                number=number, slug=number, unit=unit, published_at=at, source=source
            )
        _write_text(page, facts, source)
        page.public_status = PublicStatus.PUBLISHED.value
        page.revised_at = at
        page.valid_until = valid_until(at)
        page.closed_at, page.close_reason = None, ""
        if is_new:
            add_page(get_index_page(at=at), page, at=at)
        else:
            save_page(page, at=at)
        publish_pictures(page, facts.picture_ids)
        AchievementContact.objects.update_or_create(
            page=page,
            defaults={
                "name": facts.contact_name,
                "phone": facts.contact_phone,
                "email": facts.contact_email,
            },
        )
        due.cancel(EXPIRE, page, at=at)
        due.schedule(EXPIRE, page, page.valid_until, cycle=_cycle(at))
        record_change(page.pk, at=at)
        evidence.record(
            "achievement.published" if is_new else "achievement.revised",
            page,
            {"number": page.number, "sha256": text_hash(page), "source": source},
            by=by,
            at=at,
        )
    return page


def _cycle(at: datetime) -> int:
    """Return the cycle of a validity: each publication starts its own timer."""
    return int(at.timestamp())


def _write_text(page: AchievementPage, facts: AchievementFacts, source: str) -> None:
    content = content_of(facts)
    if source.startswith("achievements."):
        labels = [mode for mode in page.transfer_modes if mode in LABEL_MODES]
        own = [mode.value for mode in facts.transfer_modes]
        content["transfer_modes"] = own + [mode for mode in labels if mode not in own]
        if labels and page.payment_form and not content["payment_form"]:
            content["payment_form"] = page.payment_form
    page.title = page.draft_title = facts.name
    page.source = source
    for name, value in content.items():
        setattr(page, name, value)
    page.ip_kinds = sorted({item.kind.value for item in facts.ip_items})


def text_hash(page: AchievementPage) -> str:
    """Return the SHA-256 of the public text of a page."""
    fields = {
        "name": page.title,
        "number": page.number,
        "unit": page.unit_id,
        **{name: getattr(page, name) for name in _text_fields()},
    }
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(body.encode()).hexdigest()


def _text_fields() -> list[str]:
    return [field.name for field in PublicContent._meta.get_fields()]


def close_achievement(
    page: AchievementPage,
    status: PublicStatus,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> AchievementPage:
    """Take a page off the list; it stays readable with its status (FP-13)."""
    with writing():
        page.refresh_from_db()
        page.public_status = status.value
        page.closed_at, page.close_reason = at, reason
        save_page(page, at=at)
        if status is not PublicStatus.EXPIRED:
            due.cancel(EXPIRE, page, at=at)
        record_change(page.pk, at=at)
        evidence.record(
            f"achievement.{status.value}",
            page,
            {"number": page.number, "reason": reason},
            by=by,
            at=at,
        )
    return page


def set_label(
    page: AchievementPage,
    label: TransferMode,
    payment_form: PaymentForm | None,
    *,
    by: Actor,
    at: datetime,
) -> AchievementPage:
    """Give a page an offer's label and payment form, or take it (None) away."""
    with writing():
        page.refresh_from_db()
        modes = [mode for mode in page.transfer_modes if mode != label.value]
        if payment_form is not None:
            modes.append(label.value)
        page.transfer_modes = modes
        page.payment_form = payment_form.value if payment_form else ""
        save_page(page, at=at)
        record_change(page.pk, at=at)
        evidence.record(
            "achievement.labeled",
            page,
            {"number": page.number, "modes": modes},
            by=by,
            at=at,
        )
    return page
