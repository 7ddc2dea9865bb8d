"""An agreed event has happened: told with evidence, confirmed or returned (PS-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.core.working_calendar import get_calendar
from cms.payments.actions.stepping import (
    lock_payment,
    reason_given,
    require_paper,
    step,
)
from cms.payments.models import Payment
from cms.payments.timing import arrange
from cms.rules.payment_dues import check_not_later, due_day
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import PaymentEvent
from cms.rules.violations import RuleViolation


@dataclass(frozen=True, slots=True)
class Fact:
    """What is told of an event; `amount` in yuan where the contract fixes no sum."""

    happened_on: date
    note: str
    file: PrivateFile | None = None
    amount: Decimal | None = None


def trigger_payment(
    payment: Payment, fact: Fact, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Say that the agreed event has happened, with its evidence.

    What lives on income is not triggered: its periods are (`report_period`).

    Raises:
        RuleViolation: E-PM-01 (no fact told), E-PM-03 (a sum is wanted), E-PM-04,
            E-PM-07, E-PM-09 (no evidence), E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_payment(payment, version)
        if fresh.is_source:
            raise RuleViolation("E-PM-04")
        put_fact(fresh, fact, at=at)
        step(fresh, PaymentEvent.TRIGGER, by=by, at=at, payload=proof_of(fresh))
        return fresh


def confirm_trigger(
    payment: Payment, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Confirm a trigger: the row is payable, its days run from the event.

    A period in which nothing was earned is settled at once.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_payment(payment, version)
        make_payable(fresh, by=by, at=at)
        if fresh.amount == 0:
            step(fresh, PaymentEvent.PAY, by=by, at=at)
        return fresh


def return_trigger(
    payment: Payment, reason: str, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Send a trigger back: the event has not happened, or its proof is not enough.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-ST-01, E-ST-02, E-ST-04.
    """
    given = reason_given(reason)
    with writing():
        fresh = lock_payment(payment, version)
        fresh.happened_on = fresh.triggered_at = None
        fresh.save()
        step(fresh, PaymentEvent.RETURN, by=by, at=at, reason=given)
        return fresh


@writing()
def put_fact(payment: Payment, fact: Fact, *, at: datetime) -> None:
    """Check what is told and keep it on the row, with the sum where it has none."""
    if not fact.note.strip():
        raise RuleViolation("E-PM-01", field="note")
    today = to_shanghai(at).date()
    check_not_later(fact.happened_on, today, "条件成就之日", field="happened_on")
    require_paper(fact.file, "触发证据")
    if payment.formula or payment.source_id is not None:
        if fact.amount is None or fact.amount < 0:
            raise RuleViolation("E-PM-03", field="amount")
        payment.amount = fact.amount
    payment.happened_on, payment.triggered_at = fact.happened_on, at
    payment.trigger_note, payment.trigger_file = fact.note.strip()[:300], fact.file
    payment.save()


def proof_of(payment: Payment) -> dict[str, object]:
    """Return what the log keeps of a trigger: day, sum, hash of the evidence."""
    return {
        "happened_on": payment.happened_on,
        "amount": payment.amount,
        "file": payment.trigger_file.sha256 if payment.trigger_file else "",
    }


@writing()
def make_payable(payment: Payment, *, by: Actor, at: datetime) -> None:
    """Let the days to pay run from the event, and set reminders and the end."""
    if payment.due_days is not None and payment.happened_on is not None:
        found = due_day(
            payment.happened_on, payment.due_days, payment.latest_on, get_calendar()
        )
        payment.due_on = found.day
        payment.is_provisional = found.missing_year is not None
        payment.save(update_fields=["due_on", "is_provisional"])
    payload = {"due_on": payment.due_on}
    step(payment, PaymentEvent.CONFIRM, by=by, at=at, payload=payload)
    arrange(payment, at=at)
