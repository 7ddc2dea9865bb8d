"""What is to be paid under a priced paper, as the paper itself states it (PS-07)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cms.case_documents.payment_plan import RowKind, planned_rows
from cms.empowerment.facts import as_date, as_decimal, as_text, find
from cms.payments.actions import PlannedPayment
from cms.rules.payment_plans import PaymentTrigger

Answers = Mapping[str, Any]


def rows_of_paper(instrument: str, answers: Answers) -> list[PlannedPayment]:
    """Return the payments that a signed paper leads to; none where it has no price.

    D-16 states deposit and milestones, D-22 one fee, D-23 the charge after the
    free period; the other priced papers have the table of payments.
    """
    return _OF.get(instrument, planned_rows)(answers)


def _milestones(answers: Answers) -> list[PlannedPayment]:
    total = as_decimal(find(answers, "payment.total")) or as_decimal(
        find(answers, "payment.expected_total")
    )
    rows = []
    deposit = as_decimal(find(answers, "payment.deposit"))
    if deposit:
        due_on = as_date(find(answers, "payment.deposit_due_on"))
        rows.append(_fixed(RowKind.DEPOSIT, deposit, due_on, "支付定金"))
    for row in find(answers, "milestones") or []:
        amount = as_decimal(row.get("amount"))
        rate = as_decimal(row.get("rate"))
        if amount is None and rate is not None and total is not None:
            amount = (total * rate / 100).quantize(Decimal("0.01"))
        rows.append(
            PlannedPayment(
                kind=RowKind.MILESTONE.value,
                kind_label=RowKind.MILESTONE.label,
                trigger=PaymentTrigger.EVENT,
                condition=as_text(row.get("event"))[:200],
                evidence=as_text(row.get("evidence"))[:200],
                amount=amount,
                due_days=int(as_decimal(row.get("due_days")) or 0) or None,
                latest_on=as_date(row.get("latest_on")),
            )
        )
    return rows


def _single_fee(answers: Answers) -> list[PlannedPayment]:
    fee = as_decimal(find(answers, "license.fee"))
    due_on = as_date(find(answers, "license.fee_due_on"))
    return [_fixed(RowKind.ONE_OFF, fee, due_on, "支付许可费")] if fee else []


def _charge(answers: Answers) -> list[PlannedPayment]:
    """Return the charge after the free period: a sum, or a formula to be settled."""
    method = as_text(find(answers, "license.charge_method"))
    amount = as_decimal(find(answers, "license.charge_amount"))
    is_once = as_text(find(answers, "license.charge_frequency")) == "once"
    is_fixed = method == "fixed" and amount is not None and is_once
    days = int(as_decimal(find(answers, "license.charge_due_days")) or 0)
    free_ends_on = as_date(find(answers, "license.free_ends_on"))
    until = f"（免费期至{free_ends_on.isoformat()}）" if free_ends_on else ""
    kind = RowKind.OTHER if is_fixed else RowKind.ROYALTY
    return [
        PlannedPayment(
            kind=kind.value,
            kind_label=kind.label,
            trigger=PaymentTrigger.EVENT if is_fixed else PaymentTrigger.INCOME,
            condition=f"免费期满并评估{until}",
            amount=amount if is_fixed else None,
            formula="" if is_fixed else _formula(method, answers),
            due_days=days or None,
        )
    ]


def _formula(method: str, answers: Answers) -> str:
    """Return the agreed formula in words."""
    if method == "tiers":
        tiers = [_tier(row) for row in find(answers, "license.charge_tiers") or []]
        return f"分档收费：{'；'.join(tiers)}"[:400]
    if method == "fixed":
        return f"每年{find(answers, 'license.charge_amount')}元"
    rate = as_decimal(find(answers, "license.charge_rate"))
    return f"收益基数的{rate}%" if rate is not None else "按合同约定的收费规则"


def _tier(row: Answers) -> str:
    lower, upper = as_text(row.get("lower")), as_text(row.get("upper"))
    span = f"{lower}元至{upper}元" if upper else f"{lower}元以上"
    return f"{span}部分{as_text(row.get('rate'))}%"


def _fixed(
    kind: RowKind, amount: Decimal | None, due_on: Any, condition: str
) -> PlannedPayment:
    """Return a sum due on a day, or, where no day is agreed, after an event."""
    return PlannedPayment(
        kind=kind.value,
        kind_label=kind.label,
        trigger=PaymentTrigger.DATE if due_on else PaymentTrigger.EVENT,
        condition=condition,
        amount=amount,
        due_on=due_on,
        latest_on=due_on,
    )


_OF: Mapping[str, Callable[[Answers], list[PlannedPayment]]] = {
    "D-16": _milestones,
    "D-22": _single_fee,
    "D-23": _charge,
}
