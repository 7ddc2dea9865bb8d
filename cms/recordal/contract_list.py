"""The list of contracts for the authorities as a workbook (D-63, 附件5三(四))."""

from collections.abc import Iterator
from io import BytesIO

from django.db.models import QuerySet

from cms.core.spreadsheets.writing import write_table
from cms.recordal.models import ContractRecord
from cms.recordal.queries import line_of

HEADER = (
    "单位",
    "合同名称",
    "合同类别",
    "当事人",
    "金额（元）",
    "计价办法",
    "签订日期",
    "生效日期",
    "终止日期",
    "认定登记号",
    "备案号（权利转移登记号）",
)
NOTE = "本清单系事后告知，供管理和统计使用，不属于报请审批。"
_NONE = "无"


def write_contracts(contracts: QuerySet[ContractRecord]) -> BytesIO:
    """Return a workbook with one line a contract; what there is not prints 无."""
    return write_table("合同清单", HEADER, _rows(contracts), note=NOTE)


def _rows(contracts: QuerySet[ContractRecord]) -> Iterator[tuple[object, ...]]:
    for contract in contracts:
        line = line_of(contract)
        yield (
            contract.owner.name,
            contract.title,
            contract.get_kind_display(),
            contract.parties,
            _NONE if contract.amount is None else f"{contract.amount:.2f}",
            contract.formula or _NONE,
            contract.signed_on or _NONE,
            contract.effective_on or _NONE,
            contract.ends_on or _NONE,
            line.registration_number or _NONE,
            line.recordal_number or _NONE,
        )
