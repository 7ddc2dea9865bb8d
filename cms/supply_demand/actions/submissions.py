"""Handing in an application: frozen snapshot, receipt, and taking it back (D-27)."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from cms.core import due, numbering, transitions
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.core.working_calendar import get_calendar
from cms.rules import deadlines
from cms.rules.application_form.answers import YES
from cms.rules.form_progress import drop_unasked
from cms.rules.form_values import Lists
from cms.rules.forms import FormDefinition
from cms.rules.roles import Role
from cms.rules.supply_demand.application_checks import check_application
from cms.rules.supply_demand.calls import belongs_to_batch
from cms.rules.supply_demand.public_entry import attachments_of, public_texts
from cms.rules.supply_demand.supply_states import SUPPLY, SupplyEvent
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.drafts import (
    check_office,
    check_unit,
    lock_application,
)
from cms.supply_demand.models import Application, Call, Submission
from cms.supply_demand.models.answers import (
    all_answers,
    canonical,
    form_of,
    set_answers,
)
from cms.supply_demand.models.applications import SubmissionDecision, SubmissionKind
from cms.supply_demand.screening import screen_texts

REVIEW = "supply.review"
TRUTH = "truthful"


def roles_over(application: Application, by: Actor) -> frozenset[Role]:
    """Return the roles held over an application: its unit's, the desk's."""
    desk = by.roles & {Role.BUREAU, Role.SYSTEM}
    return by.roles_in(application.owner_id) | desk


def submit_application(
    application: Application,
    *,
    version: int,
    salt: str,
    receipt_code: str,
    is_declared_true: bool,
    by: Actor,
    at: datetime,
    lists: Lists | None = None,
) -> Submission:
    """Hand in the working copy, new or as a revision, and give the receipt.

    1. Checks unit, completeness, gates, payments, labels and personal data.
    2. Gives the number SQ-年-序号 at the first hand-in.
    3. Freezes a snapshot with its SHA-256; the salt keeps others from guessing.
    4. Drops the batch where its call is over by `at`: 常态化 (FP-07).
    5. Steps on, and sets the review's due row (FORMAL_REVIEW), if the calendar
       knows it.

    Raises:
        RuleViolation, RuleViolations: E-FP-17, E-FP-06, E-FP-08, E-EM-01,
            E-FP-01…05, E-FP-13, E-UT-06, E-SE-02, E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_application(application)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        check_submittable(fresh, is_declared_true=is_declared_true, by=by, lists=lists)
        if not fresh.number:
            year = at.astimezone(SHANGHAI).year
            fresh.number = numbering.next_number("SQ", year)
        answers = _final_answers(fresh, at)
        submission = _freeze(fresh, answers, salt, receipt_code, by=by, at=at)
        fresh.submitted_by_id, fresh.submitted_at = by.user_id, at
        fresh.review_due_at, fresh.is_review_overdue = None, False
        fresh.has_changes = False
        fresh.save()
        transitions.apply(
            SUPPLY,
            fresh,
            SupplyEvent.REVISE if fresh.offer_id else SupplyEvent.SUBMIT,
            by=by,
            roles=roles_over(fresh, by),
            at=at,
            payload={
                "number": fresh.number,
                "sequence": submission.sequence,
                "sha256": submission.sha256,
            },
        )
        set_review_due(fresh)
        return submission


@writing()
def set_review_due(application: Application) -> None:
    """Set until when the bureau decides, if the calendar knows it.

    The limit binds the bureau. Where its calendar lacks the year, the unit's right
    to hand in does not wait for it: the limit follows with the year (T-07).
    """
    submitted_at = application.submitted_at
    latest = application.submissions.order_by("-sequence").first()
    if submitted_at is None or latest is None:
        return
    try:
        deadline = deadlines.compute("FORMAL_REVIEW", submitted_at, get_calendar())
    except RuleViolation as refused:
        if refused.code == "E-NT-03":
            return
        raise
    application.review_due_at = deadline.close_at
    application.save(update_fields=["review_due_at"])
    due.schedule(REVIEW, application, deadline.close_at, cycle=latest.sequence)


