"""Paying and waiving; the contract is settled with its last row (PS-07)."""

from datetime import date, datetime
from decimal import Decimal

from cms.core import due
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.payments.actions.triggers import lock_payment, step
from cms.payments.models import Payment, Voucher
from cms.payments.queries import are_settled
from cms.payments.signals import contract_settled
from cms.payments.timing import OVERDUE, TRIGGER
from cms.rules.supply_demand.payment_states import PaymentEvent
from cms.rules.violations import RuleViolation


def record_payment(
    payment: Payment,
    amount: Decimal,
    paid_on: date,
    file: PrivateFile | None,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Payment:
    """Record money received, in part or whole, with its voucher.

    A row without a fixed amount (a royalty) is paid with what is received.

    Raises:
        RuleViolation: E-PM-02 (nothing, or more than is owed), E-ST-01, E-ST-02,
            E-ST-04.
    """
    with writing():
        fresh = lock_payment(payment, version)
        owed = amount if fresh.amount is None else fresh.amount - fresh.paid
        if amount <= 0 or amount > owed:
            raise RuleViolation("E-PM-02", field="amount", owed=f"{owed:.2f}")
        Voucher.objects.create(
            payment=fresh,
            amount=amount,
            paid_on=paid_on,
            file=file,
            recorded_by_id=by.person_id,
            recorded_at=at,
        )
        fresh.paid += amount
        fresh.save()
        event = PaymentEvent.PAY if amount == owed else PaymentEvent.PAY_PART
        step(fresh, event, by=by, at=at)
        _settle(fresh, by=by, at=at)
        return fresh


def waive_payment(
    payment: Payment, reason: str, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Waive a row with a reason: the unit's approver.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-ST-01 to E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = lock_payment(payment, version)
        fresh.closing_reason = reason.strip()
        fresh.save()
        step(fresh, PaymentEvent.WAIVE, by=by, at=at)
        _settle(fresh, by=by, at=at)
        return fresh


def _settle(payment: Payment, *, by: Actor, at: datetime) -> None:
    is_paid = payment.amount is None or payment.paid >= payment.amount
    if not is_paid and not payment.closing_reason:
        return
    for kind in (TRIGGER, OVERDUE):
        due.cancel(kind, payment, at=at)
    if are_settled(payment.contract):
        contract_settled.send(Payment, contract=payment.contract, by=by, at=at)
