"""Decisions of the bureau on demands: publish, or return with comments."""

from collections.abc import Mapping
from datetime import datetime

from cms.core import due, evidence, transitions
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.rules.roles import Role
from cms.rules.supply_demand.demand_form import FIELD_LABELS, check_form, name_leaks
from cms.rules.supply_demand.demand_states import DEMAND, DemandEvent
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.demand_pages import (
    end_of_validity,
    write_page,
)
from cms.supply_demand.actions.demands import EXPIRY, latest_validity, roles_over
from cms.supply_demand.models import (
    Demand,
    DemandDecision,
    DemandPage,
    DemandSubmission,
)
from cms.supply_demand.public_texts import screen_public_texts
from cms.supply_demand.queries.demands import facts_of


def publish_demand(demand: Demand, *, by: Actor, at: datetime) -> DemandPage:
    """Publish the frozen copy that waits; a revision replaces the old text only now.

    1. Checks again what may have changed since: validity, personal data, name.
    2. Steps on and writes the public page.
    3. Sets the timer of the end of validity.

    Raises:
        RuleViolation, RuleViolations: E-DM-02, E-DM-04, E-DM-06, E-SE-02,
            E-ST-01…04.
    """
    with writing():
        submission = _pending(demand)
        facts = facts_of(submission)
        _check_reviewer(demand, by)
        check_form(facts, on=at.astimezone(SHANGHAI).date(), latest=latest_validity(at))
        found = screen_public_texts(facts)
        found += name_leaks(facts, demand.organization.short_name)
        if found:
            raise RuleViolations(found)
        transitions.apply(
            DEMAND,
            demand,
            DemandEvent.PUBLISH,
            by=by,
            roles=roles_over(demand, by),
            at=at,
            payload={"sequence": submission.sequence, "sha256": submission.sha256},
        )
        page = write_page(demand, submission, facts, at=at)
        demand.page = page
        demand.save(update_fields=["page"])
        _decide(submission, DemandDecision.PUBLISHED, by=by, at=at)
        due.schedule(EXPIRY, demand, end_of_validity(facts))
        return page


def return_demand(
    demand: Demand,
    opinion: str,
    comments: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> DemandSubmission:
    """Return the frozen copy with an opinion or comments on named fields.

    Raises:
        RuleViolation: E-FP-07 (nothing said), E-DM-06, E-ST-01…04.
    """
    said = {
        field: text.strip()
        for field, text in comments.items()
        if field in FIELD_LABELS and text.strip()
    }
    if not opinion.strip() and not said:
        raise RuleViolation("E-FP-07", field="opinion")
    with writing():
        submission = _pending(demand)
        _check_reviewer(demand, by)
        transitions.apply(
            DEMAND,
            demand,
            DemandEvent.RETURN,
            by=by,
            roles=roles_over(demand, by),
            at=at,
            payload={"sequence": submission.sequence, "fields": sorted(said)},
        )
        submission.opinion, submission.comments = opinion.strip(), said
        _decide(submission, DemandDecision.RETURNED, by=by, at=at)
        return submission


def record_desk_view(demand: Demand, *, by: Actor, at: datetime) -> None:
    """Log that a person of the desk opened a form with its contact (CC-09)."""
    with writing():
        evidence.record("demand.viewed", demand, {}, by=by, at=at)


def _pending(demand: Demand) -> DemandSubmission:
    submission = (
        demand.submissions.filter(decision=DemandDecision.PENDING)
        .order_by("-sequence")
        .first()
    )
    if submission is None:
        raise RuleViolation(
            "E-ST-01",
            state=DEMAND.states(demand.status).label,
            event=DemandEvent.PUBLISH.label,
        )
    return submission


def _check_reviewer(demand: Demand, by: Actor) -> None:
    """Refuse who is not of the bureau, or belongs to the enterprise (E-DM-06)."""
    if not by.has(Role.BUREAU):
        raise RuleViolation("E-ST-02", event=DemandEvent.PUBLISH.label)
    if by.roles_in(demand.organization_id):
        raise RuleViolation("E-DM-06")


def _decide(
    submission: DemandSubmission,
    decision: DemandDecision,
    *,
    by: Actor,
    at: datetime,
) -> None:
    submission.decision = decision.value
    submission.decided_by_id, submission.decided_at = by.user_id, at
    submission.save()