def check_submittable(
    application: Application,
    *,
    is_declared_true: bool,
    by: Actor,
    lists: Lists | None = None,
) -> None:
    """Refuse an application that cannot be handed in; all reasons at once.

    Raises:
        RuleViolation: E-FP-17, E-ST-02.
        RuleViolations: what `check_application` finds, E-SE-02.
    """
    check_unit(application.owner)
    check_office(application.owner_id, by, SupplyEvent.SUBMIT.label)
    form = form_of(application)
    answers = drop_unasked(form, all_answers(application))
    found = check_application(form, answers)
    found += screen_texts(public_texts(form, answers, lists))
    if not is_declared_true:
        found.append(RuleViolation("E-FM-01", field=TRUTH, label="真实性承诺"))
    if found:
        raise RuleViolations(found)


def retract_submission(
    application: Application, *, version: int, by: Actor, at: datetime
) -> Application:
    """Take back what was handed in, while the bureau has not decided.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        application.version = version
        transitions.apply(
            SUPPLY,
            application,
            SupplyEvent.RETRACT,
            by=by,
            roles=roles_over(application, by),
            at=at,
        )
        application.submissions.filter(decision=SubmissionDecision.PENDING).update(
            decision=SubmissionDecision.RETRACTED, decided_at=at
        )
        end_review(application, at=at)
        return application


@writing()
def end_review(application: Application, *, at: datetime) -> None:
    """Clear the review's timer and marker."""
    due.cancel(REVIEW, application, at=at)
    application.review_due_at = None
    application.is_review_overdue = False
    application.has_changes = application.offer_id is not None
    application.changed_at = at
    application.save(
        update_fields=[
            "review_due_at",
            "is_review_overdue",
            "has_changes",
            "changed_at",
        ]
    )


def snapshot_text(submission: Submission, number: str) -> str:
    """Return the canonical text whose SHA-256 stands on the receipt."""
    return canonical(
        {
            "number": number,
            "sequence": submission.sequence,
            "kind": submission.kind,
            "form_version": submission.form_version,
            "answers": submission.answers,
            "sealed_answers": submission.sealed_answers,
            "attachments": submission.attachments,
            "submitted_by": submission.submitted_by_id,
            "submitted_at": submission.submitted_at.astimezone(SHANGHAI).isoformat(
                timespec="seconds"
            ),
            "salt": submission.salt,
        }
    )


def _final_answers(application: Application, at: datetime) -> dict[str, Any]:
    """Return the asked answers, with the declaration and the batch settled."""
    answers = drop_unasked(form_of(application), all_answers(application))
    answers[TRUTH] = YES
    if application.offer is not None:
        answers["call_number"] = application.offer.call_number
        return answers
    number = answers.get("call_number", "")
    call = Call.objects.filter(number=number).first() if number else None
    if call is None or not belongs_to_batch(call.opens_at, call.closes_at, at):
        answers["call_number"] = ""
    return answers


def _freeze(
    application: Application,
    answers: dict[str, Any],
    salt: str,
    receipt_code: str,
    *,
    by: Actor,
    at: datetime,
) -> Submission:
    kind = SubmissionKind.REVISION if application.offer_id else SubmissionKind.FIRST
    submission = Submission(
        application=application,
        sequence=application.submissions.count() + 1,
        kind=kind.value,
        form_version=application.form_version,
        attachments=_attachment_list(form_of(application), answers),
        salt=salt,
        receipt_code=receipt_code,
        submitted_by_id=by.person_id,
        submitted_at=at.replace(microsecond=0),
    )
    set_answers(submission, answers)
    text = snapshot_text(submission, application.number)
    submission.sha256 = sha256(text.encode()).hexdigest()
    submission.save(force_insert=True)
    return submission


def _attachment_list(
    form: FormDefinition, answers: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the files with their hashes, as frozen.

    Raises:
        RuleViolation: E-FM-15: a file is gone.
    """
    attachments = attachments_of(form, answers)
    files = PrivateFile.objects.in_bulk([item.file_id for item in attachments])
    rows: list[dict[str, Any]] = []
    for item in attachments:
        file = files.get(item.file_id)
        if file is None:
            raise RuleViolation("E-FM-15", field=item.field, label=item.name)
        rows.append(
            {
                "id": file.pk,
                "field": item.field,
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "media_type": file.media_type,
                "is_public": item.is_public,
            }
        )
    return rows
