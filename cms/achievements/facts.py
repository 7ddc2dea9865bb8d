"""Between stored rows and the rules' `AchievementFacts`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cms.achievements.models import Achievement, AchievementPage, PublicContent
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

_PLAIN = (
    "ledger_number",
    "district",
    "industry",
    "technology_field",
    "discipline",
    "trl",
    "abstract",
    "scenario",
    "advantage",
    "audience",
    "representative",
    "reference_price",
    "price_note",
    "requirements",
)


def content_of(facts: AchievementFacts) -> dict[str, object]:
    """Return the values of `PublicContent`'s fields for facts."""
    return {
        **{name: getattr(facts, name) for name in _PLAIN},
        "form": facts.form.value,
        "attribute": facts.attribute.value,
        "stage": facts.stage.value,
        "pricing_method": facts.pricing_method.value,
        "payment_form": facts.payment_form.value if facts.payment_form else "",
        "transfer_modes": [mode.value for mode in facts.transfer_modes],
        "accepted_parties": [party.value for party in facts.accepted_parties],
        "ip_items": [item_to_json(item) for item in facts.ip_items],
    }


def item_to_json(item: IpItem) -> dict[str, object]:
    """Return an item as plain JSON; dates in ISO 8601."""
    return {
        "kind": item.kind.value,
        "name": item.name,
        "number": item.number,
        "holder": item.holder,
        "filed_on": _iso(item.filed_on),
        "granted_on": _iso(item.granted_on),
        "expires_on": _iso(item.expires_on),
        "legal_status": item.legal_status,
        "is_encumbered": item.is_encumbered,
    }


def item_from_json(stored: Mapping[str, Any]) -> IpItem:
    """Return the item behind its JSON; keys that are not public are left out."""
    return IpItem(
        kind=IpType(stored["kind"]),
        name=stored["name"],
        number=stored["number"],
        holder=stored["holder"],
        filed_on=_day(stored.get("filed_on")),
        granted_on=_day(stored.get("granted_on")),
        expires_on=_day(stored.get("expires_on")),
        legal_status=stored.get("legal_status", ""),
        is_encumbered=bool(stored.get("is_encumbered")),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _facts(name: str, row: PublicContent) -> AchievementFacts:
    return AchievementFacts(
        name=name,
        **{field: getattr(row, field) for field in _PLAIN},
        form=AchievementForm(row.form),
        attribute=AchievementAttribute(row.attribute),
        stage=MaturityStage(row.stage),
        pricing_method=PricingMethod(row.pricing_method),
        payment_form=PaymentForm(row.payment_form) if row.payment_form else None,
        transfer_modes=tuple(TransferMode(mode) for mode in row.transfer_modes),
        accepted_parties=tuple(AcceptedParty(party) for party in row.accepted_parties),
        ip_items=tuple(item_from_json(item) for item in row.ip_items),
    )


def facts_of_entry(entry: Achievement) -> AchievementFacts:
    """Return the facts of a complete entry, with its contact.

    Raises:
        ValueError: a required code is empty (ask `check_complete` first).
    """
    return replace(
        _facts(entry.name, entry),
        contact_name=entry.contact_name,
        contact_phone=entry.contact_phone,
        contact_email=entry.contact_email,
        picture_ids=tuple(entry.pictures.values_list("file_id", flat=True)),
    )


def facts_of_page(page: AchievementPage) -> AchievementFacts:
    """Return the public facts of a page (no contact)."""
    return _facts(page.title, page)
