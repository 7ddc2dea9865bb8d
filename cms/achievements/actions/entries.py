"""A unit's own entries: edit, submit, revise, withdraw; the desk's decisions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cms.achievements.actions.publication import (
    close_achievement,
    publish_achievement,
)
from cms.achievements.facts import facts_of_entry
from cms.achievements.models import (
    Achievement,
    AchievementContact,
    AchievementPage,
    AchievementPicture,
    ImportBatch,
    PublicContent,
    ReviewComment,
)
from cms.core import transitions
from cms.core.actors import SYSTEM, Actor
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.rules.achievements import (
    ACHIEVEMENT_TABLE,
    DEFERRED_FORMS,
    EDITABLE,
    LABEL_MODES,
    AchievementEvent,
    AchievementStatus,
    PublicStatus,
)
from cms.rules.catalog_entry import (
    REQUIRED,
    check_complete,
    find_faults,
    find_personal,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

CONTENT_FIELDS = tuple(field.name for field in PublicContent._meta.get_fields())
_PRIVATE_FIELDS = (
    "contact_name",
    "contact_phone",
    "contact_email",
    "project_source",
    "project_number",
    "internal_note",
)
_DESK = frozenset({Role.PLATFORM, Role.BUREAU, Role.SYSTEM})
_DECISIONS = frozenset({AchievementEvent.PUBLISH, AchievementEvent.RETURN})
ENTRY_FIELDS = ("name", *CONTENT_FIELDS, *_PRIVATE_FIELDS)


def _take(
    entry: Achievement,
    event: AchievementEvent,
    *,
    by: Actor,
    at: datetime,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Take one step; a unit's roles count in that unit only."""
    own = by.roles_in(entry.owner_id)
    if own and event in _DECISIONS:
        raise RuleViolation("E-ST-03")  # recusal: 附件1十四(二)
    transitions.apply(
        ACHIEVEMENT_TABLE,
        entry,
        event,
        by=by,
        roles=own | (by.roles & _DESK),
        at=at,
        payload=payload,
    )


@writing()
def create_entry(
    owner_id: int,
    values: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    import_batch: ImportBatch | None = None,
) -> Achievement:
    """Add a draft.

    Raises:
        RuleViolation: E-CA-12, the unit already uses this ledger number.
    """
    entry = Achievement(
        owner_id=owner_id,
        created_by_id=by.person_id,
        created_at=at,
        updated_at=at,
        import_batch=import_batch,
    )
    return _write(entry, values, at=at)


def update_entry(
    entry: Achievement, values: Mapping[str, Any], *, version: int, at: datetime
) -> Achievement:
    """Write the text of an editable entry.

    Raises:
        RuleViolation: E-ST-01 (not editable now), E-ST-04 (changed meanwhile),
            E-CA-12.
    """
    with writing():
        fresh = Achievement.objects.select_for_update().get(pk=entry.pk)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        require_editable(fresh)
        return _write(fresh, values, at=at)


def require_editable(entry: Achievement) -> None:
    """Refuse an entry that may not be changed now (E-ST-01)."""
    if entry.status not in EDITABLE:
        raise RuleViolation("E-ST-01", state=entry.get_status_display(), event="编辑")


def _write(
    entry: Achievement, values: Mapping[str, Any], *, at: datetime
) -> Achievement:
    for name in ENTRY_FIELDS:
        if name in values:
            setattr(entry, name, values[name])
    twin = (
        Achievement.objects.filter(
            owner_id=entry.owner_id, ledger_number=entry.ledger_number
        )
        .exclude(pk=entry.pk)
        .first()
    )
    if entry.ledger_number and twin:
        raise RuleViolation("E-CA-12", field="ledger_number", number=twin.name)
    entry.updated_at = at
    entry.version += 1
    entry.save()
    return entry


def check_entry(entry: Achievement) -> None:
    """Refuse an entry that may not become public.

    Raises:
        RuleViolation: E-LS-01 with what is missing.
        RuleViolations: all other faults.
    """
    names = (*REQUIRED, "reference_price", "price_note")
    check_complete({name: getattr(entry, name) for name in names})
    facts = facts_of_entry(entry)
    faults = find_faults(facts, is_own_entry=True) + find_personal(facts)
    if faults:
        raise RuleViolations(faults)


