"""What the tasks listen to, and where they hold a case up (PS-01…PS-05, §17.1)."""

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from cms.case_documents.bundle import overlaid
from cms.case_documents.kinds import case_behind, kind_of
from cms.core.actors import Actor
from cms.core.subjects import subject_of
from cms.empowerment.facts import as_text, find
from cms.empowerment.gates import lists_open_registrations
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.signals import case_ended, case_extended
from cms.recordal.actions import lapse_tasks, lengthen_contracts, plan_tasks
from cms.recordal.contract_facts import Filing, read_contract
from cms.recordal.queries import open_titles
from cms.rules.empowerment import EmpowermentState
from cms.rules.recordal import Ending
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.agreement_states import AgreementState
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.signals import paper_filed
from cms.supply_demand.models import Agreement
from cms.supply_demand.signals import agreement_ended

_ENDINGS = {
    EmpowermentState.RESCINDED.value: Ending.RESCINDED,
    EmpowermentState.EXPIRED.value: Ending.EXPIRED,
    AgreementState.RESCINDED.value: Ending.RESCINDED,
    AgreementState.EXPIRED.value: Ending.EXPIRED,
}


@receiver(paper_filed)
def plan_after_filing(
    sender: object, signed: SignedPaper, by: Actor, at: datetime, **extra: Any
) -> None:
    """Make the tasks that follow from a filed contract, in its transaction.

    Those of a case that has ended already lapse at once.
    """
    answers = effective_answers(signed)
    own = (answers.get("papers") or {}).get(signed.instrument) or {}
    answers = overlaid(answers, own)
    case: Any = case_behind(signed.case)
    is_shared = signed.instrument in kind_of(case).shared
    filing = Filing(
        case=signed.case,
        paper=subject_of(signed),
        instrument=signed.instrument,
        number=as_text(find(answers, "document.number")),
        rule_edition=case.rule_edition,
        name=signed.title,
        mode=case.mode if isinstance(case, EmpowermentCase) else "",
        enterprise_id=case.enterprise_id if is_shared else None,
        signed_on=signed.signed_on,
        effective_on=signed.effective_on,
        ends_on=signed.ends_on,
    )
    contract = read_contract(filing, answers)
    plan_tasks(contract, owner=signed.owner, by=by, at=at)
    _lapse_if_ended(case, at)


@receiver(case_ended)
def lapse_after_case(
    sender: object, case: EmpowermentCase, at: datetime, **extra: Any
) -> None:
    """Close the tasks of an ended grant, in the transaction of its end."""
    _lapse_if_ended(case, at)


@receiver(case_extended)
def lengthen_after_extension(
    sender: object, case: EmpowermentCase, at: datetime, **extra: Any
) -> None:
    """Let the record of the use right end with its new term."""
    if case.ends_on is not None:
        lengthen_contracts(subject_of(case), case.ends_on, at=at)


@receiver(agreement_ended)
def lapse_after_agreement(
    sender: object, agreement: Agreement, at: datetime, **extra: Any
) -> None:
    """Close the tasks of an ended agreement, in the transaction of its end."""
    _lapse_if_ended(agreement, at)


@lists_open_registrations
def open_registrations(case: EmpowermentCase) -> list[str]:
    """Return the titles of a case that are not registered yet."""
    return [task.right for task in open_titles(subject_of(case))]


def _lapse_if_ended(case: EmpowermentCase | Agreement, at: datetime) -> None:
    ending = _ENDINGS.get(case.status)
    if ending is not None:
        reason, ended_on = _end_of(case, ending)
        lapse_tasks(subject_of(case), ending, reason, ended_on=ended_on, at=at)


def _end_of(case: EmpowermentCase | Agreement, ending: Ending) -> tuple[str, date]:
    """Return why and on which day a case has ended; the act dates its last change."""
    if ending is Ending.EXPIRED and case.ends_on is not None:
        return f"期限至{case.ends_on}届满", case.ends_on
    day = to_shanghai(case.changed_at).date()
    if isinstance(case, EmpowermentCase):
        return case.decision_reason, day
    return case.closing_reason, day
