"""`apply()`: the one door through which a case changes its state."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import models

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, advance
from cms.rules.violations import RuleViolation


class Case(Protocol):
    """A model row with a `status`, a `version` and a `submitted_by_id`."""

    pk: Any
    status: str
    version: int
    submitted_by_id: int | None


def apply(
    table: StateTable,
    case: Case,
    event: str,
    *,
    by: Actor,
    roles: frozenset[Role],
    at: datetime,
    payload: Mapping[str, object] | None = None,
    reason: str = "",
) -> Transition:
    """Take one step of `table`: lock, check, save, evidence, in one transaction.

    1. Locks the row and refuses a stale copy (E-ST-04).
    2. Checks state and roles (E-ST-01, E-ST-02); `roles` are those that the
       actor holds over this case (the caller resolves them).
    3. Four eyes: refuses the submitter where the row asks for it (E-ST-03).
    4. Saves `status` and `version`, and appends `<table>.<event>` as evidence
       with the roles that the actor held and the reason given.

    The caller checks guards before and does timers and documents after, in
    the same transaction. `reason` and `payload` hold no personal data.
    """
    with writing():
        row = _checked_step(table, case, event, by, roles)
        case.status = row.target
        case.version += 1
        case.save(update_fields=["status", "version"])  # type: ignore[attr-defined]
        content: dict[str, object] = {
            "from": row.source,
            "to": row.target,
            "version": case.version,
            "roles": sorted(row.roles & roles),
        }
        if reason:
            content["reason"] = reason
        evidence.record(
            f"{table.name}.{event}",
            case,  # type: ignore[arg-type]
            {**(payload or {}), **content},
            by=by,
            at=at,
        )
        return row


def _checked_step(
    table: StateTable, case: Case, event: str, by: Actor, roles: frozenset[Role]
) -> Transition:
    """Return the step after locking the row and comparing it with the copy."""
    model: type[models.Model] = type(case)  # type: ignore[assignment]
    rows = model._base_manager.select_for_update().filter(pk=case.pk)
    # The texts of a case can be long; the step needs three columns.
    fresh: Any = rows.only("status", "version", "submitted_by").first()
    if fresh is None or (fresh.version, fresh.status) != (case.version, case.status):
        raise RuleViolation("E-ST-04")
    row = advance(table, fresh.status, event, roles)
    is_submitter = by.user_id is not None and by.user_id == fresh.submitted_by_id
    if row.four_eyes and is_submitter:
        raise RuleViolation("E-ST-03")
    return row
