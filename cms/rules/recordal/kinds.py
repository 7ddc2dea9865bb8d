"""What is registered after signing, of what kind, and the facts it turns on."""

from dataclasses import dataclass
from datetime import date

from cms.rules.achievements import IpType
from cms.rules.labels import LabeledEnum


class ContractKind(LabeledEnum):
    """Kinds of technology contract that are registered (PS-01)."""

    PATENT_TRANSFER = "patent_transfer", "专利权转让"
    PATENT_APPLICATION_TRANSFER = "patent_application_transfer", "专利申请权转让"
    SECRET_TRANSFER = "secret_transfer", "技术秘密转让"
    PATENT_LICENSE = "patent_license", "专利实施许可"
    SECRET_LICENSE = "secret_license", "技术秘密使用许可"
    OTHER_TRANSFER = "other_transfer", "其他知识产权转让"
    OTHER_LICENSE = "other_license", "其他知识产权许可"
    DEVELOPMENT = "development", "技术开发"


class TaskKind(LabeledEnum):
    """What is to be done after signing (PS-01…PS-05)."""

    CONTRACT_REGISTRATION = "contract_registration", "技术合同认定登记"
    TITLE_REGISTRATION = "title_registration", "权属变更登记"
    LICENSE_RECORDAL = "license_recordal", "专利实施许可备案"
    TAX_AND_ACCOUNTS = "tax_and_accounts", "税收减免与会计处理"
    FILING = "filing", "合同报备"

    @property
    def number_label(self) -> str:
        """What the number that comes back is called."""
        return {
            TaskKind.CONTRACT_REGISTRATION: "认定登记号",
            TaskKind.TITLE_REGISTRATION: "登记证明编号",
            TaskKind.LICENSE_RECORDAL: "备案号",
        }.get(self, "文号（凭证号）")


class Blocker(LabeledEnum):
    """Why a license is not put on record (PS-03, 专利法实施细则15)."""

    FEES_IN_ARREARS = "fees_in_arrears", "年费处于滞纳期"
    TITLE_DISPUTE = "title_dispute", "专利权属存在纠纷"
    PLEDGED = "pledged", "已质押且质权人未同意"
    EXCLUSIVE_LICENSE = "exclusive_license", "已有独占许可备案"
    DUPLICATE = "duplicate", "重复备案"


class AccountItem(LabeledEnum):
    """Checklist of tax and accounts after a deal (PS-04; 附件1十一、十二(三))."""

    CERTIFICATE = "certificate", "技术合同认定登记证明已取得，税收减免材料备齐"
    TAX_RELIEF = "tax_relief", "技术转让、许可的税收减免已申报或者备查"
    INCOME_TAX = "income_tax", "完成人奖励、分配所得的个人所得税已扣缴或者备案"
    ACCOUNTING = "accounting", "收入、无形资产（长期股权投资）的会计处理已完成"
    LEDGER = "ledger", "职务科技成果单列管理台账已更新"


class TitleAuthority(LabeledEnum):
    """Who registers the passing of a right (PS-02; §18.1)."""

    PATENT_OFFICE = "patent_office", "国务院专利行政部门（著录项目变更）"
    LAYOUT_OFFICE = "layout_office", "国务院知识产权行政部门（布图设计权利转移登记）"
    VARIETY_OFFICE = "variety_office", "植物新品种审批机关（登记并公告）"
    SOFTWARE_OFFICE = (
        "software_office",
        "软件登记机构（著作权转让登记，双方愿意时办理）",
    )


PATENTS = frozenset({IpType.INVENTION, IpType.UTILITY_MODEL, IpType.DESIGN})
"""Granted patents: a license of these is put on record."""

AUTHORITIES = {
    **dict.fromkeys(
        (*PATENTS, IpType.PATENT_APPLICATION), TitleAuthority.PATENT_OFFICE
    ),
    IpType.LAYOUT_DESIGN: TitleAuthority.LAYOUT_OFFICE,
    IpType.PLANT_VARIETY: TitleAuthority.VARIETY_OFFICE,
    IpType.SOFTWARE: TitleAuthority.SOFTWARE_OFFICE,
}


@dataclass(frozen=True, slots=True)
class Right:
    """One right that a contract deals with; `last_day` of a patent's life."""

    kind: IpType
    name: str
    number: str = ""
    holder: str = ""
    last_day: date | None = None
    fee_paid_until: date | None = None
    encumbrance: str = ""

    @property
    def is_patent(self) -> bool:
        """Whether it is a granted patent."""
        return self.kind in PATENTS

    @property
    def authority(self) -> TitleAuthority | None:
        """Who registers that it passes; None for a technical secret."""
        return AUTHORITIES.get(self.kind)

    def __str__(self) -> str:
        """Return kind, name and number."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.kind.label}“{self.name}”{number}"


@dataclass(frozen=True, slots=True)
class SignedContract:
    """What the planning of tasks needs of a contract.

    `instrument` is its D-nn, `mode` M1…M6 or empty, `rule_edition` the edition of
    the parameters that its case keeps. `is_state_held`: the transferor is a state
    unit. `taker` is who is to hold the rights; `is_allotted`: they were his from
    the outset (D-19, AMB-03).
    """

    instrument: str
    rights: tuple[Right, ...]
    rule_edition: str
    mode: str = ""
    has_secrets: bool = False
    signed_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    is_state_held: bool = True
    is_allotted: bool = False
    taker: str = ""
