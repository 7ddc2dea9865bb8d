"""The end of a case moves or comes: its contracts' records and tasks follow."""

from datetime import date, datetime

from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.locks import writing
from cms.recordal.actions.stepping import take_step
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.recordal import OPEN_STATES, Ending, TaskEvent, TaskKind, lapses

_LONGEST_REASON = 500
_USE_RIGHT = "D-11"


def lapse_tasks(
    case: str, ending: Ending, reason: str, *, ended_on: date, at: datetime
) -> list[RecordalTask]:
    """Close the open tasks of a case that has ended; return those closed.

    1. Puts the day on the case's contracts: nothing reminds of them any more.
    2. Takes each open task whose ground falls away out of the list, with the
       reason as evidence; its timers end (`take_step`).

    It is the system's step: who rescinded the case stands in the case's own
    evidence, in the same transaction.
    """
    given = f"合同{ending.label}：{reason}"[:_LONGEST_REASON]
    with writing():
        contracts = ContractRecord.objects.filter(case=case, ended_on=None)
        contracts.update(ended_on=ended_on)
        tasks = RecordalTask.objects.select_for_update().filter(
            contract__case=case, status__in=[state.value for state in OPEN_STATES]
        )
        ended = [
            task
            for task in tasks.order_by("contract_id", "position")
            if lapses(TaskKind(task.kind), ending)
        ]
        for task in ended:
            task.reason = given
            task.save(update_fields=["reason"])
            take_step(task, TaskEvent.LAPSE, by=SYSTEM, at=at, reason=given)
        return ended


def lengthen_contracts(case: str, ends_on: date, *, at: datetime) -> None:
    """Put the new last day on the record of an extended use right (EM-09)."""
    with writing():
        records = ContractRecord.objects.filter(case=case, instrument=_USE_RIGHT)
        for record in records:
            content: dict[str, object] = {"from": record.ends_on, "to": ends_on}
            record.ends_on = ends_on
            record.save(update_fields=["ends_on"])
            evidence.record("recordal.lengthened", record, content, by=SYSTEM, at=at)
