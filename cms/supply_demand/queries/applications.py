"""Reads of applications: the unit's own, the desk's, receipts, timelines."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.http import Http404

from cms.core import private_files
from cms.core.actors import Actor
from cms.core.models import EvidenceEntry, PrivateFile
from cms.core.subjects import subject_of
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CallScope, CallState
from cms.rules.supply_demand.supply_states import REVIEW_STATES
from cms.supply_demand.models import Application, Call, ReviewComment, Submission
from cms.supply_demand.models.applications import PURPOSE, SubmissionDecision

UNIT_ROLES = (Role.TRANSFER_OFFICE, Role.APPROVER)
_REVIEWING = [state.value for state in REVIEW_STATES]
_STEPS = {
    "supply.started": "开始填写",
    "supply.submit": "提交申请",
    "supply.revise": "提交修订",
    "supply.retract": "撤回申请",
    "supply.return": "退回修改",
    "supply.publish": "审核通过并发布",
    "supply.match": "达成合作意向",
    "supply.renew": "续期",
    "supply.withdraw": "撤回发布",
    "supply.expire": "有效期届满下架",
    "supply.convert": "登记转化",
}
_BUREAU_STEPS = ("supply.return", "supply.publish")


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a case's timeline."""

    at: datetime
    title: str
    by: str
    text: str = ""


def list_own_applications(actor: Actor) -> QuerySet[Application]:
    """Return the applications of the units for which the person acts."""
    return Application.objects.filter(
        owner__in=actor.organizations_as(*UNIT_ROLES)
    ).select_related("owner", "offer")


def search_applications(
    applications: QuerySet[Application], *, text: str, status: str
) -> QuerySet[Application]:
    """Return those whose title or number holds the text, in a state."""
    if text:
        applications = applications.filter(
            Q(title__icontains=text)
            | Q(number__iexact=text)
            | Q(offer__number__iexact=text)
        )
    return applications.filter(status=status) if status else applications


def get_own_application(actor: Actor, pk: int) -> Application:
    """Return one application of the person's units.

    Raises:
        Http404: there is none, or it is another unit's.
    """
    application = list_own_applications(actor).filter(pk=pk).first()
    if application is None:
        raise Http404
    return application


def list_for_desk() -> QuerySet[Application]:
    """Return every application that was ever handed in, newest first."""
    return (
        Application.objects.exclude(number="")
        .select_related("owner", "offer", "submitted_by")
        .order_by("-submitted_at", "-pk")
    )


def list_for_review() -> QuerySet[Application]:
    """Return what waits for a decision, the earliest due first."""
    return (
        list_for_desk()
        .filter(status__in=_REVIEWING)
        .order_by(F("review_due_at").asc(nulls_last=True), "submitted_at", "pk")
    )


def get_desk_application(pk: int) -> Application:
    """Return one application that was handed in.

    Raises:
        Http404: there is none; a draft is private to its unit.
    """
    application = list_for_desk().filter(pk=pk).first()
    if application is None:
        raise Http404
    return application


def get_last_submission(application: Application) -> Submission | None:
    """Return the snapshot handed in last."""
    return (
        application.submissions.select_related("submitted_by", "decided_by")
        .order_by("-sequence")
        .first()
    )


def get_return(application: Application) -> Submission | None:
    """Return the last snapshot if it was returned, so that comments still count."""
    last = get_last_submission(application)
    returned = last is not None and last.decision == SubmissionDecision.RETURNED
    return last if returned else None


def list_comments(submission: Submission | None) -> dict[str, str]:
    """Return the comments of a snapshot by field."""
    if submission is None:
        return {}
    rows = ReviewComment.objects.filter(submission=submission)
    return dict(rows.values_list("field", "text"))


def get_receipt(code: str) -> Submission | None:
    """Return the snapshot behind a receipt's code."""
    return (
        Submission.objects.filter(receipt_code=code)
        .select_related("application")
        .first()
    )


def list_steps(application: Application) -> list[Step]:
    """Return the timeline of an application from the evidence log."""
    entries = EvidenceEntry.objects.filter(
        subject=subject_of(application), kind__in=_STEPS
    ).order_by("sequence")
    decided = {
        submission.sequence: submission for submission in application.submissions.all()
    }
    return [_step(entry, decided) for entry in entries]


def _step(entry: EvidenceEntry, decided: dict[int, Submission]) -> Step:
    is_bureau = entry.kind in _BUREAU_STEPS
    submission = decided.get(entry.payload.get("sequence", 0))
    text = submission.opinion if submission and is_bureau else ""
    return Step(
        at=entry.legal_at,
        title=_STEPS[entry.kind],
        by="市科技局" if is_bureau else entry.actor_name,
        text=text,
    )


def list_open_calls(at: datetime) -> list[tuple[str, str]]:
    """Return (number, label) of the calls that collect offers at an instant."""
    calls = Call.objects.filter(
        status=CallState.PUBLISHED,
        scope__in=[CallScope.OFFERS.value, CallScope.BOTH.value],
        opens_at__lte=at,
        closes_at__gt=at,
    ).order_by("closes_at", "pk")
    return [(call.number, f"{call.title}（{call.number}）") for call in calls]


@private_files.readable(PURPOSE)
def may_read_paper(actor: Actor, file: PrivateFile) -> bool:
    """Whether the person may read a paper: its unit, and the bureau once handed in."""
    if file.owner_id in actor.organizations_as(*UNIT_ROLES):
        return True
    if not actor.has(Role.BUREAU):
        return False
    lists = Submission.objects.filter(application__owner=file.owner_id).values_list(
        "attachments", flat=True
    )
    return any(row["id"] == file.pk for rows in lists for row in rows)
