"""One step of a payment: the copy is locked, the table asked, the end announced."""

from collections.abc import Mapping
from datetime import datetime

from cms.core.actors import Actor
from cms.core.locks import take_write_lock
from cms.core.models import PrivateFile
from cms.core.transitions import apply
from cms.payments.models import Payment
from cms.payments.queries import are_settled, roles_over
from cms.payments.signals import contract_settled
from cms.payments.timing import stop_all
from cms.rules.supply_demand.payment_states import (
    OPEN_STATES,
    PAYMENT,
    PaymentEvent,
)
from cms.rules.violations import RuleViolation


def lock_payment(payment: Payment, version: int) -> Payment:
    """Return the row locked; refuse a stale copy (E-ST-04)."""
    take_write_lock()
    fresh = Payment.objects.select_for_update().get(pk=payment.pk)
    if fresh.version != version:
        raise RuleViolation("E-ST-04")
    return fresh


def step(
    payment: Payment,
    event: PaymentEvent,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    payload: Mapping[str, object] | None = None,
) -> None:
    """Take one step of the table with the roles held over the payment.

    The timers of a row that is settled end; the last row of a contract tells the
    contract (`contract_settled`).
    """
    roles = roles_over(payment, by)
    told = {"position": payment.position, **(payload or {})}
    apply(
        PAYMENT,
        payment,
        event,
        by=by,
        roles=roles,
        at=at,
        reason=reason,
        payload=told,
    )
    if payment.status in OPEN_STATES:
        return
    stop_all(payment, at=at)
    if are_settled(payment.contract):
        contract_settled.send(Payment, contract=payment.contract, by=by, at=at)


def require_paper(file: PrivateFile | None, label: str) -> None:
    """Refuse an act without its paper (E-PM-09)."""
    if file is None:
        raise RuleViolation("E-PM-09", field="paper", label=label)


def reason_given(reason: str) -> str:
    """Return the reason, stripped; refuse an empty one (E-FP-07)."""
    if not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    return reason.strip()[:300]
