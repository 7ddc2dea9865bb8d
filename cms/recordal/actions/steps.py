"""A task from the application to its outcome; each act checks what it must."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import PrivateFile
from cms.empowerment.facts import as_date, as_decimal
from cms.recordal.actions.stepping import lock_task, take_step
from cms.recordal.data_sheets import (
    SHEETS,
    Datum,
    missing_of,
    patent_terms,
    sheet_of,
    value_of,
)
from cms.recordal.models import RecordalTask
from cms.recordal.queries import numbers_of, recorded_blockers, roles_over
from cms.rules.empowerment import check_recordal_end
from cms.rules.recordal import (
    RECORDAL_TASK,
    Blocker,
    TaskEvent,
    TaskKind,
    TaskState,
    check_blockers,
    check_checklist,
    check_complete,
    check_day,
    check_in_force,
    check_is_technology_contract,
    check_late_reason,
    check_price_is_clear,
    check_reason,
    check_result,
    may_complete,
    may_reopen,
)
from cms.rules.shanghai_time import to_shanghai
from cms.rules.violations import RuleViolation, RuleViolations

_PROVED = (
    TaskKind.CONTRACT_REGISTRATION,
    TaskKind.TITLE_REGISTRATION,
    TaskKind.LICENSE_RECORDAL,
)


@dataclass(frozen=True, slots=True)
class Application:
    """What is told when an application goes out; `note` says why it is late."""

    submitted_on: date
    note: str = ""
    blockers: Sequence[Blocker] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a registration brings: number, sum that was recognized, proof."""

    done_on: date
    number: str = ""
    verified_amount: Decimal | None = None
    file: PrivateFile | None = None
    note: str = ""
    checklist: Sequence[str] = field(default=())


