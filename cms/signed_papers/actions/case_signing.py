"""The case behind a signed contract: its gates, signing and order (§17.1, §17.9)."""

from datetime import datetime
from typing import Any

from cms.case_documents.bundle import Answers, instruments_of
from cms.case_documents.kinds import kind_of
from cms.core.actors import Actor
from cms.empowerment.actions import sign_case
from cms.empowerment.models import EmpowermentCase
from cms.notices.gates import check_may_proceed
from cms.parties.models import Organization
from cms.rules.shanghai_time import start_of
from cms.rules.signed_papers import (
    CONTRACTS,
    PAID_BY_ENTERPRISE,
    SIGNING,
    SignedDays,
    check_case_days,
)
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.agreements import sign_agreement


def contract_gates(
    case: Any, instrument: str, days: SignedDays, answers: Answers, at: datetime
) -> list[RuleViolation]:
    """Return what keeps a contract of a case out of the archive (AMB-17, AS-05).

    The notice must have closed before the day of signing, not only before now; the
    rules of the mode are applied to what was signed, not to what was assembled.
    """
    if instrument not in CONTRACTS or days.signed_on is None:
        return []
    found = _notice_gates(case, start_of(days.signed_on), at)
    found += kind_of(case).check(case, answers)
    return found + _order_gates(case, instrument, days)


def sign_behind(
    case: Any, instrument: str, days: SignedDays, *, by: Actor, at: datetime
) -> None:
    """Sign the case with the paper that signs it, once.

    Raises:
        RuleViolations, RuleViolation: those of `sign_case` and `sign_agreement`.
    """
    if instrument not in SIGNING or case.signed_on is not None:
        return
    if days.signed_on is None or days.effective_on is None:
        raise RuleViolation("E-SG-01", field="signed_on", label="签订、生效日期")
    sign = sign_case if isinstance(case, EmpowermentCase) else sign_agreement
    sign(
        case,
        signed_on=days.signed_on,
        effective_on=days.effective_on,
        ends_on=days.ends_on,
        by=by,
        at=at,
    )


def payer_of(case: Any, instrument: str) -> Organization | None:
    """Return the enterprise that pays, None where the team or nobody known does."""
    payer: Organization | None = case.enterprise
    return payer if instrument in PAID_BY_ENTERPRISE else None


def _notice_gates(case: Any, signed_at: datetime, at: datetime) -> list[RuleViolation]:
    if case.notice is None:
        if isinstance(case, EmpowermentCase):
            return [RuleViolation("E-EM-04", field="signed_on")]
        return [RuleViolation("E-NT-04", field="signed_on", close="未公示")]
    for moment in (signed_at, at):
        try:
            check_may_proceed(case.notice, moment)
        except RuleViolation as closed:
            closed.field = "signed_on"
            return [closed]
    return []


def _order_gates(case: Any, instrument: str, days: SignedDays) -> list[RuleViolation]:
    """Return what contradicts the order: first the grant, then what follows it."""
    known = SignedDays(case.signed_on, case.effective_on, case.ends_on)
    if instrument in SIGNING:
        return check_case_days(days, known) if case.signed_on else []
    order = instruments_of(case)
    first = next((one for one in order if one in SIGNING), None)
    if first is None or order.index(instrument) < order.index(first):
        return []
    if case.signed_on is None:
        return [RuleViolation("E-SG-17", instrument=first)]
    if days.signed_on is not None and days.signed_on < case.signed_on:
        return [
            RuleViolation(
                "E-AS-02",
                field="signed_on",
                item="签订日期",
                doc_a=first,
                a=case.signed_on.isoformat(),
                doc_b=instrument,
                b=days.signed_on.isoformat(),
            )
        ]
    return []
