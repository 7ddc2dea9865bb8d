"""Data sheets: every datum that a register asks for (D-61, D-62a, D-62b, D-63).

A datum comes from the contract; what a person adds or corrects is kept with the
task and goes before it. Nothing is invented: an unknown datum stays empty and is
named as missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cms.empowerment.facts import as_date, as_decimal
from cms.recordal.models import ContractRecord, RecordalTask
from cms.rules.achievements import IpType
from cms.rules.empowerment import PatentTerm, recordal_end
from cms.rules.labels import LabeledEnum
from cms.rules.recordal import (
    FREE_OF_CHARGE,
    ContractKind,
    Right,
    TaskKind,
    payment_method,
)


class DatumType(LabeledEnum):
    """How a datum is typed."""

    TEXT = "text", "文字"
    DATE = "date", "日期"
    MONEY = "money", "金额"
    KIND = "kind", "合同类别"


@dataclass(frozen=True, slots=True)
class Field:
    """One datum of a register: key, name, how it is typed, whether it must be there."""

    key: str
    label: str
    type: DatumType = DatumType.TEXT
    is_required: bool = True
    help_text: str = ""


@dataclass(frozen=True, slots=True)
class Datum:
    """One datum with its value; `is_own`: a person wrote it, not the contract."""

    field: Field
    value: str
    is_own: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether the register asks for it and it is not known."""
        return self.field.is_required and not self.value

    @property
    def shown(self) -> str:
        """The value as people read it."""
        if self.field.type is DatumType.KIND and self.value in set(ContractKind):
            return ContractKind(self.value).label
        return self.value


_T = DatumType
_GIVER_CODE = "统一社会信用代码"
_DISTRICT_HELP = "六位行政区划代码，如 450202。"
_PARTIES = (
    Field("giver_name", "卖方（出让方）名称"),
    Field("giver_kind", "卖方性质"),
    Field("giver_code", f"卖方{_GIVER_CODE}", is_required=False),
    Field("giver_district", "卖方地区码", help_text=_DISTRICT_HELP),
    Field("taker_name", "买方（受让方）名称"),
    Field("taker_kind", "买方性质"),
    Field("taker_code", f"买方{_GIVER_CODE}", is_required=False),
    Field("taker_district", "买方地区码", help_text=_DISTRICT_HELP),
)
_REGISTRATION = (
    Field("project_name", "项目名称"),
    Field("contract_kind", "合同类别", _T.KIND),
    *_PARTIES,
    Field("signed_on", "签订日期", _T.DATE),
    Field("effective_on", "有效期起", _T.DATE),
    Field(
        "ends_on",
        "有效期止",
        _T.DATE,
        is_required=False,
        help_text="权利转让合同没有约定期限的，不填。",
    ),
    Field("amount", "合同总金额（元）", _T.MONEY, is_required=False),
    Field(
        "formula",
        "计价办法",
        is_required=False,
        help_text="没有总金额的，写明基数和比例。",
    ),
    Field(
        "technology_amount",
        "技术交易额（元）",
        _T.MONEY,
        help_text="合同总金额中扣除设备、材料等非技术性费用；按公式计价的填预计额。",
    ),
    Field("payment", "支付方式"),
    Field("ip_kinds", "知识产权类型"),
    Field("technology_field", "技术领域"),
    Field("industry", "国民经济行业"),
    Field("projects", "计划来源", is_required=False),
)
_TITLE = (
    Field("right", "权利名称和号码"),
    Field("authority", "登记机关"),
    Field("giver_name", "转让方名称"),
    Field("giver_code", f"转让方{_GIVER_CODE}", is_required=False),
    Field("giver_address", "转让方地址", is_required=False),
    Field("taker_name", "受让方名称"),
    Field("taker_code", f"受让方{_GIVER_CODE}", is_required=False),
    Field("taker_address", "受让方地址", is_required=False),
    Field("share", "转移的份额"),
    Field("signed_on", "合同签订日期", _T.DATE),
    Field("effective_on", "合同生效日期", _T.DATE),
)
_RECORDAL = (
    Field("patents_count", "专利项数"),
    Field("patents", "专利名称、专利号"),
    Field("giver_name", "许可方名称"),
    Field("giver_code", f"许可方{_GIVER_CODE}", is_required=False),
    Field("taker_name", "被许可方名称"),
    Field("taker_code", f"被许可方{_GIVER_CODE}", is_required=False),
    Field("license_kind", "许可种类"),
    Field("territory", "许可范围（地域）"),
    Field("effective_on", "生效日", _T.DATE),
    Field(
        "ends_on",
        "终止日",
        _T.DATE,
        help_text="不得超过专利权有效期届满日，已按最先届满的专利截止。",
    ),
    Field("fee", "使用费"),
    Field("payment", "支付方式", help_text="使用费为0的，写“无偿”。"),
)
_FILING = (
    Field("contract_name", "合同名称"),
    Field("contract_kind", "合同类别", _T.KIND),
    Field("parties", "当事人"),
    Field("amount", "合同金额（元）", _T.MONEY, is_required=False),
    Field("formula", "计价办法", is_required=False),
    Field("signed_on", "签订日期", _T.DATE),
    Field("effective_on", "生效日期", _T.DATE),
    Field("registration_number", "认定登记号", is_required=False),
    Field("recordal_number", "备案号", is_required=False),
    Field("addressees", "报送单位"),
)
_TAXES = (
    Field("contract_name", "合同名称"),
    Field("amount", "合同金额（元）", _T.MONEY, is_required=False),
    Field("formula", "计价办法", is_required=False),
    Field("registration_number", "认定登记号", is_required=False),
    Field("ledger_number", "台账登记号", is_required=False),
)
SHEETS: dict[TaskKind, tuple[str, tuple[Field, ...]]] = {
    TaskKind.CONTRACT_REGISTRATION: ("D-61 技术合同认定登记数据单", _REGISTRATION),
    TaskKind.TITLE_REGISTRATION: ("D-62a 权利转移登记数据单", _TITLE),
    TaskKind.LICENSE_RECORDAL: ("D-62b 专利实施许可备案数据单", _RECORDAL),
    TaskKind.TAX_AND_ACCOUNTS: ("税收减免与会计处理数据单", _TAXES),
    TaskKind.FILING: ("D-63 合同报备数据单", _FILING),
}
_ADDRESSEES = "市科技局、市市场监督管理局"


