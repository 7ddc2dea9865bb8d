"""What the tasks listen to, and where they hold a case up (PS-01…PS-05, §17.1)."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cms.case_documents.bundle import overlaid
from cms.case_documents.kinds import case_behind, kind_of
from cms.core.actors import Actor
from cms.core.subjects import subject_of
from cms.empowerment.facts import as_text, find
from cms.empowerment.gates import lists_open_registrations
from cms.empowerment.models import EmpowermentCase
from cms.recordal.actions import plan_tasks
from cms.recordal.contract_facts import Filing, read_contract
from cms.recordal.queries import open_titles
from cms.signed_papers.effective import effective_answers
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.signals import paper_filed


@receiver(paper_filed)
def plan_after_filing(
    sender: object, signed: SignedPaper, by: Actor, at: datetime, **extra: Any
) -> None:
    """Make the tasks that follow from a filed contract, in its transaction."""
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


@lists_open_registrations
def open_registrations(case: EmpowermentCase) -> list[str]:
    """Return the titles of a case that are not registered yet."""
    return [task.right for task in open_titles(subject_of(case))]
