"""The payment plan in a contract's answers: label, checks, rows to pay (FP-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cms.empowerment.facts import as_date, as_decimal, as_text, find
from cms.payments.actions import PlannedPayment
from cms.rules.achievements import PaymentForm
from cms.rules.labels import LabeledEnum
from cms.rules.payment_dues import ROYALTY_DAYS
from cms.rules.payment_plans import (
    PaymentEvent,
    PaymentKind,
    PaymentPlan,
    PaymentRow,
    PaymentTrigger,
    Royalty,
    RoyaltyBase,
)

Answers = Mapping[str, Any]
_FORMS = {
    "staged_royalty": PaymentForm.STAGED_ROYALTY,
    "deferred": PaymentForm.DEFERRED,
    "other_deferred": PaymentForm.OTHER_DEFERRED,
}
_ENTERPRISES = ("enterprise", "state_enterprise", "project_company")
_KINDS = {
    "entry_fee": PaymentKind.ENTRY_FEE,
    "stage": PaymentKind.STAGE,
    "milestone": PaymentKind.STAGE,
    "royalty": PaymentKind.ROYALTY,
    "deferred": PaymentKind.DEFERRED,
}


_KIND_OF_FORM = {
    "staged_royalty": "stage",
    "deferred": "deferred",
    "one_off": "one_off",
}


_PERIODS = {"month": "按月", "quarter": "按季", "half_year": "按半年", "year": "按年"}


class RowKind(LabeledEnum):
    """Kinds of payment in a contract's table (`payment_row.kind`)."""

    ENTRY_FEE = "entry_fee", "入门费"
    DEPOSIT = "deposit", "定金"
    ONE_OFF = "one_off", "一次性支付"
    STAGE = "stage", "阶段性支付"
    MILESTONE = "milestone", "里程碑支付"
    ROYALTY = "royalty", "收入提成"
    DEFERRED = "deferred", "延期支付"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a row waits for: an agreed day, income, or another event."""

    trigger: PaymentTrigger
    event: PaymentEvent | None = None


def plan_of(answers: Answers) -> PaymentPlan:
    """Return the plan that the label is computed from (FP-01…FP-03).

    A licensee whose kind is not answered yet counts as an enterprise (E-FP-23).
    """
    kind = as_text(find(answers, "company.kind"))
    form = _FORMS.get(as_text(find(answers, "payment.form")), PaymentForm.ONE_OFF)
    return PaymentPlan(
        form=form,
        rows=tuple(_rule_row(row, answers) for row in rows_of(answers)),
        royalty=_royalty(answers),
        total=as_decimal(find(answers, "payment.total")),
        effective_on=as_date(find(answers, "dates.effective_on")),
        is_for_enterprise=not kind or kind in _ENTERPRISES,
    )


def planned_rows(answers: Answers) -> list[PlannedPayment]:
    """Return the rows that become payments when the contract is filed.

    Form ⓐ agrees its royalty beside the table (D-31, D-32): it is a row of its own,
    so that the contract is not done with the last stage.
    """
    planned = [_planned(row, answers) for row in rows_of(answers)]
    is_staged = as_text(find(answers, "payment.form")) == PaymentForm.STAGED_ROYALTY
    if is_staged and all(row.kind != RowKind.ROYALTY for row in planned):
        planned += _planned_royalty(answers)
    return planned


def rows_of(answers: Answers) -> list[Mapping[str, Any]]:
    """Return the rows of the payment table as answered."""
    rows = find(answers, "payments") or []
    return [row for row in rows if isinstance(row, Mapping)]


def _planned(row: Mapping[str, Any], answers: Answers) -> PlannedPayment:
    kind, amount = _kind(row, answers), as_decimal(row.get("amount"))
    return PlannedPayment(
        kind=kind,
        kind_label=RowKind(kind).label,
        trigger=_basis(row).trigger,
        condition=as_text(row.get("trigger"))[:200],
        evidence=as_text(row.get("evidence"))[:200],
        amount=amount,
        # The papers print the sum where there is one, else the formula.
        formula=_formula(row) if amount is None else "",
        due_on=as_date(row.get("due_on")),
        due_days=_days(row) or None,
        latest_on=as_date(row.get("latest_on")),
    )


def _planned_royalty(answers: Answers) -> list[PlannedPayment]:
    """Return the royalty of form ⓐ as a row that is settled period by period."""
    royalty = _royalty(answers)
    if royalty is None or royalty.base is None or not royalty.rate:
        return []
    starts, ends = (
        as_date(find(answers, f"payment.royalty_{end}_on"))
        for end in ("starts", "ends")
    )
    term = f"，提成期限{starts}至{ends}" if starts and ends else ""
    period = _PERIODS.get(royalty.period, "按期")
    return [
        PlannedPayment(
            kind=RowKind.ROYALTY.value,
            kind_label=RowKind.ROYALTY.label,
            trigger=PaymentTrigger.INCOME,
            condition=f"{period}报告和结算{term}",
            evidence="加盖公章的提成报告",
            formula=f"{royalty.base.label}的{royalty.rate.normalize():f}%",
            due_days=ROYALTY_DAYS,
        )
    ]


def _rule_row(row: Mapping[str, Any], answers: Answers) -> PaymentRow:
    basis = _basis(row)
    return PaymentRow(
        kind=_KINDS.get(_kind(row, answers), PaymentKind.OTHER),
        trigger=basis.trigger,
        event=basis.event,
        due_on=as_date(row.get("due_on")),
        days_after=_days(row),
        evidence=as_text(row.get("evidence")),
        amount=as_decimal(row.get("amount")),
        formula=_formula(row),
        latest_on=as_date(row.get("latest_on")),
    )


def _basis(row: Mapping[str, Any]) -> Basis:
    """Return what a row waits for; a row that does not say waits for anything."""
    kind = as_text(row.get("trigger_kind"))
    if kind == PaymentTrigger.DATE:
        return Basis(PaymentTrigger.DATE)
    if kind == PaymentTrigger.INCOME:
        return Basis(PaymentTrigger.INCOME)
    known = {event.value for event in PaymentEvent}
    event = PaymentEvent(kind) if kind in known else PaymentEvent.OTHER
    return Basis(PaymentTrigger.EVENT, event)


def _days(row: Mapping[str, Any]) -> int:
    return int(as_decimal(row.get("due_days")) or 0)


def _kind(row: Mapping[str, Any], answers: Answers) -> str:
    """Return the kind of a row; where no table asks for it, the form tells it."""
    form = as_text(find(answers, "payment.form"))
    return as_text(row.get("kind")) or _KIND_OF_FORM.get(form, RowKind.OTHER.value)


def _formula(row: Mapping[str, Any]) -> str:
    rate: Decimal | None = as_decimal(row.get("rate"))
    if rate is None:
        return ""
    return f"{as_text(row.get('base'))}的{rate}%"[:400]


def _royalty(answers: Answers) -> Royalty | None:
    base = as_text(find(answers, "payment.royalty_base"))
    if not base:
        return None
    known = {item.value for item in RoyaltyBase}
    return Royalty(
        base=RoyaltyBase(base) if base in known else None,
        rate=as_decimal(find(answers, "payment.royalty_rate")),
        period=as_text(find(answers, "payment.statement_period")),
        inspection=as_text(find(answers, "payment.inspection")),
    )