def sheet_of(task: RecordalTask, numbers: Mapping[str, str]) -> list[Datum]:
    """Return the data of a task in the order of its sheet.

    `numbers` are the registration and recordal numbers that the contract's other
    tasks have brought (see `queries.numbers_of`). A license whose fee is 0, also
    as a person corrected it, is paid for by nothing: 无偿 (PS-03, H23).
    """
    known = _known(task, numbers)
    own = {key: text for key, text in task.sheet.items() if text}
    if _is_free({**known, **own}):
        own["payment"] = FREE_OF_CHARGE
    _, fields = SHEETS[TaskKind(task.kind)]
    return [
        Datum(one, own.get(one.key, known.get(one.key, "")), one.key in task.sheet)
        for one in fields
    ]


def _is_free(values: Mapping[str, str]) -> bool:
    """Whether a license's sheet names a fee of 0."""
    return as_decimal(values.get("fee", "").strip().removesuffix("元")) == 0


def missing_of(sheet: Sequence[Datum]) -> list[str]:
    """Return the names of the data that are still missing."""
    return [datum.field.label for datum in sheet if datum.is_missing]


def value_of(sheet: Sequence[Datum], key: str) -> str:
    """Return a datum of a sheet, empty where the sheet has none."""
    return next((datum.value for datum in sheet if datum.field.key == key), "")


def rights_of(contract: ContractRecord) -> tuple[Right, ...]:
    """Return the rights of a contract as they were at the filing."""
    return tuple(
        Right(
            kind=IpType(row["kind"]),
            name=row["name"],
            number=row["number"],
            holder=row["holder"],
            last_day=as_date(row["last_day"]),
            fee_paid_until=as_date(row["fee_paid_until"]),
            encumbrance=row["encumbrance"],
        )
        for row in contract.rights
    )


def patent_terms(contract: ContractRecord) -> tuple[PatentTerm, ...]:
    """Return the patents of a contract with their last valid days (EM-14)."""
    return tuple(
        PatentTerm(right.number, right.last_day)
        for right in rights_of(contract)
        if right.is_patent and right.last_day is not None
    )


def _known(task: RecordalTask, numbers: Mapping[str, str]) -> dict[str, str]:
    """Return every datum that the contract itself answers."""
    contract, kind = task.contract, TaskKind(task.kind)
    patents = [right for right in rights_of(contract) if right.is_patent]
    ends_on = contract.ends_on
    known = {
        **contract.sheet,
        **numbers,
        "contract_name": contract.title,
        "parties": contract.parties,
        "signed_on": _iso(contract.signed_on),
        "effective_on": _iso(contract.effective_on),
        "ends_on": _iso(ends_on),
        "right": task.right,
        "authority": task.authority,
        "patents_count": str(len(patents)) if patents else "",
        "patents": "；".join(f"{right.name}（{right.number}）" for right in patents),
        "addressees": _ADDRESSEES,
        "technology_amount": contract.sheet.get("amount", ""),
    }
    if kind is TaskKind.LICENSE_RECORDAL:
        if ends_on is not None:
            known["ends_on"] = _iso(recordal_end(ends_on, patent_terms(contract)))
        known |= _fee(contract)
    return known


def _fee(contract: ContractRecord) -> dict[str, str]:
    """Return fee and manner of payment of a license; 0 is 无偿 (PS-03, H23)."""
    amount, agreed = contract.amount, contract.sheet.get("payment", "")
    if amount is None:
        return {"fee": contract.formula, "payment": agreed}
    fee = f"{amount:.2f}元"
    if contract.formula and amount != 0:
        fee = f"{fee}；{contract.formula}"
    return {"fee": fee, "payment": payment_method(amount, agreed)}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
