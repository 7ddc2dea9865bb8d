"""Reads of payments, each within the reader's scope."""

from django.db.models import Q, QuerySet

from cms.core.actors import Actor
from cms.payments.models import Payment
from cms.rules.roles import Role
from cms.rules.supply_demand.payment_states import OPEN_STATES

OFFICE = (Role.TRANSFER_OFFICE, Role.APPROVER, Role.FINANCE)
_OPEN = [state.value for state in OPEN_STATES]


def list_payments(actor: Actor) -> QuerySet[Payment]:
    """Return the rows of the actor's unit, and those that his enterprise pays."""
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    mine |= Q(payer_id__in=actor.organizations_as(Role.ENTERPRISE))
    return Payment.objects.filter(mine).select_related("owner", "payer")


def get_payment(actor: Actor, pk: int) -> Payment:
    """Return one row of the actor's scope (1 query).

    Raises:
        Payment.DoesNotExist: none, or not for this actor.
    """
    return list_payments(actor).select_related("trigger_file", "source").get(pk=pk)


def payments_of(contract: str) -> QuerySet[Payment]:
    """Return the rows of a contract in their order."""
    return Payment.objects.filter(contract=contract).order_by("position")


def open_filter() -> Q:
    """Return the condition of a row that is not settled."""
    return Q(status__in=_OPEN)


def open_periods(source: Payment) -> QuerySet[Payment]:
    """Return the periods of a source that are not settled."""
    return source.periods.filter(open_filter()).order_by("position")


def are_settled(contract: str) -> bool:
    """Whether a contract has rows and none of them is open (1 query)."""
    states = set(payments_of(contract).values_list("status", flat=True))
    return bool(states) and not states & set(_OPEN)


def roles_over(payment: Payment, by: Actor) -> frozenset[Role]:
    """Return the roles held over a payment: the unit's, the payer's, the system's."""
    held = by.roles_in(payment.owner_id) | (by.roles & {Role.SYSTEM})
    if payment.payer_id is not None:
        held |= by.roles_in(payment.payer_id) & {Role.ENTERPRISE}
    return held
