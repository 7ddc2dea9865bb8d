"""Facts that the answers of an application state: plan, object, achievement."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    IpItem,
    IpType,
    LegalStatus,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.application_form.answers import YES
from cms.rules.forms import Answers
from cms.rules.payment_plans import (
    PaymentEvent,
    PaymentKind,
    PaymentPlan,
    PaymentRow,
    PaymentTrigger,
    Royalty,
    RoyaltyBase,
    is_use_then_pay,
)
from cms.rules.supply_demand.eligibility import ObjectFacts, SecrecyStatus
from cms.rules.supply_demand.encumbrances import EXCLUDING
from cms.rules.supply_demand.license_kinds import LicenseKind


def payment_plan(answers: Answers) -> PaymentPlan:
    """Return the payment plan; the payment form must be answered."""
    base = answers.get("royalty_base")
    royalty = Royalty(
        base=RoyaltyBase(base) if base else None,
        rate=_money(answers.get("royalty_rate")),
        period=answers.get("royalty_period", ""),
        inspection=answers.get("royalty_inspection", ""),
    )
    return PaymentPlan(
        form=PaymentForm(answers["payment_form"]),
        rows=tuple(_payment_row(row) for row in answers.get("payment_rows", [])),
        royalty=royalty if royalty != Royalty() else None,
        total=_money(answers.get("payment_total")),
        effective_on=_day(answers.get("effective_on")),
    )


def object_facts(answers: Answers) -> ObjectFacts:
    """Return what decides whether the achievement may be published."""
    return ObjectFacts(
        form=AchievementForm(answers["achievement_form"]),
        secrecy=SecrecyStatus(answers["secrecy"]),
        has_declassification_proof=bool(answers.get("declassification_proof")),
        has_unit_decision=bool(answers.get("unit_decision")),
    )


def has_excluding_license(answers: Answers) -> bool:
    """Whether a sole or exclusive license stands on one of the rights."""
    items = answers.get("ip_items", [])
    return any(item.get("encumbrance") in EXCLUDING for item in items)


def wants_use_then_transfer(answers: Answers) -> bool:
    """Whether the unit asks for the second label, 先用后转, too (FP-14)."""
    return bool(answers.get("also_use_then_transfer") == YES)


def price_text(answers: Answers) -> str:
    """Return the price as the list shows it."""
    if answers.get("price_kind") == "fixed":
        return f"{Decimal(answers['reference_price']):,.2f} 元"
    note = str(answers.get("price_note", ""))
    return f"面议（{note}）" if answers.get("price_kind") == "negotiable" else note


def achievement_facts(answers: Answers) -> AchievementFacts:
    """Return the catalogue entry that a complete application stands for."""
    modes = [TransferMode.LICENSE]
    if is_use_then_pay(payment_plan(answers)):
        modes.append(TransferMode.USE_THEN_PAY)
    if wants_use_then_transfer(answers):
        modes.append(TransferMode.USE_THEN_TRANSFER)
    is_fixed = answers.get("price_kind") == "fixed"
    return AchievementFacts(
        name=answers["title"],
        ledger_number=answers["ledger_number"],
        form=AchievementForm(answers["achievement_form"]),
        attribute=AchievementAttribute(answers["attribute"]),
        district=answers["district"],
        industry=answers["industry"],
        technology_field=answers["technology_field"],
        trl=int(answers["trl"]),
        stage=MaturityStage(answers["stage"]),
        abstract=answers["abstract"],
        scenario=answers["scenario"],
        transfer_modes=tuple(modes),
        pricing_method=PricingMethod(answers["pricing_method"]),
        accepted_parties=tuple(
            AcceptedParty(party) for party in answers["accepted_parties"]
        ),
        ip_items=tuple(_ip_item(item) for item in answers.get("ip_items", [])),
        discipline=answers.get("discipline", ""),
        advantage=answers.get("advantage", ""),
        audience=answers.get("audience", ""),
        representative=answers["representative"],
        reference_price=_money(answers.get("reference_price")) if is_fixed else None,
        price_note="" if is_fixed else answers.get("price_note", ""),
        payment_form=PaymentForm(answers["payment_form"]),
        requirements=answers.get("requirements", ""),
        contact_name=answers.get("contact_name", ""),
        contact_phone=answers.get("contact_phone", ""),
        contact_email=answers.get("contact_email", ""),
    )


def license_kind(answers: Answers) -> LicenseKind:
    """Return the kind of license offered."""
    return LicenseKind(answers["license_kind"])


def _payment_row(row: Mapping[str, Any]) -> PaymentRow:
    event = row.get("event")
    return PaymentRow(
        kind=PaymentKind(row["kind"]),
        trigger=PaymentTrigger(row["trigger"]),
        due_on=_day(row.get("due_on")),
        event=PaymentEvent(event) if event else None,
        days_after=int(row.get("days_after") or 0),
        evidence=row.get("evidence", ""),
        amount=_money(row.get("amount")),
        formula=row.get("formula", ""),
        latest_on=_day(row.get("latest_on")),
    )


def _ip_item(item: Mapping[str, Any]) -> IpItem:
    return IpItem(
        kind=IpType(item["kind"]),
        name=item["name"],
        number=item["number"],
        holder=item["holder"],
        filed_on=_day(item.get("filed_on")),
        granted_on=_day(item.get("granted_on")),
        expires_on=_day(item.get("expires_on")),
        legal_status=LegalStatus(item["legal_status"]).label,
        is_encumbered=item.get("encumbrance", "none") != "none",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _money(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
