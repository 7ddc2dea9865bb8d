"""The notice of a case, signing the grant, registering the title (EM-06…EM-12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.subjects import subject_of
from cms.empowerment.actions.cases import lock_case, require_state, step
from cms.empowerment.facts import as_date, find
from cms.empowerment.gates import check_titles_registered
from cms.empowerment.guards import signing_gates
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.signals import case_signed
from cms.empowerment.timing import schedule_end, schedule_service
from cms.notices.actions import create_notice, save_draft
from cms.notices.models import Notice
from cms.rules.empowerment import (
    MODE_RULES,
    EmpowermentEvent,
    EmpowermentMode,
    EmpowermentState,
    check_insider_statement,
    earliest_end,
)
from cms.rules.violations import RuleViolation, RuleViolations


def open_notice(
    case: EmpowermentCase,
    title: str,
    values: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Notice:
    """Draft the case's notice: unit only, or unit and platform where priced.

    The notice then goes its own way (`cms.notices`); its publication and close
    move the case on.

    Raises:
        RuleViolation: E-ST-01 (not approved), E-ST-02, E-OT-07 (a declared
            relation that the notice would hide), E-NT-02 (there is one).
    """
    with writing():
        fresh = lock_case(case, by)
        require_state(fresh, EmpowermentState.AWAITING_NOTICE, "起草公示")
        if fresh.notice_id is not None:
            raise RuleViolation("E-NT-02")
        has_insider = fresh.declarations.filter(has_relation=True).exists()
        check_insider_statement(has_insider, values.get("insider_statement", ""))
        kind = MODE_RULES[EmpowermentMode(fresh.mode)].notice
        notice = create_notice(
            fresh.owner_id, kind, by=by, at=at, case_subject=subject_of(fresh)
        )
        save_draft(
            notice, title=title, values=values, planned_close_on=None, by=by, at=at
        )
        fresh.notice, fresh.changed_at = notice, at
        fresh.save()
        return notice


def sign_case(
    case: EmpowermentCase,
    *,
    signed_on: date,
    effective_on: date,
    ends_on: date | None,
    by: Actor,
    at: datetime,
) -> EmpowermentCase:
    """Record that the grant is signed; every gate must be open (EM-06, CC-01).

    `ends_on` is the last day of a use right. Sends `case_signed`.

    Raises:
        RuleViolations: E-FP-08, E-EM-01, E-EM-11, E-EM-15, E-EM-04, E-NT-05,
            E-NT-06, E-EM-13, those of the mode (§11.3); RuleViolation: E-GR-02,
            E-GR-03, E-EM-03 (the term), E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_case(case, by)
        answers = sheets.answers_of(fresh)
        found = signing_gates(fresh, answers, at)
        found += _check_days(fresh, answers, signed_on, effective_on, ends_on)
        if found:
            raise RuleViolations(found)
        fresh.signed_on, fresh.effective_on = signed_on, effective_on
        fresh.ends_on, fresh.changed_at = ends_on, at
        fresh.save()
        step(
            fresh,
            EmpowermentEvent.SIGN,
            by=by,
            at=at,
            payload={"signed_on": signed_on, "effective_on": effective_on},
        )
        schedule_end(fresh)
        schedule_service(fresh, effective_on)
        case_signed.send(EmpowermentCase, case=fresh, at=at)
        return fresh


def _check_days(
    case: EmpowermentCase,
    answers: Mapping[str, Any],
    signed_on: date,
    effective_on: date,
    ends_on: date | None,
) -> list[RuleViolation]:
    """Return what is wrong with the days: order, and the term of a use right."""
    found = []
    if effective_on < signed_on:
        found.append(RuleViolation("E-GR-02", field="effective_on"))
    is_ownership = MODE_RULES[EmpowermentMode(case.mode)].is_ownership
    if is_ownership == (ends_on is not None):
        found.append(RuleViolation("E-GR-03", field="ends_on"))
    elif ends_on is not None:
        starts_on = as_date(find(answers, "empowerment.starts_on")) or effective_on
        earliest = earliest_end(starts_on, case.rule_edition)
        if ends_on < earliest:
            d = earliest.isoformat()
            found.append(RuleViolation("E-EM-03", field="ends_on", d=d))
    return found


def register_title(
    case: EmpowermentCase, *, version: int, by: Actor, at: datetime
) -> EmpowermentCase:
    """Record that title or license is registered; the case is performed (PS-02).

    Raises:
        RuleViolation: E-PS-08 (a title that is not registered), E-ST-01 to E-ST-04.
    """
    with writing():
        fresh = lock_case(case, by, version=version)
        check_titles_registered(fresh)
        fresh.changed_at = at
        fresh.save()
        step(fresh, EmpowermentEvent.REGISTER, by=by, at=at)
        return fresh
