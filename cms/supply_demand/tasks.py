"""Handlers of the timers: validity and review, close of calls, end of events."""

from datetime import datetime

from django.db import models

from cms.core import due
from cms.supply_demand.actions import (
    agreements,
    calls,
    demands,
    events,
    match_endings,
    offers,
    reviews,
    submissions,
)
from cms.supply_demand.models import Agreement, Application, Call, Demand, Event, Match


@due.register(demands.EXPIRY)
def expire_demand(subject: models.Model, at: datetime) -> None:
    """Take the demand off at the end of its validity."""
    if isinstance(subject, Demand):
        demands.expire_demand(subject, at=at)


@due.register(match_endings.EXPIRY)
def expire_match(subject: models.Model, at: datetime) -> None:
    """Let the unanswered match lapse."""
    if isinstance(subject, Match):
        match_endings.expire_match(subject, at=at)


@due.register(calls.CLOSE)
def close_call(subject: models.Model, at: datetime) -> None:
    """Close the call."""
    if isinstance(subject, Call):
        calls.close_call(subject, at=at)


@due.register(events.END)
def end_event(subject: models.Model, at: datetime) -> None:
    """End the event."""
    if isinstance(subject, Event):
        events.end_event(subject, at=at)


@due.register(reviews.EXPIRY)
def expire_offer(subject: models.Model, at: datetime) -> None:
    """Take the offer off at the end of its validity."""
    if isinstance(subject, Application):
        offers.expire_offer(subject, at=at)


@due.register(submissions.REVIEW)
def mark_review_overdue(subject: models.Model, at: datetime) -> None:
    """Mark a review that was not decided in time."""
    if isinstance(subject, Application):
        offers.mark_overdue(subject)


@due.register(agreements.EFFECT)
def take_effect(subject: models.Model, at: datetime) -> None:
    """Let the signed contract take effect."""
    if isinstance(subject, Agreement):
        agreements.take_effect(subject, at=at)


@due.register(agreements.END)
def end_agreement(subject: models.Model, at: datetime) -> None:
    """Let the contract expire."""
    if isinstance(subject, Agreement):
        agreements.end_agreement(subject, at=at)
