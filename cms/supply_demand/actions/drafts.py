"""Working copies of applications: start, save a page, discard (FP-05)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import take_write_lock, writing
from cms.core.models import PrivateFile
from cms.parties.models import Organization
from cms.rules.application_form import CURRENT_VERSION, get_form
from cms.rules.form_values import Lists, clean, clean_rows
from cms.rules.forms import FieldType, FormField, Topic
from cms.rules.parties import OrganizationKind, PilotStatus
from cms.rules.roles import Role
from cms.rules.supply_demand.eligibility import check_filer
from cms.rules.supply_demand.supply_states import EDITABLE_STATES, SupplyState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers, set_answers
from cms.supply_demand.models.applications import PURPOSE

_EDIT = "填写"


def check_unit(owner: Organization) -> None:
    """Refuse an organization that may not file (PL-01).

    Raises:
        RuleViolation: E-FP-17.
    """
    check_filer(OrganizationKind(owner.kind), PilotStatus(owner.pilot_status))


def check_office(owner_id: int, by: Actor, event: str = _EDIT) -> None:
    """Refuse a person who does not act for the unit's transfer office.

    Raises:
        RuleViolation: E-ST-02.
    """
    if Role.TRANSFER_OFFICE not in by.roles_in(owner_id):
        raise RuleViolation("E-ST-02", event=event)


def start_application(
    owner: Organization,
    *,
    by: Actor,
    at: datetime,
    prefill: Mapping[str, Any] | None = None,
) -> Application:
    """Open a draft of the newest form, with what is already known filled in.

    Raises:
        RuleViolation: E-FP-17 (no pilot or resident unit), E-ST-02.
    """
    check_unit(owner)
    check_office(owner.pk, by)
    known = get_form(CURRENT_VERSION)
    answers = {field.code: field.default for field in known.fields() if field.default}
    answers |= {
        code: value for code, value in (prefill or {}).items() if known.field(code)
    }
    answers |= unit_answers(owner)
    application = Application(
        owner=owner,
        form_version=CURRENT_VERSION,
        title=str(answers.get("title", ""))[:80],
        status=SupplyState.DRAFT.value,
        created_by_id=by.person_id,
        created_at=at,
        changed_at=at,
    )
    set_answers(application, answers)
    with writing():
        application.save()
        payload: dict[str, object] = {"form_version": CURRENT_VERSION}
        evidence.record("supply.started", application, payload, by=by, at=at)
    return application


def unit_answers(owner: Organization) -> dict[str, str]:
    """Return the answers that the register of units gives."""
    is_pilot = owner.pilot_status == PilotStatus.PILOT
    return {
        "unit_name": owner.name,
        "credit_code": owner.credit_code,
        "unit_kind": owner.kind,
        "pilot_status": "pilot" if is_pilot else "reference",
    }


def save_topic(
    application: Application,
    topic: Topic,
    typed: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
    lists: Lists | None = None,
) -> Application:
    """Keep the answers of one page, complete or not.

    What is malformed is refused as a whole, so that nothing is kept that the
    person would not find again. A published entry's public text stays as it is.

    Raises:
        RuleViolations: E-FM-…, E-ID-01, E-ID-03: malformed answers.
        RuleViolation: E-ST-01 (not editable now), E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_application(application)
        check_office(fresh.owner_id, by)
        if fresh.version != version:
            raise RuleViolation("E-ST-04")
        if fresh.status not in EDITABLE_STATES:
            state = SupplyState(fresh.status).label
            raise RuleViolation("E-ST-01", state=state, event=_EDIT)
        cleaned = clean_topic(topic, typed, lists, owner_id=fresh.owner_id)
        answers = all_answers(fresh) | cleaned | unit_answers(fresh.owner)
        if answers == all_answers(fresh):
            return fresh
        set_answers(fresh, answers)
        fresh.title = str(answers.get("title", ""))
        fresh.changed_at = at
        fresh.version += 1
        fresh.has_changes = fresh.status != SupplyState.DRAFT
        fresh.save()
        return fresh


def clean_topic(
    topic: Topic, typed: Mapping[str, Any], lists: Lists | None, *, owner_id: int
) -> dict[str, Any]:
    """Return the answers of a page as they are kept.

    Raises:
        RuleViolations: all malformed answers.
    """
    cleaned: dict[str, Any] = {}
    found: list[RuleViolation] = []
    for field in topic.fields:
        if field.code not in typed:
            continue
        try:
            value = clean(field, typed[field.code], lists)
            if field.type == FieldType.ROWS:
                value, wrong = clean_rows(field, value, lists)
                found += wrong
            elif field.type == FieldType.FILES:
                value = _known_files(field, value, owner_id)
            cleaned[field.code] = value
        except RuleViolation as violation:
            found.append(violation)
    if found:
        raise RuleViolations(found)
    return cleaned


def discard_draft(application: Application, *, by: Actor, at: datetime) -> None:
    """Delete a draft that was never handed in.

    Raises:
        RuleViolation: E-ST-01 (it was handed in once), E-ST-02.
    """
    with writing():
        fresh = lock_application(application)
        check_office(fresh.owner_id, by, "删除草稿")
        if fresh.status != SupplyState.DRAFT or fresh.number:
            state = SupplyState(fresh.status).label
            raise RuleViolation("E-ST-01", state=state, event="删除草稿")
        payload: dict[str, object] = {"form_version": fresh.form_version}
        evidence.record("supply.discarded", fresh, payload, by=by, at=at)
        fresh.delete()


def lock_application(application: Application) -> Application:
    """Return the row as it now stands, locked to the end of the transaction."""
    take_write_lock()
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=application.pk)
    )


def _known_files(
    field: FormField, items: list[Mapping[str, Any]], owner_id: int
) -> list[dict[str, Any]]:
    """Return the files as they are kept: id, name and the unit's mark.

    Raises:
        RuleViolation: E-FM-15: a file of another unit, or none at all.
    """
    ids = [int(item["id"]) for item in items]
    known = PrivateFile.objects.filter(
        pk__in=ids, owner_id=owner_id, purpose=PURPOSE
    ).in_bulk()
    if len(known) != len(set(ids)):
        raise RuleViolation("E-FM-15", field=field.code, label=field.label)
    return [
        {
            "id": number,
            "name": known[number].name,
            "public": bool(item.get("public")) and field.may_be_public,
        }
        for number, item in zip(ids, items, strict=True)
    ]
