"""Life of a published offer: renew, take off, expire, convert (FP-13)."""

from datetime import datetime

from cms.core import due, transitions
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.pages import save_page
from cms.rules.supply_demand.supply_states import SUPPLY, SupplyEvent, SupplyState
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.drafts import lock_application
from cms.supply_demand.actions.match_endings import expire_matches_of_offer
from cms.supply_demand.actions.offer_pages import (
    end_of_validity,
    label_achievement,
    published_submission,
    write_state,
)
from cms.supply_demand.actions.reviews import EXPIRY
from cms.supply_demand.actions.submissions import REVIEW, end_review, roles_over
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers
from cms.supply_demand.models.applications import SubmissionDecision

_EXPIRED_REASON = "有效期届满"
_CONVERTED_REASON = "已转化"


def renew_offer(
    application: Application, *, version: int, by: Actor, at: datetime
) -> Application:
    """Start the validity anew, also of an entry that has expired.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        application.version = version
        _step(application, SupplyEvent.RENEW, by=by, at=at)
        offer = application.offer
        submission = published_submission(application)
        if offer is None or submission is None:
            raise ValueError("a listed application without a published snapshot")
        offer.valid_until = end_of_validity(all_answers(submission), at)
        save_page(offer, at=at)
        application.closing_reason = ""
        application.save(update_fields=["closing_reason"])
        due.cancel(EXPIRY, application, at=at)
        due.schedule(EXPIRY, application, offer.valid_until, cycle=application.version)
        write_state(application, at=at)
        return application


def withdraw_offer(
    application: Application, reason: str, *, version: int, by: Actor, at: datetime
) -> Application:
    """Take a listed entry off, with a reason; it stays readable.

    Raises:
        RuleViolation: E-FM-01 (no reason), E-ST-01, E-ST-02, E-ST-04.
    """
    if not reason.strip():
        raise RuleViolation("E-FM-01", field="reason", label="下架原因")
    application.version = version
    return _end(application, SupplyEvent.WITHDRAW, reason.strip(), by=by, at=at)


def convert_offer(
    application: Application, *, version: int, by: Actor, at: datetime
) -> Application:
    """Mark a matched entry as converted once its contract is filed."""
    application.version = version
    return _end(application, SupplyEvent.CONVERT, _CONVERTED_REASON, by=by, at=at)


def expire_offer(application: Application, *, at: datetime) -> Application:
    """Take an entry off at the end of its validity (due row `supply.expire`)."""
    fresh = lock_application(application)
    if SUPPLY.find(fresh.status, SupplyEvent.EXPIRE) is None:
        return fresh
    return _end(fresh, SupplyEvent.EXPIRE, _EXPIRED_REASON, by=SYSTEM, at=at)


@writing()
def mark_overdue(application: Application) -> None:
    """Mark a review that has not been decided in time (due row `supply.review`)."""
    fresh = lock_application(application)
    if fresh.review_due_at is None:
        return
    fresh.is_review_overdue = True
    fresh.save(update_fields=["is_review_overdue"])


def _end(
    application: Application,
    event: SupplyEvent,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Application:
    with writing():
        _step(application, event, by=by, at=at)
        application.closing_reason = reason
        application.save(update_fields=["closing_reason"])
        application.submissions.filter(decision=SubmissionDecision.PENDING).update(
            decision=SubmissionDecision.RETRACTED, decided_at=at
        )
        end_review(application, at=at)
        if event != SupplyEvent.EXPIRE:
            due.cancel(EXPIRY, application, at=at)
        due.cancel(REVIEW, application, at=at)
        write_state(application, at=at)
        offer = application.offer
        if offer is not None and application.status != SupplyState.CONVERTED:
            expire_matches_of_offer(offer, at=at)
            label_achievement(offer, by=by, at=at)
        return application


def _step(
    application: Application, event: SupplyEvent, *, by: Actor, at: datetime
) -> None:
    number = application.offer.number if application.offer else ""
    transitions.apply(
        SUPPLY,
        application,
        event,
        by=by,
        roles=roles_over(application, by),
        at=at,
        payload={"offer": number},
    )
