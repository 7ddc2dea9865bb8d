"""The tasks of a case as its own page shows them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import models
from django.urls import reverse

from cms.core.actors import Actor
from cms.core.subjects import subject_of
from cms.pages.recordal.texts import TaskRow, row_of
from cms.recordal.models import ContractRecord
from cms.recordal.queries import OFFICE, tasks_of_case


@dataclass(frozen=True, slots=True)
class ContractTasks:
    """One contract with its tasks."""

    contract: ContractRecord
    rows: tuple[TaskRow, ...]


def section_of(case: models.Model, actor: Actor, at: datetime) -> list[ContractTasks]:
    """Return the tasks of a case that its reader may see (1 query).

    The unit's people see all of their own case; the office may open them. The
    other party sees and opens those of the contracts that it signed.
    """
    owner_id = case.owner_id  # type: ignore[attr-defined]
    is_own = bool(actor.roles_in(owner_id))
    is_office = bool(actor.roles_in(owner_id) & set(OFFICE))
    found = []
    rows = tasks_of_case(subject_of(case))
    for contract, tasks in groupby(rows, key=lambda task: task.contract):
        is_party = bool(actor.roles_in(contract.enterprise_id))
        if not is_own and not is_party:
            continue
        may_open = is_office or is_party
        shown = tuple(
            row_of(
                task,
                at,
                url=reverse("recordal_task", args=[task.pk]) if may_open else "",
            )
            for task in tasks
        )
        found.append(ContractTasks(contract, shown))
    return found
