"""Reads of contracts and their tasks, each within the reader's scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cms.core.actors import Actor
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.recordal import (
    OPEN_STATES,
    UNSUBMITTED,
    Blocker,
    TaskKind,
    TaskState,
)
from cms.rules.roles import Role
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.queries import list_filed_contracts

OFFICE = (Role.TRANSFER_OFFICE, Role.FINANCE, Role.APPROVER)
DESK = (Role.BUREAU, Role.MARKET_REGULATOR)
_OPEN = [state.value for state in OPEN_STATES]
_UNSUBMITTED = [state.value for state in UNSUBMITTED]
_ON_RECORD = (TaskState.SUBMITTED.value, TaskState.DONE.value)


def list_tasks(actor: Actor) -> QuerySet[RecordalTask]:
    """Return the tasks of the actor's unit, and of his enterprise's own contracts."""
    mine = Q(contract__owner_id__in=actor.organizations_as(*OFFICE))
    mine |= Q(contract__enterprise_id__in=actor.organizations_as(Role.ENTERPRISE))
    return RecordalTask.objects.filter(mine).select_related(
        "contract", "contract__owner"
    )


def get_task(actor: Actor, pk: int) -> RecordalTask:
    """Return one task of the actor's scope (1 query).

    Raises:
        RecordalTask.DoesNotExist: none, or not for this actor.
    """
    return list_tasks(actor).select_related("file").get(pk=pk)


def overdue_filter(at: datetime) -> Q:
    """Return the condition of an overdue task, as `rules.recordal.is_overdue`."""
    return Q(
        kind=TaskKind.LICENSE_RECORDAL.value,
        close_at__lte=at,
        is_provisional=False,
        status__in=_UNSUBMITTED,
    )


def open_filter() -> Q:
    """Return the condition of a task that is not settled."""
    return Q(status__in=_OPEN)


def tasks_of_case(case: str) -> QuerySet[RecordalTask]:
    """Return the tasks of all contracts of a case, contract by contract."""
    return (
        RecordalTask.objects.filter(contract__case=case)
        .select_related("contract")
        .order_by("contract_id", "position")
    )


def open_titles(case: str) -> list[RecordalTask]:
    """Return the titles of a case whose registration is not settled (PS-02).

    What is optional (software) holds nothing up; what was refused does.
    """
    rows = tasks_of_case(case).filter(
        open_filter(), kind=TaskKind.TITLE_REGISTRATION.value, is_optional=False
    )
    return list(rows)


def numbers_of(contract: ContractRecord) -> dict[str, str]:
    """Return the numbers that a contract's tasks have brought (1 query)."""
    return _numbers(contract.tasks.filter(status=TaskState.DONE.value))


def _numbers(tasks: Iterable[RecordalTask]) -> dict[str, str]:
    """Return registration number, and the recordal or title numbers as one text."""
    done = [task for task in tasks if task.status == TaskState.DONE and task.number]
    registered = [
        task.number for task in done if task.kind == TaskKind.CONTRACT_REGISTRATION
    ]
    recorded = [
        task.number
        for task in done
        if task.kind in (TaskKind.LICENSE_RECORDAL, TaskKind.TITLE_REGISTRATION)
    ]
    return {
        "registration_number": "、".join(dict.fromkeys(registered)),
        "recordal_number": "、".join(dict.fromkeys(recorded)),
    }


def recorded_blockers(task: RecordalTask) -> tuple[Blocker, ...]:
    """Return the blockers that the product itself knows of a license (PS-03).

    The same contract's license on record already; an exclusive license of one
    of the patents on record under another contract that has not ended (1 query).
    """
    same_patent = Q(pk__in=[])
    for number in filter(None, task.contract.patent_numbers.split("|")):
        same_patent |= Q(contract__patent_numbers__contains=f"|{number}|")
    others = RecordalTask.objects.filter(
        same_patent, kind=TaskKind.LICENSE_RECORDAL.value, status__in=_ON_RECORD
    ).exclude(pk=task.pk)
    found = []
    for other in others.select_related("contract"):
        if other.contract.case == task.contract.case:
            found.append(Blocker.DUPLICATE)
        elif other.contract.ended_on is not None:
            continue  # its record is to be taken off; the person who applies looks
        elif other.contract.license_kind == LicenseKind.EXCLUSIVE:
            found.append(Blocker.EXCLUSIVE_LICENSE)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One line of the list of contracts that goes to the authorities (D-63)."""

    contract: ContractRecord
    registration_number: str
    recordal_number: str


def list_contracts(actor: Actor) -> QuerySet[ContractRecord]:
    """Return the contracts of the actor's unit; a desk sees those reported (PS-05)."""
    mine = Q(owner_id__in=actor.organizations_as(*OFFICE))
    if actor.has(*DESK):
        mine |= Q(Exists(_reports(OuterRef("pk"))))
    return (
        ContractRecord.objects.filter(mine)
        .select_related("owner")
        .prefetch_related(Prefetch("tasks", RecordalTask.objects.order_by("position")))
    )


def line_of(contract: ContractRecord) -> ContractLine:
    """Return a contract's line; its tasks are prefetched by `list_contracts`."""
    numbers = _numbers(contract.tasks.all())
    return ContractLine(
        contract, numbers["registration_number"], numbers["recordal_number"]
    )


def list_reported_copies(actor: Actor) -> QuerySet[SignedPaper]:
    """Return the signed copies of the contracts reported to a desk (AS-10, PS-05).

    What a unit has not reported is not there for the desk.
    """
    rows = list_filed_contracts()
    if not actor.has(*DESK):
        return rows.none()
    reported = ContractRecord.objects.filter(
        Exists(_reports(OuterRef("pk"))),
        case=OuterRef("case"),
        instrument=OuterRef("instrument"),
    )
    return rows.filter(Exists(reported))


def _reports(contract: OuterRef) -> QuerySet[RecordalTask]:
    return RecordalTask.objects.filter(
        contract=contract, kind=TaskKind.FILING.value, status=TaskState.DONE.value
    )


def roles_over(task: RecordalTask, by: Actor) -> frozenset[Role]:
    """Return the roles that the actor holds over a task: the unit's, the system's."""
    return by.roles_in(task.contract.owner_id) | (by.roles & {Role.SYSTEM})
