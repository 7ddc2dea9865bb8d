"""The rows of a contract become payments with timers when it is signed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import models

from cms.core import due, evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.parties.models import Organization
from cms.payments.models import Payment
from cms.payments.timing import TRIGGER, arrange
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.shanghai_time import start_of


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """One row as agreed; `amount` in yuan, or `formula`."""

    kind: str
    kind_label: str
    trigger: PaymentTrigger
    condition: str
    evidence: str = ""
    amount: Decimal | None = None
    formula: str = ""
    due_on: date | None = None
    due_days: int | None = None
    latest_on: date | None = None


def plan_payments(
    contract: models.Model,
    owner: Organization,
    payer: Organization | None,
    rows: Sequence[PlannedPayment],
    *,
    by: Actor,
    at: datetime,
) -> list[Payment]:
    """Make the payments of a signed contract, once; a second call changes nothing.

    A row with a fixed day is triggered by the system on that day; one with a
    latest day falls overdue at its end.
    """
    subject = subject_of(contract)
    with writing():
        known = list(Payment.objects.filter(contract=subject))
        if known:
            return known
        made = [
            Payment.objects.create(
                owner=owner,
                payer=payer,
                contract=subject,
                position=position,
                created_at=at,
                **{**asdict(row), "trigger": row.trigger.value},
            )
            for position, row in enumerate(rows, 1)
        ]
        for payment in made:
            if payment.trigger == PaymentTrigger.DATE and payment.due_on is not None:
                due.schedule(TRIGGER, payment, start_of(payment.due_on))
            arrange(payment, at=at)
        count: dict[str, object] = {"rows": len(made)}
        evidence.record("payments.planned", contract, count, by=by, at=at)
        return made
