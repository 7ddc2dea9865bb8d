"""Income settled period by period: a statement makes a row (PS-07, 民法典846)."""

from datetime import datetime

from django.db.models import Max

from cms.core.actors import Actor
from cms.core.locks import writing
from cms.payments.actions.stepping import lock_payment, reason_given, step
from cms.payments.actions.triggers import Fact, proof_of, put_fact
from cms.payments.models import Payment
from cms.payments.queries import open_periods, roles_over
from cms.rules.supply_demand.payment_states import (
    PAYMENT,
    PaymentEvent,
    PaymentState,
)
from cms.rules.violations import RuleViolation

_LONGEST_PERIOD = 40


def report_period(
    source: Payment, period: str, fact: Fact, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Hand in the statement of a period; return its row, triggered with its sum.

    `fact.happened_on` is the last day of the period, `fact.amount` what is to be
    paid for it: nothing, where nothing was earned (a statement is due all the same).

    Raises:
        RuleViolation: E-PM-10 (not settled by period), E-PM-05 (reported already),
            E-PM-01, E-PM-03, E-PM-07, E-PM-09, E-ST-01, E-ST-02, E-ST-04.
    """
    name = period.strip()[:_LONGEST_PERIOD]
    with writing():
        fresh = lock_payment(source, version)
        _check_source(fresh, by)
        if not name:
            raise RuleViolation("E-PM-09", field="period", label="结算期")
        if fresh.periods.filter(period=name).exists():
            raise RuleViolation("E-PM-05", field="period", label=name)
        rows = Payment.objects.filter(contract=fresh.contract)
        last = rows.aggregate(last=Max("position"))["last"] or 0
        made = Payment(
            owner_id=fresh.owner_id,
            payer_id=fresh.payer_id,
            contract=fresh.contract,
            source=fresh,
            period=name,
            position=last + 1,
            kind=fresh.kind,
            kind_label=fresh.kind_label,
            trigger=fresh.trigger,
            condition=fresh.condition,
            evidence=fresh.evidence,
            formula=fresh.formula,
            due_days=fresh.due_days,
            created_at=at,
        )
        put_fact(made, fact, at=at)
        payload = {**proof_of(made), "period": name}
        step(made, PaymentEvent.TRIGGER, by=by, at=at, payload=payload)
        # Two people cannot both work on what they saw before this statement.
        fresh.version += 1
        fresh.save(update_fields=["version"])
        return made


def close_source(
    source: Payment, reason: str, *, version: int, by: Actor, at: datetime
) -> Payment:
    """Confirm that no further period is to be settled.

    Raises:
        RuleViolation: E-FP-07 (no reason), E-PM-06 (periods that are open), E-PM-10,
            E-ST-01, E-ST-02, E-ST-04.
    """
    given = reason_given(reason)
    with writing():
        fresh = lock_payment(source, version)
        if not fresh.is_source:
            raise RuleViolation("E-PM-10")
        if items := [row.period for row in open_periods(fresh)]:
            raise RuleViolation("E-PM-06", items="、".join(items))
        fresh.closing_reason = given
        fresh.save()
        step(fresh, PaymentEvent.CLOSE, by=by, at=at, reason=given)
        return fresh


def _check_source(source: Payment, by: Actor) -> None:
    """Refuse a statement to a row that takes none, or by a person who gives none."""
    if not source.is_source:
        raise RuleViolation("E-PM-10")
    if source.status != PaymentState.UNTRIGGERED:
        raise RuleViolation("E-ST-01", state=source.status_label, event="报送结算单")
    events = PAYMENT.events_for(PaymentState.UNTRIGGERED, roles_over(source, by))
    if PaymentEvent.TRIGGER not in events:
        raise RuleViolation("E-ST-02", event="报送结算单")
