"""Decisions of the bureau on an application: check, return, publish (FP-06)."""

from collections.abc import Mapping
from datetime import datetime

from cms.core import due, transitions
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.rules.form_values import Lists
from cms.rules.roles import Role
from cms.rules.supply_demand.public_entry import public_texts
from cms.rules.supply_demand.review import (
    check_checklist,
    check_recusal,
    check_return,
)
from cms.rules.supply_demand.supply_states import (
    REVIEW_STATES,
    SUPPLY,
    SupplyEvent,
    SupplyState,
)
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.drafts import lock_application
from cms.supply_demand.actions.offer_pages import write_offer, write_state
from cms.supply_demand.actions.submissions import end_review, roles_over
from cms.supply_demand.models import (
    Application,
    OfferPage,
    ReviewComment,
    Submission,
)
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.models.applications import SubmissionDecision
from cms.supply_demand.screening import screen_files, screen_texts

EXPIRY = "supply.expire"


def save_checklist(
    application: Application,
    results: Mapping[str, str],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> Submission:
    """Keep the reviewer's checks on the snapshot under review.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-03, E-ST-04, E-EM-05.
    """
    with writing():
        fresh = _open_for_decision(application, SupplyEvent.PUBLISH, version, by)
        submission = pending_submission(fresh)
        submission.checklist = dict(results)
        submission.save(update_fields=["checklist"])
        return submission


def return_application(
    application: Application,
    *,
    version: int,
    opinion: str,
    comments: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Application:
    """Return an application with an opinion and comments on named fields.

    A returned revision leaves the published text as it is.

    Raises:
        RuleViolation: E-FP-07, E-EM-05, E-ST-01…04.
    """
    check_return(comments, opinion)
    with writing():
        fresh = _open_for_decision(application, SupplyEvent.RETURN, version, by)
        submission = pending_submission(fresh)
        written = {code: text.strip() for code, text in comments.items()}
        ReviewComment.objects.bulk_create(
            ReviewComment(
                submission=submission,
                field=code,
                text=text,
                author_id=by.person_id,
                created_at=at,
            )
            for code, text in written.items()
            if text
        )
        _decide(submission, SubmissionDecision.RETURNED, opinion, by=by, at=at)
        _step(fresh, SupplyEvent.RETURN, submission, by=by, at=at)
        end_review(fresh, at=at)
        return fresh


def publish_application(
    application: Application,
    *,
    version: int,
    opinion: str,
    by: Actor,
    at: datetime,
    lists: Lists | None = None,
) -> OfferPage:
    """Publish the snapshot under review, new or as a revision (D-28).

    1. Refuses team members and declared relatives (E-EM-05), the submitter
       (E-ST-03), an unfinished checklist, and personal data in public texts
       and attachments (E-SE-02).
    2. Writes the catalogue entry and the offer's page; a first publication
       gets its number FB-年-序号 and starts its validity.
    3. Steps on, ends the review's timer, sets that of the validity.

    Raises:
        RuleViolation, RuleViolations: see above; E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = _open_for_decision(application, SupplyEvent.PUBLISH, version, by)
        submission = pending_submission(fresh)
        check_publishable(submission, lists=lists)
        is_new = fresh.offer is None
        offer = write_offer(fresh, submission, by=by, at=at, lists=lists)
        fresh.offer = offer
        fresh.achievement_number = offer.achievement_number
        fresh.save(update_fields=["offer", "achievement_number"])
        _decide(submission, SubmissionDecision.PUBLISHED, opinion, by=by, at=at)
        _step(fresh, SupplyEvent.PUBLISH, submission, by=by, at=at)
        end_review(fresh, at=at)
        fresh.has_changes = False
        fresh.save(update_fields=["has_changes"])
        write_state(fresh, at=at)
        if is_new:
            due.schedule(EXPIRY, fresh, offer.valid_until)
        return offer


def check_publishable(submission: Submission, lists: Lists | None = None) -> None:
    """Refuse a snapshot whose checks are open or that would leak personal data.

    Raises:
        RuleViolations: E-FP-08, E-EM-01, E-CC-02, E-SE-02, E-FL-03.
    """
    answers = all_answers(submission)
    found = check_checklist(submission.checklist)
    found += screen_texts(public_texts(form_of(submission), answers, lists))
    public = [row for row in submission.attachments if row["is_public"]]
    files = PrivateFile.objects.in_bulk([row["id"] for row in public])
    found += screen_files(
        (row["field"], files[row["id"]]) for row in public if row["id"] in files
    )
    if found:
        raise RuleViolations(found)


def pending_submission(application: Application) -> Submission:
    """Return the snapshot that waits for a decision."""
    return application.submissions.get(decision=SubmissionDecision.PENDING)


def involved_names(submission: Submission) -> list[str]:
    """Return the names of the team and of declared relatives (CC-05, CC-06)."""
    answers = all_answers(submission)
    members = [row.get("name", "") for row in answers.get("team_members", [])]
    related = answers.get("related_parties", [])
    relatives = [row.get(part, "") for row in related for part in ("member", "party")]
    return [answers.get("representative", ""), *members, *relatives]


def _open_for_decision(
    application: Application, event: SupplyEvent, version: int, by: Actor
) -> Application:
    """Lock the application and check that this person may decide on it."""
    fresh = lock_application(application)
    if Role.BUREAU not in by.roles:
        raise RuleViolation("E-ST-02", event=event.label)
    if fresh.version != version:
        raise RuleViolation("E-ST-04")
    if fresh.status not in REVIEW_STATES:
        state = SupplyState(fresh.status).label
        raise RuleViolation("E-ST-01", state=state, event=event.label)
    if by.user_id == fresh.submitted_by_id:
        raise RuleViolation("E-ST-03")
    check_recusal(by.name, involved_names(pending_submission(fresh)))
    return fresh


def _decide(
    submission: Submission,
    decision: SubmissionDecision,
    opinion: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    submission.decision = decision.value
    submission.opinion = opinion.strip()
    submission.decided_by_id, submission.decided_at = by.user_id, at
    submission.save(update_fields=["decision", "opinion", "decided_by", "decided_at"])


def _step(
    application: Application,
    event: SupplyEvent,
    submission: Submission,
    *,
    by: Actor,
    at: datetime,
) -> None:
    transitions.apply(
        SUPPLY,
        application,
        event,
        by=by,
        roles=roles_over(application, by),
        at=at,
        payload={
            "number": application.number,
            "sequence": submission.sequence,
            "sha256": submission.sha256,
        },
    )
