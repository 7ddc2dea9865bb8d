"""What an achievement is worth in the books (附件2十, §17.10)."""

from dataclasses import dataclass

from cms.rules.asset_ledger.stages import StageState
from cms.rules.labels import LabeledEnum


class DevelopmentOutcome(LabeledEnum):
    """How a development stage stands."""

    ONGOING = "ongoing", "进行中"
    ASSET = "asset", "形成无形资产"
    NO_ASSET = "no_asset", "未形成"


class Expense(LabeledEnum):
    """What becomes of the expenses."""

    CURRENT = "current", "计入当期费用"
    COLLECTED = "collected", "归集（开发支出）"
    CAPITALIZED = "capitalized", "归集额加注册费、律师费等"
    WRITTEN_OFF = "written_off", "归集额转入当期费用"


class Recognition(LabeledEnum):
    """What is recognized as an intangible asset."""

    NONE = "none", "不确认"
    FEES = "fees", "依法取得时的注册费、律师费等"
    PENDING = "pending", "暂不确认"
    FULL = "full", "确认"


@dataclass(frozen=True, slots=True)
class AssetValue:
    """One line of the table's right side."""

    expense: Expense
    recognition: Recognition


_DEVELOPED = {
    DevelopmentOutcome.ONGOING: AssetValue(Expense.COLLECTED, Recognition.PENDING),
    DevelopmentOutcome.ASSET: AssetValue(Expense.CAPITALIZED, Recognition.FULL),
    DevelopmentOutcome.NO_ASSET: AssetValue(Expense.WRITTEN_OFF, Recognition.NONE),
}


def decide_value(
    stage: StageState,
    *,
    is_right_granted: bool,
    outcome: DevelopmentOutcome = DevelopmentOutcome.ONGOING,
) -> AssetValue:
    """Return the treatment for a stage; before development its outcome is moot."""
    if stage == StageState.DEVELOPMENT:
        return _DEVELOPED[outcome]
    fees = Recognition.FEES if is_right_granted else Recognition.NONE
    return AssetValue(Expense.CURRENT, fees)
