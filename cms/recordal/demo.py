"""Demo data: the license of the performed demo case, its tasks in several states.

Its signed copy may still wait to be compared; filing it renews the same record.
"""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.case_documents.queries.papers import current_papers
from cms.core import private_files
from cms.core.actors import Actor
from cms.core.answers import answers_of
from cms.core.subjects import subject_of
from cms.empowerment.models import EmpowermentCase
from cms.parties.models import User
from cms.parties.queries import get_actor
from cms.recordal.actions import (
    Application,
    Outcome,
    complete_task,
    plan_tasks,
    save_sheet,
    submit_task,
)
from cms.recordal.contract_facts import Filing, read_contract
from cms.recordal.file_rights import PURPOSE
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.empowerment import EmpowermentMode, EmpowermentState
from cms.rules.recordal import TaskKind
from cms.rules.shanghai_time import start_of, to_shanghai
from cms.signed_papers.text_pdf import text_pdf

_GRANT, _LICENSE = "D-11", "D-22"
_DATA = {
    "giver_district": "450202",
    "taker_district": "450202",
    "technology_amount": "300000.00",
}
_NUMBER = "2026450200000001（示例）"


def load_demo(at: datetime) -> None:
    """Plan the tasks of the demo license once; register and report it.

    The grant before it, filed with its signed copy, is reported too."""
    office = User.objects.filter(username="demo-tto").first()
    case = EmpowermentCase.objects.filter(
        mode=EmpowermentMode.M4.value, status=EmpowermentState.PERFORMED.value
    ).first()
    if office is None or case is None or case.signed_on is None:
        return
    paper = current_papers(case).get(_LICENSE)
    known = ContractRecord.objects.filter(case=subject_of(case), instrument=_LICENSE)
    if paper is None or known.exists():
        return
    filing = Filing(
        case=subject_of(case),
        paper=subject_of(paper),
        instrument=_LICENSE,
        number=f"{case.number}—{_LICENSE}",
        rule_edition=case.rule_edition,
        name=paper.title,
        mode=case.mode,
        signed_on=case.signed_on,
        effective_on=case.effective_on,
    )
    by = get_actor(office)
    contract = read_contract(filing, answers_of(case))
    when = _morning(case.signed_on, at, days=1)
    tasks = {
        task.kind: task
        for task in plan_tasks(contract, owner=case.owner, by=by, at=when)
    }
    _register(tasks[TaskKind.CONTRACT_REGISTRATION], case.signed_on, by, at)
    _report(tasks[TaskKind.FILING], case.signed_on, by, at)
    for task in RecordalTask.objects.filter(
        contract__case=subject_of(case),
        contract__instrument=_GRANT,
        kind=TaskKind.FILING.value,
    ):
        _report(task, case.signed_on, by, at)


def _register(task: RecordalTask, signed_on: date, by: Actor, at: datetime) -> None:
    applied = _morning(signed_on, at, days=3)
    task = save_sheet(task, _DATA, version=task.version, by=by, at=applied)
    given = Application(applied.date())
    task = submit_task(task, given, version=task.version, by=by, at=applied)
    done = _morning(signed_on, at, days=10)
    proof = private_files.store(
        SimpleUploadedFile(
            "认定登记证明.pdf", text_pdf("技术合同认定登记证明（示例）")
        ),
        by=by,
        owner_id=task.contract.owner_id,
        purpose=PURPOSE,
        at=done,
    )
    outcome = Outcome(done.date(), _NUMBER, task.contract.amount, proof)
    complete_task(task, outcome, version=task.version, by=by, at=done)


def _report(task: RecordalTask, signed_on: date, by: Actor, at: datetime) -> None:
    done = _morning(signed_on, at, days=11)
    outcome = Outcome(done.date(), note="合同副本随函附送。")
    complete_task(task, outcome, version=task.version, by=by, at=done)


def _morning(day: date, at: datetime, *, days: int) -> datetime:
    """Return ten o'clock some days after a day, never later than now."""
    moment = start_of(day) + timedelta(days=days, hours=10)
    return min(moment, to_shanghai(at))
