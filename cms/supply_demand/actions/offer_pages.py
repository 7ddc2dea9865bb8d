"""The public page of an offer (D-28): written from a frozen snapshot only."""

from datetime import datetime
from typing import Any

from cms.achievements.actions.publication import publish_achievement, set_label
from cms.achievements.models import AchievementPage
from cms.core import numbering
from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.core.pages import add_page, save_page
from cms.core.subjects import subject_of
from cms.core.working_calendar import get_calendar
from cms.rules import deadlines
from cms.rules.achievements import TransferMode
from cms.rules.form_progress import find_changes
from cms.rules.form_values import Lists
from cms.rules.payment_plans import is_use_then_pay, months_after
from cms.rules.supply_demand.application_facts import (
    achievement_facts,
    payment_plan,
    price_text,
    wants_use_then_transfer,
)
from cms.rules.supply_demand.public_entry import PUBLIC, public_groups
from cms.rules.supply_demand.supply_states import SupplyState
from cms.supply_demand.models import (
    Application,
    OfferIndexPage,
    OfferPage,
    OfferRevision,
    Submission,
)
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.pictures import copy_for_public
from cms.supply_demand.tree import get_index_page

_DEFAULT_MONTHS = "12"
_PICTURES = "pictures"


@writing()
def write_offer(
    application: Application,
    submission: Submission,
    *,
    by: Actor,
    at: datetime,
    lists: Lists | None = None,
) -> OfferPage:
    """Publish a snapshot as the catalogue entry and as the page of the offer.

    A revised page keeps its number, its first date and its validity; what
    changed is kept in the revision log (FP-13).
    """
    answers = all_answers(submission)
    achievement = publish_achievement(
        achievement_facts(answers),
        unit=application.owner,
        by=by,
        at=at,
        source=subject_of(application),
    )
    offer, is_new = application.offer, application.offer is None
    if offer is None:
        number = numbering.next_number("FB", at.astimezone(SHANGHAI).year)
        offer = OfferPage(
            number=number,
            slug=number,
            published_at=at,
            valid_until=end_of_validity(answers, at),
            call_number=answers.get("call_number", ""),
        )
    _write_columns(offer, application, answers, achievement)
    offer.entry = _entry(submission, answers, by=by, at=at, lists=lists)
    offer.state = SupplyState.PUBLISHED.value if is_new else offer.state
    if is_new:
        return add_page(get_index_page(OfferIndexPage), offer, at=at)
    offer.revised_at = at
    _log_revision(application, submission, offer, at=at, lists=lists)
    return save_page(offer, at=at)


def write_state(application: Application, *, at: datetime) -> None:
    """Carry the case's state over to its page: the public sees no review."""
    offer = application.offer
    if offer is None:
        return
    offer.state = shown_state(SupplyState(application.status)).value
    offer.ended_at = None if offer.is_listed else at
    save_page(offer, at=at)


def shown_state(state: SupplyState) -> SupplyState:
    """Return the state that the public sees; a revision under review is private."""
    return {
        SupplyState.REVISION_SUBMITTED: SupplyState.PUBLISHED,
        SupplyState.MATCHING_REVISION_SUBMITTED: SupplyState.MATCHING,
    }.get(state, state)


def end_of_validity(answers: dict[str, Any], at: datetime) -> datetime:
    """Return 24:00 of the last day: ENTRY_VALID, or the shorter term asked for."""
    longest = deadlines.compute("ENTRY_VALID", at, get_calendar())
    months = answers.get("valid_months") or _DEFAULT_MONTHS
    if months == _DEFAULT_MONTHS:
        return longest.close_at
    opened = longest.opened_at.date()
    last_day = months_after(opened, int(months))
    return longest.close_at - (longest.last_day - last_day)


def label_achievement(offer: OfferPage, *, by: Actor, at: datetime) -> None:
    """Take the labels off the catalogue entry of an offer that is off the list."""
    page = AchievementPage.objects.filter(number=offer.achievement_number).first()
    if page is None:
        return
    for label in (TransferMode.USE_THEN_PAY, TransferMode.USE_THEN_TRANSFER):
        if label.value in page.transfer_modes:
            set_label(page, label, None, by=by, at=at)


def _write_columns(
    offer: OfferPage,
    application: Application,
    answers: dict[str, Any],
    achievement: AchievementPage,
) -> None:
    offer.title = offer.draft_title = answers["title"]
    offer.unit = application.owner
    offer.achievement_number = achievement.number
    for name in (
        "abstract",
        "district",
        "industry",
        "technology_field",
        "stage",
        "payment_form",
        "license_kind",
        "pricing_method",
    ):
        setattr(offer, name, answers[name])
    offer.trl = int(answers["trl"])
    offer.price_text = price_text(answers)
    offer.is_use_then_pay = is_use_then_pay(payment_plan(answers))
    offer.is_use_then_transfer = wants_use_then_transfer(answers)


def _entry(
    submission: Submission,
    answers: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    lists: Lists | None,
) -> dict[str, Any]:
    """Return what stands on the page: groups of fields, and the public files."""
    rows = [row for row in submission.attachments if row["is_public"]]
    files = PrivateFile.objects.in_bulk([row["id"] for row in rows])
    pictures = [
        copy_for_public(files[row["id"]], by=by, at=at)
        for row in rows
        if row["field"] == _PICTURES
    ]
    papers = [files[row["id"]] for row in rows if row["field"] != _PICTURES]
    return {
        "form_version": submission.form_version,
        "groups": public_groups(form_of(submission), answers, lists),
        "attachments": [_shown_file(file) for file in papers],
        "pictures": [_shown_file(file) for file in pictures],
    }


def _shown_file(file: PrivateFile) -> dict[str, Any]:
    names = ("name", "size", "sha256", "media_type")
    return {"id": file.pk, **{name: getattr(file, name) for name in names}}


def _log_revision(
    application: Application,
    submission: Submission,
    offer: OfferPage,
    *,
    at: datetime,
    lists: Lists | None,
) -> None:
    before = published_submission(application, before=submission.sequence)
    changes = find_changes(
        form_of(submission),
        all_answers(before) if before else {},
        all_answers(submission),
        visible_to=PUBLIC,
        lists=lists,
    )
    OfferRevision.objects.create(
        offer=offer,
        sequence=offer.revision_log.count() + 1,
        approved_at=at,
        differences=[
            {
                "code": change.code,
                "label": change.label,
                "old": change.old,
                "new": change.new,
            }
            for change in changes
        ],
    )


def published_submission(
    application: Application, *, before: int | None = None
) -> Submission | None:
    """Return the snapshot that the public reads (or read before a later one)."""
    published = application.submissions.filter(decision="published")
    if before is not None:
        published = published.filter(sequence__lt=before)
    return published.order_by("-sequence").first()
