"""A filed contract becomes a record with its tasks and their timers (PS-01…PS-05)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.working_calendar import get_calendar
from cms.parties.models import Organization
from cms.recordal.contract_facts import FiledContract
from cms.recordal.models import ContractRecord, RecordalTask
from cms.recordal.timing import arrange
from cms.rules.deadlines import Deadline
from cms.rules.recordal import (
    UNSUBMITTED,
    PlannedTask,
    Right,
    SignedContract,
    TaskTimes,
    contract_kind,
    plan,
    times_of,
)
from cms.rules.vocabularies import DISTRICTS

_LONGEST_TITLE = 200


def plan_tasks(
    contract: FiledContract, *, owner: Organization, by: Actor, at: datetime
) -> list[RecordalTask]:
    """Make the tasks of a filed contract, once; the same paper again changes nothing.

    1. Keeps what was agreed as a record of the contract.
    2. Makes the tasks with their days under the edition that the case keeps.
    3. Sets the timers; one evidence entry names the tasks.

    A copy that replaces a filed one renews the record and the days of what has not
    been applied for, and adds what it makes necessary; nothing is taken away. A
    paper from which nothing follows (a letter, a notice) leaves no record.
    """
    planned = plan(contract.facts)
    if not planned:
        return []
    with writing():
        record = ContractRecord.objects.filter(
            case=contract.case, instrument=contract.facts.instrument
        ).first()
        if record is not None and record.paper == contract.paper:
            return list(record.tasks.order_by("position"))
        event = "recordal.renewed" if record else "recordal.planned"
        record = _keep(record or ContractRecord(created_at=at), contract, owner)
        tasks = _make(record, planned, contract.facts, at)
        evidence.record(event, record, _told(record, tasks), by=by, at=at)
        return tasks


def store_deadline(task: RecordalTask, deadline: Deadline) -> None:
    """Put a computed period on a task; the caller saves."""
    task.rule, task.rule_version = deadline.rule, deadline.rule_version
    task.opened_at, task.close_at = deadline.opened_at, deadline.close_at
    task.nominal_on, task.due_on = deadline.nominal_day, deadline.last_day
    task.is_provisional = deadline.provisional
    task.provisional_year = deadline.missing_year
    task.calendar_version = deadline.calendar_version


def _told(record: ContractRecord, tasks: Sequence[RecordalTask]) -> dict[str, object]:
    days = [task.due_on.isoformat() if task.due_on else "" for task in tasks]
    kinds = [task.kind for task in tasks]
    return {"instrument": record.instrument, "tasks": kinds, "due_on": days}


def _keep(
    record: ContractRecord, contract: FiledContract, owner: Organization
) -> ContractRecord:
    """Write what a filed paper says into the record of its contract."""
    facts = contract.facts
    patents = [right.number for right in facts.rights if right.is_patent]
    values: dict[str, object] = {
        "owner": owner,
        "enterprise_id": contract.enterprise_id,
        "case": contract.case,
        "paper": contract.paper,
        "instrument": facts.instrument,
        "mode": facts.mode,
        "number": contract.number,
        "title": contract.title[:_LONGEST_TITLE],
        "kind": contract_kind(facts).value,
        "parties": contract.parties[:400],
        "amount": contract.amount,
        "formula": contract.formula[:600],
        "license_kind": contract.license_kind,
        "signed_on": facts.signed_on,
        "effective_on": facts.effective_on,
        "ends_on": facts.ends_on,
        "rule_edition": facts.rule_edition,
        "rights": [_right_row(right) for right in facts.rights],
        "patent_numbers": f"|{'|'.join(patents)}|" if patents else "",
        "sheet": _sheet(contract, owner),
    }
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


def _sheet(contract: FiledContract, owner: Organization) -> dict[str, str]:
    """Return the data of the contract with the districts that the register knows."""
    enterprise = Organization.objects.filter(pk=contract.enterprise_id or 0).first()
    known = dict(contract.sheet)
    for organization in (owner, enterprise):
        if organization is None or organization.district not in DISTRICTS:
            continue
        for side in ("giver", "taker"):
            if known.get(f"{side}_code") == organization.credit_code:
                known[f"{side}_district"] = organization.district
    return {name: text for name, text in known.items() if text}


def _make(
    record: ContractRecord,
    planned: Sequence[PlannedTask],
    facts: SignedContract,
    at: datetime,
) -> list[RecordalTask]:
    """Make or renew the tasks of a record; what was applied for stays as it is."""
    calendar = get_calendar()
    known = {(task.kind, task.right): task for task in record.tasks.all()}
    made = []
    for one in planned:
        right = str(one.right)[:300] if one.right else ""
        task = known.get((one.kind.value, right))
        if task is None:
            task = RecordalTask(
                contract=record,
                kind=one.kind.value,
                position=len(known) + 1,
                right=right,
                authority=one.authority.label if one.authority else "",
                guidance=one.note,
                is_optional=one.is_optional,
                created_at=at,
            )
            known[(task.kind, task.right)] = task
        if task.status in UNSUBMITTED:
            _put_times(task, times_of(one.kind, facts, calendar))
            task.save()
            arrange(task, at=at)
        made.append(task)
    return made


def _put_times(task: RecordalTask, times: TaskTimes) -> None:
    if times.deadline is not None:
        store_deadline(task, times.deadline)
    else:
        task.due_on = times.latest_on
    task.reminders = [day.isoformat() for day in times.reminders]


def _right_row(right: Right) -> dict[str, str]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value or "")
        for name, value in asdict(right).items()
    }
