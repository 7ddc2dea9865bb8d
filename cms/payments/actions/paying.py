"""Money received, waived, or recorded wrongly (PS-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.payments.actions.stepping import (
    lock_payment,
    reason_given,
    require_paper,
    step,
)
from cms.payments.models import Payment, Voucher
from cms.payments.queries import are_settled
from cms.payments.timing import arrange
from cms.rules.payment_dues import check_not_later
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import PaymentEvent, PaymentState
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received: sum in yuan, day, the paper that shows it."""

    amount: Decimal
    paid_on: date
    file: PrivateFile | None


def record_payment(
    payment: Payment, receipt: Receipt, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Record money received, in part or whole, with its voucher.

    A row without a fixed amount is paid with what is received.

    Raises:
        RuleViolation: E-PM-02 (nothing, or more than is owed), E-PM-07, E-PM-09 (no
            voucher), E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_payment(payment, version)
        owed = receipt.amount if fresh.owed is None else fresh.owed
        if receipt.amount <= 0 or receipt.amount > owed:
            raise RuleViolation("E-PM-02", field="amount", owed=f"{owed:.2f}")
        today = to_shanghai(at).date()
        check_not_later(receipt.paid_on, today, "付款日期", field="paid_on")
        require_paper(receipt.file, "付款凭证")
        Voucher.objects.create(
            payment=fresh,
            amount=receipt.amount,
            paid_on=receipt.paid_on,
            file=receipt.file,
            recorded_by_id=by.person_id,
            recorded_at=at,
        )
        fresh.paid += receipt.amount
        fresh.save()
        is_whole = receipt.amount == owed
        event = PaymentEvent.PAY if is_whole else PaymentEvent.PAY_PART
        step(fresh, event, by=by, at=at, payload=_proof(receipt))
        return fresh


def correct_payment(
    payment: Payment,
    voucher: Voucher,
    reason: str,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Payment:
    """Strike a voucher that was recorded wrongly; the money is owed again.

    The voucher stays to be read, with the reason. A contract that is settled is
    closed to corrections.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-PM-08 (settled), E-ST-01, E-ST-02,
            E-ST-04 (also: struck before, or of another row).
    """
    given = reason_given(reason)
    with writing():
        fresh = lock_payment(payment, version)
        if are_settled(fresh.contract):
            raise RuleViolation("E-PM-08")
        struck = fresh.vouchers.filter(pk=voucher.pk, struck_at=None)
        if not struck.update(struck_at=at, struck_reason=given):
            raise RuleViolation("E-ST-04")
        valid = fresh.vouchers.filter(struck_at=None)
        fresh.paid = valid.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        fresh.save()
        payload = {"voucher": voucher.pk, "amount": voucher.amount}
        step(fresh, PaymentEvent.CORRECT, by=by, at=at, reason=given, payload=payload)
        arrange(fresh, at=at)
        return fresh


def waive_payment(
    payment: Payment, reason: str, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Waive a row with a reason: the unit's approver.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-ST-01 to E-ST-04.
    """
    given = reason_given(reason)
    with writing():
        fresh = lock_payment(payment, version)
        fresh.closing_reason = given
        fresh.save()
        step(fresh, PaymentEvent.WAIVE, by=by, at=at, reason=given)
        return fresh


def lapse_payments(contract: str, reason: str, *, at: datetime) -> list[Payment]:
    """Let what no event has triggered yet fall away with a rescinded contract.

    What is owed already, and income to be settled up to the end, stays: it is paid,
    settled or waived row by row (民法典566, 567). Returns the rows that lapsed.
    """
    given = f"合同解除：{reason}"[:300]
    with writing():
        rows = Payment.objects.select_for_update().filter(
            contract=contract, status=PaymentState.UNTRIGGERED.value
        )
        ended = [row for row in rows if not row.is_source]
        for row in ended:
            row.closing_reason = given
            row.save(update_fields=["closing_reason"])
            step(row, PaymentEvent.LAPSE, by=SYSTEM, at=at, reason=given)
        return ended


def _proof(receipt: Receipt) -> dict[str, object]:
    return {
        "amount": receipt.amount,
        "paid_on": receipt.paid_on,
        "file": receipt.file.sha256 if receipt.file else "",
    }