def submit_entry(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Hand an entry, or its revision, to the desk."""
    check_entry(entry)
    with writing():
        _take(entry, AchievementEvent.SUBMIT, by=by, at=at)
        entry.submitted_by_id, entry.submitted_at = by.user_id, at
        entry.save(update_fields=["submitted_by", "submitted_at"])
    return entry


def recall_entry(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Take a submission back before the desk decides."""
    _take(entry, AchievementEvent.RECALL, by=by, at=at)
    return entry


def revise_entry(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Open a published entry for changes; the page keeps its text (FP-13)."""
    with writing():
        _take(entry, AchievementEvent.REVISE, by=by, at=at)
        entry.published_pictures = [
            [file_id, caption]
            for file_id, caption in entry.pictures.values_list("file_id", "caption")
        ]
        entry.save(update_fields=["published_pictures"])
    return entry


def _public_page(entry: Achievement) -> AchievementPage:
    """Return the page of an entry that has been published."""
    if entry.page is None:
        raise LookupError(f"achievement {entry.pk} has no page")
    return entry.page


def abandon_revision(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Drop the changes: the entry takes the public text again."""
    with writing():
        _take(entry, AchievementEvent.ABANDON, by=by, at=at)
        page = _public_page(entry)
        labels = {mode.value for mode in LABEL_MODES}
        deferred = {form.value for form in DEFERRED_FORMS}
        entry.name = page.title
        for name in CONTENT_FIELDS:
            setattr(entry, name, getattr(page, name))
        entry.transfer_modes = [m for m in page.transfer_modes if m not in labels]
        if entry.payment_form in deferred:
            entry.payment_form = ""
        contact = AchievementContact.objects.get(page=page)
        entry.contact_name = contact.name
        entry.contact_phone = contact.phone
        entry.contact_email = contact.email
        entry.updated_at = at
        entry.save()
        entry.pictures.all().delete()
        AchievementPicture.objects.bulk_create(
            AchievementPicture(
                achievement=entry, file_id=pk, caption=caption, position=position
            )
            for position, (pk, caption) in enumerate(entry.published_pictures, 1)
        )
    return entry


def withdraw_entry(
    entry: Achievement, reason: str, *, by: Actor, at: datetime
) -> Achievement:
    """Take a published entry off the list; it stays readable with its status."""
    with writing():
        _take(
            entry, AchievementEvent.WITHDRAW, by=by, at=at, payload={"reason": reason}
        )
        close_achievement(
            _public_page(entry), PublicStatus.WITHDRAWN, by=by, at=at, reason=reason
        )
    return entry


def reopen_entry(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Prepare a closed entry for publication under its old number."""
    _take(entry, AchievementEvent.REOPEN, by=by, at=at)
    return entry


def publish_entry(entry: Achievement, *, by: Actor, at: datetime) -> Achievement:
    """Publish a submitted entry or revision (not by its submitter).

    Side effects: the public page, its number, contact, pictures, validity.
    """
    check_entry(entry)
    with writing():
        _take(entry, AchievementEvent.PUBLISH, by=by, at=at)
        page = publish_achievement(
            facts_of_entry(entry),
            unit=entry.owner,
            by=by,
            at=at,
            source=subject_of(entry),
        )
        entry.page, entry.number = page, page.number
        entry.save(update_fields=["page", "number"])
    return entry


def return_entry(
    entry: Achievement,
    comments: Sequence[tuple[str, str]],
    *,
    by: Actor,
    at: datetime,
) -> Achievement:
    """Send a submission back with (field, text) comments; field "" is the whole.

    Raises:
        RuleViolation: E-FP-07, there is no comment.
    """
    given = [(field, text.strip()) for field, text in comments if text.strip()]
    if not given:
        raise RuleViolation("E-FP-07", field="comment")
    with writing():
        _take(
            entry,
            AchievementEvent.RETURN,
            by=by,
            at=at,
            payload={"fields": [field for field, _ in given]},
        )
        ReviewComment.objects.bulk_create(
            ReviewComment(
                achievement=entry,
                field=field,
                text=text,
                version=entry.version,
                created_by_id=by.person_id,
                created_at=at,
            )
            for field, text in given
        )
    return entry


def expire_entry(entry: Achievement, *, at: datetime) -> Achievement:
    """Mark an entry whose page expired."""
    open_states = {
        row.source
        for row in ACHIEVEMENT_TABLE.transitions
        if row.event == AchievementEvent.EXPIRE
    }
    if AchievementStatus(entry.status) in open_states:  # type: ignore[call-arg]
        _take(entry, AchievementEvent.EXPIRE, by=SYSTEM, at=at)
    return entry
