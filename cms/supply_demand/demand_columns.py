"""The columns of the demand template: one list for template and import."""

from dataclasses import dataclass

from cms.rules.parties import EnterpriseSize
from cms.rules.supply_demand.demand_form import (
    FIELD_LABELS,
    PROBLEM_MAX,
    REQUIRED,
    TITLE_MAX,
    BudgetBand,
    CooperationMode,
)
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES, Vocabulary

DEMAND_SHEET = "需求"
HELP_SHEET = "填写说明"
LIST_SHEET = "代码表"
MAX_DEMANDS = 500


@dataclass(frozen=True, slots=True)
class DemandColumn:
    """One column; see `core.spreadsheets.cells.Column` for what the fields mean."""

    field: str
    kind: str = "text"
    most: int = 0
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""

    @property
    def header(self) -> str:
        """The title: the label of the form's field."""
        return FIELD_LABELS[self.field]

    @property
    def is_required(self) -> bool:
        """Whether the form asks for it."""
        return self.field in REQUIRED


def _terms(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    return tuple((term.code, f"{term.code} {term.label}") for term in vocabulary.terms)


COLUMNS = (
    DemandColumn("enterprise_name", most=120, example="柳州示例精工科技有限公司"),
    DemandColumn("credit_code", most=18, example="91450202MAEXMPA01K"),
    DemandColumn(
        "is_anonymous",
        "flag",
        options=(("是", "是"), ("否", "否")),
        example="否",
    ),
    DemandColumn(
        "size", "choice", options=tuple(EnterpriseSize.choices()), example="小型"
    ),
    DemandColumn(
        "district", "choice", options=_terms(DISTRICTS), example="450203 鱼峰区"
    ),
    DemandColumn(
        "industry", "choice", options=_terms(INDUSTRIES), example="36 汽车制造业"
    ),
    DemandColumn("title", most=TITLE_MAX, example="铝合金薄壁件铣削变形控制"),
    DemandColumn(
        "problem",
        most=PROBLEM_MAX,
        example="薄壁件高速铣削后变形超差，返工率约8%，希望找到检测和补偿加工的办法。",
    ),
    DemandColumn("indicators", most=1000, example="变形量不超过0.05毫米"),
    DemandColumn(
        "modes",
        "choices",
        options=tuple(CooperationMode.choices()),
        example="先使用后付费、许可",
    ),
    DemandColumn(
        "budget", "choice", options=tuple(BudgetBand.choices()), example="10万—50万元"
    ),
    DemandColumn("needed_by", "date", example="2027-06-30"),
    DemandColumn("valid_until", "date", example="2027-10-31"),
    DemandColumn(
        "accepts_push",
        "flag",
        options=(("是", "是"), ("否", "否")),
        example="是",
    ),
    DemandColumn("contact_name", most=40, example="李示例"),
    DemandColumn("contact_phone", most=30, example="0772-0000000"),
    DemandColumn("contact_email", most=120, example="li@example.com"),
)
