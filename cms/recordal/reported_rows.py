"""Filed contracts as the rows of the report to the authorities (D-63, PS-05)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Prefetch

from cms.case_documents.filed_contracts import lists_filed_contracts
from cms.core.subjects import subject_of
from cms.recordal.models import ContractRecord, RecordalTask
from cms.recordal.queries import line_of
from cms.rules.recordal import ContractKind

_LONGEST = {"name": 120, "parties": 300}
_BY_INSTRUMENT = {
    **dict.fromkeys(("D-09", "D-10", "D-11"), "empowerment"),
    **dict.fromkeys(("D-14", "D-17", "D-24"), "equity"),
}
_BY_KIND = {
    ContractKind.PATENT_APPLICATION_TRANSFER.value: "application_transfer",
    ContractKind.DEVELOPMENT.value: "other",
}


@lists_filed_contracts
def rows_of_case(case: Model) -> list[dict[str, str]]:
    """Return the contracts of a case that are in force, in the order of signing.

    Numbers come from the settled tasks (2 queries).
    """
    tasks = Prefetch("tasks", RecordalTask.objects.order_by("position"))
    contracts = ContractRecord.objects.filter(case=subject_of(case), ended_on=None)
    rows = contracts.order_by("signed_on", "id").prefetch_related(tasks)
    return [_row(contract) for contract in rows]


def _row(contract: ContractRecord) -> dict[str, str]:
    line = line_of(contract)
    kind = _BY_KIND.get(contract.kind, contract.kind)
    values: Mapping[str, Any] = {
        "name": contract.title,
        "kind": _BY_INSTRUMENT.get(contract.instrument, kind),
        "parties": contract.parties.replace("；", "、"),
        "amount": "" if contract.amount is None else f"{contract.amount:.2f}",
        "signed_on": contract.signed_on or "",
        "effective_on": contract.effective_on or "",
        "registration_number": line.registration_number,
        "recordal_number": line.recordal_number,
    }
    return {
        name: str(value)[: _LONGEST.get(name, 60)]
        for name, value in values.items()
        if value != ""
    }
