"""Registration and recordal of a signed contract (PS-01…PS-06)."""

from collections.abc import Collection
from decimal import Decimal

from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation


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


class Blocker(LabeledEnum):
    """Why a license is not put on record (PS-03, 专利法实施细则15)."""

    FEES_IN_ARREARS = "fees_in_arrears", "年费处于滞纳期"
    TITLE_DISPUTE = "title_dispute", "专利权属存在纠纷"
    PLEDGED = "pledged", "已质押且质权人未同意"
    EXCLUSIVE_LICENSE = "exclusive_license", "已有独占许可备案"
    DUPLICATE = "duplicate", "重复备案"


FREE_OF_CHARGE = "无偿"
_OPEN_PRICES = ("另行协商", "另行约定", "面议", "待定", "双方协商")
# 附件1附件三4: ordinary services dressed up as technology contracts.
_NO_TECHNOLOGY_CONTRACT = (
    "检验检测",
    "检验服务",
    "检测服务",
    "培训",
    "咨询服务",
    "产品销售",
    "设备销售",
    "货物买卖",
)


def check_is_technology_contract(subject: str) -> None:
    """Refuse ordinary training, testing or sales as a technology contract (PS-06).

    Raises:
        RuleViolation: E-PS-04 (附件1附件三4).
    """
    if any(word in subject for word in _NO_TECHNOLOGY_CONTRACT):
        raise RuleViolation("E-PS-04", field="subject")


def check_price_is_clear(amount: Decimal | None, formula: str) -> None:
    """Refuse a price that is neither a sum nor a formula (PS-01).

    Raises:
        RuleViolation: E-PS-03.
    """
    is_open = any(word in formula for word in _OPEN_PRICES) and "%" not in formula
    if amount is None and (not formula.strip() or is_open):
        raise RuleViolation("E-PS-03", field="price")


def payment_method(fee: Decimal, agreed: str) -> str:
    """Return the 支付方式 of the recordal data: 无偿 where the fee is 0 (PS-03)."""
    return FREE_OF_CHARGE if fee == 0 else agreed


def check_blockers(blockers: Collection[Blocker]) -> None:
    """Refuse a recordal that the office would refuse (PS-03).

    Raises:
        RuleViolation: E-PS-02 naming the blockers.
    """
    if blockers:
        names = "、".join(blocker.label for blocker in Blocker if blocker in blockers)
        raise RuleViolation("E-PS-02", field="blockers", blockers=names)
