"""Reads of payments, each within the reader's scope."""

from django.db.models import Q, QuerySet

from cms.core.actors import Actor
from cms.payments.models import Payment
from cms.rules.roles import Role
from cms.rules.supply_demand.payment_states import PaymentState

OFFICE = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.FINANCE)
SETTLED = (PaymentState.PAID.value, PaymentState.WAIVED.value)


def list_payments(actor: Actor) -> QuerySet[Payment]:
    """Return the rows of the actor's unit, and those that his enterprise pays."""
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    mine |= Q(payer_id__in=actor.organizations_as(Role.ENTERPRISE))
    return Payment.objects.filter(mine).select_related("owner", "payer")


def payments_of(contract: str) -> QuerySet[Payment]:
    """Return the rows of a contract in their order."""
    return Payment.objects.filter(contract=contract).order_by("position")


def are_settled(contract: str) -> bool:
    """Whether a contract has rows and every one is paid or waived (1 query)."""
    states = set(payments_of(contract).values_list("status", flat=True))
    return bool(states) and states <= set(SETTLED)


def roles_over(payment: Payment, by: Actor) -> frozenset[Role]:
    """Return the roles held over a payment: the unit's, the payer's, the system's."""
    held = by.roles_in(payment.owner_id) | (by.roles & {Role.SYSTEM})
    if payment.payer_id is not None:
        held |= by.roles_in(payment.payer_id) & {Role.ENTERPRISE}
    return held
