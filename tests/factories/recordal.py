"""Filed contracts for tests, read from the demo answers of a mode, and their tasks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cms.core.models import PrivateFile
from cms.recordal.actions import (
    Application,
    Outcome,
    complete_task,
    plan_tasks,
    save_sheet,
    submit_task,
)
from cms.recordal.contract_facts import FiledContract, Filing, read_contract
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.recordal import AccountItem, ContractKind, TaskKind, TaskState
from tests.conftest import Cast
from tests.factories.case_documents import full_answers
from tests.factories.evidence import AT

EDITION = "2026-01-01"
SIGNED = date(2026, 11, 5)
NAMES = {"D-22": "一次性许可合同", "D-31": "先使用后付费技术许可合同"}
ADDED = {
    "giver_district": "450202",
    "taker_district": "450203",
    "technology_amount": "300000.00",
}
AGREEMENT: dict[str, Any] = {
    "unit": {"name": "柳州示例理工大学", "kind": "university"},
    "company": {"name": "柳州示例机械有限公司", "kind": "enterprise"},
    "achievement": {
        "name": "示例焊接变形控制方法",
        "technology_field": "先进制造",
        "industry": "汽车零部件及配件制造",
    },
    "ip_items": [
        {
            "kind": "utility_model",
            "name": "一种示例夹具",
            "number": "ZL202020000001.1",
            "filed_on": "2020-05-01",
        }
    ],
    "license": {
        "kind": "ordinary",
        "territory": "广西",
        "starts_on": "2026-11-05",
        "ends_on": "2031-11-04",
    },
    "payment": {"form": "deferred", "total": "300000.00"},
}
"""Answers of a D-31 on one utility model (G26: last valid day 2030-04-30)."""


def filed(
    cast: Cast,
    instrument: str = "D-31",
    *,
    mode: str = "",
    answers: Mapping[str, Any] | None = None,
    place: int = 1,
    case: str = "supply_demand.Agreement:0",
    effective_on: date | None = SIGNED,
    signed_on: date = SIGNED,
    **more: Any,
) -> FiledContract:
    """Return what a filed paper says; `answers` go over the demo ones by name."""
    known = full_answers(mode) if mode else AGREEMENT
    filing = Filing(
        case=case,
        paper=f"signed_papers.SignedPaper:{place}",
        instrument=instrument,
        number=f"HT-2026-{place:04}",
        rule_edition=EDITION,
        name=NAMES.get(instrument, ""),
        mode=mode,
        enterprise_id=None if mode else cast.enterprise.pk,
        signed_on=signed_on,
        effective_on=effective_on,
        **more,
    )
    return read_contract(filing, {**known, **(answers or {})})


def make_tasks(
    cast: Cast, instrument: str = "D-31", *, when: datetime, **facts: Any
) -> dict[str, RecordalTask]:
    """Plan the tasks of a filed contract; the first of each kind, by kind."""
    tasks = plan_tasks(
        filed(cast, instrument, **facts),
        owner=cast.unit,
        by=cast.actor("tto"),
        at=when,
    )
    return {task.kind: task for task in reversed(tasks)}


def submit(
    cast: Cast,
    task: RecordalTask,
    *,
    when: datetime,
    on: date | None = None,
    note: str = "",
) -> RecordalTask:
    """Add what the contract does not say, and apply."""
    by = cast.actor("tto")
    task = save_sheet(task, ADDED, version=task.version, by=by, at=when)
    given = Application(on or when.date(), note)
    return submit_task(task, given, version=task.version, by=by, at=when)


def proof(cast: Cast, *, when: datetime) -> PrivateFile:
    """Return a proof of registration, without its bytes."""
    return PrivateFile.objects.create(
        name="登记证明.pdf",
        size=1,
        sha256="0" * 64,
        media_type="application/pdf",
        purpose="recordal",
        owner=cast.unit,
        uploaded_by=cast.user("tto"),
        uploaded_at=when,
        file="recordal/proof.pdf",
    )


def complete(
    cast: Cast, task: RecordalTask, *, when: datetime, number: str = "2026450000001"
) -> RecordalTask:
    """Settle a task with everything that it brings."""
    outcome = Outcome(
        when.date(),
        number,
        verified_amount=None
        if task.kind != TaskKind.CONTRACT_REGISTRATION
        else task.contract.amount,
        file=proof(cast, when=when),
        checklist=[item.value for item in AccountItem],
    )
    return complete_task(
        task, outcome, version=task.version, by=cast.actor("tto"), at=when
    )


def reported(cast: Cast, case: str, instrument: str) -> ContractRecord:
    """The bare record of a contract that the unit has reported to the desk."""
    record = ContractRecord.objects.create(
        owner=cast.unit,
        case=case,
        paper=f"demo.Paper:{case}",
        instrument=instrument,
        title="合同",
        kind=ContractKind.PATENT_LICENSE.value,
        rule_edition=EDITION,
        created_at=AT,
    )
    RecordalTask.objects.create(
        contract=record,
        kind=TaskKind.FILING.value,
        position=1,
        status=TaskState.DONE.value,
        created_at=AT,
    )
    return record
