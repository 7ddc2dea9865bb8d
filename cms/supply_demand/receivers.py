"""Agreements follow their notices and their payments."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cms.core.actors import SYSTEM, Actor
from cms.core.calendar_actions import year_saved
from cms.core.subjects import model_and_pk
from cms.notices.models import Notice
from cms.notices.signals import notice_closed, notice_published
from cms.payments.signals import contract_settled
from cms.rules.roles import Role
from cms.rules.supply_demand.agreement_states import AgreementEvent, AgreementState
from cms.supply_demand.actions.agreements import agreement_step, complete_agreement
from cms.supply_demand.actions.submissions import set_review_due
from cms.supply_demand.models import Agreement
from cms.supply_demand.queries.applications import list_for_review


@receiver(notice_published)
def follow_publication(
    sender: object, notice: Notice, by: Actor, at: datetime, **extra: Any
) -> None:
    """Move on when the unit opens the notice; the platform alone is not enough."""
    agreement = Agreement.objects.filter(notice=notice).first()
    if agreement is None or agreement.status != AgreementState.AWAITING_NOTICE:
        return
    if Role.TRANSFER_OFFICE in by.roles_in(agreement.owner_id):
        agreement_step(agreement, AgreementEvent.PUBLISH, by=by, at=at)


@receiver(year_saved)
def set_review_limits(sender: object, at: datetime, **extra: Any) -> None:
    """Give a limit to what was handed in while the calendar lacked the year."""
    for application in list_for_review().filter(review_due_at=None):
        set_review_due(application)


@receiver(notice_closed)
def follow_close(sender: object, notice: Notice, at: datetime, **extra: Any) -> None:
    """Move on when the notice has closed."""
    agreement = Agreement.objects.filter(notice=notice).first()
    if agreement and agreement.status == AgreementState.NOTICE_OPEN:
        agreement_step(agreement, AgreementEvent.CLOSE_NOTICE, by=SYSTEM, at=at)


@receiver(contract_settled)
def follow_payments(
    sender: object, contract: str, by: Actor, at: datetime, **extra: Any
) -> None:
    """Complete the contract with its last payment."""
    model, pk = model_and_pk(contract)
    if model is Agreement:
        complete_agreement(Agreement.objects.get(pk=pk), by=by, at=at)
