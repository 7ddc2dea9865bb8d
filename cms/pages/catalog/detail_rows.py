"""The rows of an achievement's page: every public field under its label."""

from dataclasses import dataclass

from cms.achievements.display import describe_price_in_full, labels_of
from cms.achievements.models import AchievementPage
from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementForm,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.labels import LabeledEnum
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    TRL,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value."""

    label: str
    value: str


def _label(kind: type[LabeledEnum], value: str) -> str:
    return dict(kind.choices()).get(value, value)


def detail_sections(page: AchievementPage) -> list[tuple[str, list[Row]]]:
    """Return the sections of 附件4六: the achievement, then the deal."""
    level = TRL.get(str(page.trl))
    basic = [
        Row("目录编号", page.number),
        Row("台账登记号", page.ledger_number),
        Row("成果形式", _label(AchievementForm, page.form)),
        Row("成果属性", _label(AchievementAttribute, page.attribute)),
        Row("所属地区", DISTRICTS.path(page.district)),
        Row("行业分类", f"{page.industry} {INDUSTRIES.path(page.industry)}"),
        Row("技术领域", TECHNOLOGY_FIELDS.label(page.technology_field)),
        Row("学科", DISCIPLINES.label(page.discipline)),
        Row(
            "成熟度",
            f"TRL {level.label}（{_label(MaturityStage, page.stage)}）\n{level.note}"
            if level
            else "",
        ),
        Row("完成人代表", page.representative),
    ]
    deal = [
        Row("转让方式", labels_of(TransferMode, page.transfer_modes)),
        Row("定价方式", _label(PricingMethod, page.pricing_method)),
        Row("参考价格", describe_price_in_full(page.reference_price, page.price_note)),
        Row("付款方式", _label(PaymentForm, page.payment_form)),
        Row("接受成交主体类型", labels_of(AcceptedParty, page.accepted_parties)),
        Row("对受让方的要求", page.requirements),
    ]
    return [
        ("基本信息", [row for row in basic if row.value]),
        ("交易信息", [row for row in deal if row.value]),
    ]
