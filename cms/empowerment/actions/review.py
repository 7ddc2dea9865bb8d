"""Review by the office and decision by the unit's leading group (EM-05)."""

from datetime import datetime

from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.empowerment.actions.cases import lock_case, step
from cms.empowerment.guards import (
    declaration_gate,
    negative_list_gate,
    refuse_involved,
)
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.models.cases import CheckStage
from cms.rules.empowerment import EmpowermentEvent, Opinion, check_opinions
from cms.rules.violations import RuleViolation, RuleViolations


def pass_review(
    case: EmpowermentCase, *, version: int, by: Actor, at: datetime
) -> EmpowermentCase:
    """Pass an application on to the decision (初审通过).

    Raises:
        RuleViolations: E-FP-08, E-EM-01, E-EM-11; RuleViolation: E-EM-05,
            E-ST-01 to E-ST-04.
    """
    with writing():
        fresh = lock_case(case, by, version=version)
        answers = sheets.answers_of(fresh)
        refuse_involved(fresh, answers, by)
        found = negative_list_gate(fresh, CheckStage.APPLICATION)
        found += declaration_gate(fresh, answers, verified=True)
        if found:
            raise RuleViolations(found)
        fresh.reviewed_by_id, fresh.changed_at = by.user_id, at
        fresh.save()
        step(fresh, EmpowermentEvent.PASS_REVIEW, by=by, at=at)
        return fresh


def decide_case(
    case: EmpowermentCase,
    is_approved: bool,
    reason: str,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> EmpowermentCase:
    """Approve or refuse, after every configured department has spoken (D-06).

    Raises:
        RuleViolation: E-CC-03 (opinions missing), E-FP-07 (a refusal without
            reasons), E-EM-05, E-ST-01 to E-ST-04.
    """
    if not is_approved and not reason.strip():
        raise RuleViolation("E-FP-07", field="reason")
    with writing():
        fresh = lock_case(case, by, version=version)
        refuse_involved(fresh, sheets.answers_of(fresh), by)
        if fresh.reviewed_by_id == by.user_id:
            raise RuleViolation("E-ST-03")
        given = [Opinion(row.department, row.agrees) for row in fresh.opinions.all()]
        check_opinions(fresh.departments, given)
        fresh.approved_by_id, fresh.approved_at = by.user_id, at
        fresh.decision_reason, fresh.changed_at = reason.strip(), at
        fresh.save()
        event = EmpowermentEvent.APPROVE if is_approved else EmpowermentEvent.REFUSE
        step(fresh, event, by=by, at=at, reason=reason.strip())
        return fresh