def submit_task(
    task: RecordalTask,
    application: Application,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> RecordalTask:
    """Record that the application has gone out; every fault is told at once.

    Raises:
        RuleViolations: E-PS-10 (the day), E-PS-07 (data that lack), and by kind
            E-PS-03, E-PS-04, E-PS-05 or E-PS-01, E-PS-02, E-PS-05, E-PS-06.
        RuleViolation: E-ST-01, E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_task(task, version)
        sheet = sheet_of(fresh, numbers_of(fresh.contract))
        found = _check_application(fresh, application, sheet, at)
        if found:
            raise RuleViolations(found)
        fresh.submitted_on, fresh.note = application.submitted_on, application.note
        fresh.blockers = []
        fresh.save()
        payload = {
            "submitted_on": application.submitted_on,
            "is_late": bool(fresh.due_on and application.submitted_on > fresh.due_on),
        }
        take_step(fresh, TaskEvent.SUBMIT, by=by, at=at, payload=payload)
        return fresh


def complete_task(
    task: RecordalTask, outcome: Outcome, *, version: int, by: Actor, at: datetime
) -> RecordalTask:
    """Record the outcome: number, recognized sum, proof; the timers end.

    Raises:
        RuleViolations: E-PS-10, E-PS-11 (number, sum, proof), E-PS-12 (checklist),
            E-PS-07; RuleViolation: E-ST-01 (not applied for), E-ST-02, E-ST-04.
    """
    with writing():
        fresh = lock_task(task, version)
        is_applied_for = fresh.submitted_on is not None
        kind = TaskKind(fresh.kind)
        if not may_complete(kind, fresh.status, is_applied_for=is_applied_for):
            label = TaskEvent.COMPLETE.label
            raise RuleViolation("E-ST-01", state=fresh.status_label, event=label)
        found = _check_outcome(fresh, outcome, at)
        if found:
            raise RuleViolations(found)
        fresh.done_on, fresh.number = outcome.done_on, outcome.number.strip()
        fresh.verified_amount, fresh.file = outcome.verified_amount, outcome.file
        fresh.note = outcome.note.strip() or fresh.note
        fresh.checklist = list(outcome.checklist)
        fresh.save()
        payload = {
            "done_on": outcome.done_on,
            "number": fresh.number,
            "file": outcome.file.sha256 if outcome.file else "",
        }
        take_step(fresh, TaskEvent.COMPLETE, by=by, at=at, payload=payload)
        return fresh


def refuse_task(
    task: RecordalTask, reason: str, *, version: int, by: Actor, at: datetime
) -> RecordalTask:
    """Record that the authority refused to register, with its reason.

    Raises:
        RuleViolation: E-PS-09, E-ST-01, E-ST-02, E-ST-04.
    """
    return _with_reason(task, TaskEvent.REFUSE, reason, version=version, by=by, at=at)


def reopen_task(
    task: RecordalTask, reason: str, *, version: int, by: Actor, at: datetime
) -> RecordalTask:
    """Take up again what was refused or thought needless; timers run again.

    Of an ended contract only taxes and reports, without timers.

    Raises:
        RuleViolation: E-PS-09, E-ST-01, E-ST-02, E-ST-04.
    """
    if not may_reopen(TaskKind(task.kind), task.status):
        label = TaskEvent.REOPEN.label
        raise RuleViolation("E-ST-01", state=task.status_label, event=label)
    return _with_reason(task, TaskEvent.REOPEN, reason, version=version, by=by, at=at)


def waive_task(
    task: RecordalTask, reason: str, *, version: int, by: Actor, at: datetime
) -> RecordalTask:
    """Confirm that nothing needs to be done, with the reason: the unit's approver.

    Raises:
        RuleViolation: E-PS-09, E-ST-01, E-ST-02, E-ST-04.
    """
    return _with_reason(task, TaskEvent.WAIVE, reason, version=version, by=by, at=at)


def save_sheet(
    task: RecordalTask,
    values: Mapping[str, str],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> RecordalTask:
    """Keep the data that a person adds or corrects; the contract's stay as filed.

    A value equal to the contract's own, or empty, is not kept. Only what has not
    been applied for may be changed. The log names the data, not their values.

    Raises:
        RuleViolation: E-ST-01, E-ST-02, E-ST-04; E-PS-01 (a license past its
            patent).
    """
    with writing():
        fresh = lock_task(task, version)
        roles = roles_over(fresh, by)
        if TaskEvent.SUBMIT not in RECORDAL_TASK.events_for(TaskState.TODO, roles):
            raise RuleViolation("E-ST-02", event="填写登记数据")
        if fresh.status != TaskState.TODO:
            raise RuleViolation(
                "E-ST-01", state=fresh.status_label, event="填写登记数据"
            )
        fresh.sheet = _own_values(fresh, values)
        sheet = sheet_of(fresh, numbers_of(fresh.contract))
        found = _end_of_license(fresh, sheet)
        if found:
            raise found[0]
        fresh.version += 1
        fresh.save()
        content: dict[str, object] = {"data": sorted(fresh.sheet)}
        evidence.record("recordal.sheet", fresh, content, by=by, at=at)
        return fresh


def _own_values(task: RecordalTask, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values that differ from the contract's own."""
    _, fields = SHEETS[TaskKind(task.kind)]
    task.sheet = {}
    known = {
        datum.field.key: datum.value
        for datum in sheet_of(task, numbers_of(task.contract))
    }
    return {
        one.key: text
        for one in fields
        if (text := values.get(one.key, "").strip()) and text != known[one.key]
    }


def _check_application(
    task: RecordalTask,
    application: Application,
    sheet: Sequence[Datum],
    at: datetime,
) -> list[RuleViolation]:
    day, kind, contract = application.submitted_on, TaskKind(task.kind), task.contract
    today = to_shanghai(at).date()
    found = _tried(
        check_day, day, contract.signed_on, today, "申请日期", field="submitted_on"
    )
    if kind is TaskKind.CONTRACT_REGISTRATION:
        found += _tried(check_is_technology_contract, value_of(sheet, "project_name"))
        amount = as_decimal(value_of(sheet, "amount"))
        found += _tried(check_price_is_clear, amount, value_of(sheet, "formula"))
    if kind is TaskKind.LICENSE_RECORDAL:
        blockers = {*application.blockers, *recorded_blockers(task)}
        found += _tried(check_blockers, blockers)
        found += _end_of_license(task, sheet)
        last_day = None if task.is_provisional else task.due_on
        found += _tried(check_late_reason, last_day, day, application.note)
    if kind in (TaskKind.CONTRACT_REGISTRATION, TaskKind.LICENSE_RECORDAL):
        found += _tried(check_in_force, contract.ends_on, day)
    return found + _tried(check_complete, missing_of(sheet))


def _end_of_license(task: RecordalTask, sheet: Sequence[Datum]) -> list[RuleViolation]:
    """Return E-PS-01 where the end to be recorded lies past a patent's (G26)."""
    ends_on = as_date(value_of(sheet, "ends_on"))
    if task.kind != TaskKind.LICENSE_RECORDAL or ends_on is None:
        return []
    return _tried(check_recordal_end, ends_on, patent_terms(task.contract))


def _check_outcome(
    task: RecordalTask, outcome: Outcome, at: datetime
) -> list[RuleViolation]:
    kind = TaskKind(task.kind)
    earliest = task.submitted_on or task.contract.signed_on
    today = to_shanghai(at).date()
    found = _tried(
        check_day, outcome.done_on, earliest, today, "办结日期", field="done_on"
    )
    if kind in _PROVED:
        number = bool(outcome.number.strip())
        found += _tried(check_result, number, kind.number_label, field="number")
        proof = outcome.file is not None
        found += _tried(check_result, proof, "证明文件", field="paper")
    if kind is TaskKind.CONTRACT_REGISTRATION:
        is_told = outcome.verified_amount is not None
        found += _tried(
            check_result, is_told, "核定技术交易额", field="verified_amount"
        )
    if kind is TaskKind.TAX_AND_ACCOUNTS:
        found += _tried(check_checklist, outcome.checklist, outcome.note)
    if kind is TaskKind.FILING:
        sheet = sheet_of(task, numbers_of(task.contract))
        found += _tried(check_complete, missing_of(sheet))
    return found


def _with_reason(
    task: RecordalTask,
    event: TaskEvent,
    reason: str,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> RecordalTask:
    check_reason(reason)
    with writing():
        fresh = lock_task(task, version)
        fresh.reason = reason.strip()
        fresh.save()
        take_step(fresh, event, by=by, at=at, reason=reason.strip())
        return fresh


def _tried(
    check: Callable[..., None], *arguments: Any, **named: Any
) -> list[RuleViolation]:
    try:
        check(*arguments, **named)
    except RuleViolation as violation:
        return [violation]
    return []
