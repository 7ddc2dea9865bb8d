"""The columns of the Excel template: one list for template, import and export."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.rules.achievements import (
    DEFERRED_FORMS,
    LABEL_MODES,
    AcceptedParty,
    AchievementAttribute,
    AchievementForm,
    IpType,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.catalog_entry import REQUIRED
from cms.rules.labels import LabeledEnum
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    Vocabulary,
)

ENTRY_SHEET = "成果"
IP_SHEET = "知识产权"
HELP_SHEET = "填写说明"
LIST_SHEET = "代码表"
PROJECT_SOURCES = ("财政", "横向", "自有")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, its header, its kind of value.

    `kind` is text, email, choice, choices (several, joined by 、), level, money,
    date or flag; `options` are the (stored value, shown text) pairs of a choice.
    """

    field: str
    header: str
    kind: str = "text"
    most: int = 0
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""
    note: str = ""

    @property
    def is_required(self) -> bool:
        """Whether an empty cell is an error."""
        return self.field in REQUIRED or self.field in _IP_REQUIRED


_IP_REQUIRED = frozenset({"entry", "kind", "name", "holder"})


def _labels(
    kind: type[LabeledEnum], leave_out: Callable[[str], bool] = lambda value: False
) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in kind.choices() if not leave_out(pair[0]))


def _terms(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    return tuple((t.code, f"{t.code} {t.label}") for t in vocabulary.leaves())


ENTRY_COLUMNS = (
    Column("name", "成果名称", most=80, example="轻量化铝合金副车架成形技术"),
    Column("ledger_number", "台账登记号", most=40, example="TZ-2026-001"),
    Column(
        "form", "成果形式", "choice", options=_labels(AchievementForm), example="专利权"
    ),
    Column(
        "attribute",
        "成果属性",
        "choice",
        options=_labels(AchievementAttribute),
        example="授权成果",
    ),
    Column(
        "district",
        "所属地区",
        "choice",
        options=_terms(DISTRICTS),
        example="450203 鱼峰区",
    ),
    Column(
        "industry",
        "行业分类",
        "choice",
        options=_terms(INDUSTRIES),
        example="367 汽车零部件及配件制造",
        note="GB/T 4754-2017 中类，填代码、名称或“代码 名称”。",
    ),
    Column(
        "technology_field",
        "技术领域",
        "choice",
        options=_terms(TECHNOLOGY_FIELDS),
        example="03 先进制造",
    ),
    Column("discipline", "学科", "choice", options=_terms(DISCIPLINES), note="选填。"),
    Column("trl", "成熟度（TRL）", "level", example="7", note="1至9的整数。"),
    Column(
        "stage", "成熟度阶段", "choice", options=_labels(MaturityStage), example="中试"
    ),
    Column(
        "abstract",
        "简介",
        most=800,
        example="以半固态压铸一次成形副车架，减重三成，强度满足整车耐久试验要求，"
        "已在示例产线完成小批量验证，可替换现有钢制冲焊件。",
        note="50至800字，不得写入国家秘密、技术秘密和个人信息。",
    ),
    Column("scenario", "应用场景", most=1000, example="新能源乘用车底盘零部件生产线"),
    Column("advantage", "技术优势与指标", most=1000, note="选填。"),
    Column("audience", "适用对象", most=400, note="选填。"),
    Column("representative", "完成人代表", most=50, note="选填。"),
    Column(
        "transfer_modes",
        "转让方式",
        "choices",
        options=_labels(TransferMode, LABEL_MODES.__contains__),
        example="转让、许可",
        note="多项用顿号分隔。",
    ),
    Column(
        "pricing_method",
        "定价方式",
        "choice",
        options=_labels(PricingMethod),
        example="协议定价",
    ),
    Column(
        "reference_price",
        "参考价格（元）",
        "money",
        example="500000.00",
        note="不填表示面议，须填写价格说明。",
    ),
    Column("price_note", "价格说明", most=200),
    Column(
        "payment_form",
        "付款方式",
        "choice",
        options=_labels(PaymentForm, DEFERRED_FORMS.__contains__),
        note="选填。",
    ),
    Column(
        "accepted_parties",
        "接受成交主体类型",
        "choices",
        options=_labels(AcceptedParty),
        example="法人、非法人组织",
        note="多项用顿号分隔。",
    ),
    Column("requirements", "对受让方的要求", most=500, note="选填。"),
    Column(
        "contact_name", "成果联系人姓名", most=50, example="李示例", note="不公开。"
    ),
    Column(
        "contact_phone",
        "成果联系人电话",
        most=30,
        example="0772-0000000",
        note="不公开。",
    ),
    Column("contact_email", "成果联系人邮箱", "email", most=254, note="选填，不公开。"),
    Column(
        "project_source",
        "项目来源",
        "choice",
        options=tuple((source, source) for source in PROJECT_SOURCES),
        note="选填，不公开。",
    ),
    Column("project_number", "项目编号", most=60, note="选填，不公开。"),
    Column("internal_note", "内部备注", most=1000, note="选填，不公开。"),
)
IP_COLUMNS = (
    Column("entry", "台账登记号", most=40, example="TZ-2026-001", note="对应成果表。"),
    Column("kind", "类型", "choice", options=_labels(IpType), example="发明专利"),
    Column("name", "名称", most=120, example="一种副车架半固态成形方法"),
    Column("number", "号码", most=40, example="ZL201810123456.5"),
    Column("holder", "权利人", most=120, example="柳州示例大学"),
    Column("filed_on", "申请日", "date", example="2018-02-01"),
    Column("granted_on", "授权日", "date", example="2020-06-02"),
    Column("expires_on", "届满日", "date", example="2038-01-31"),
    Column("legal_status", "法律状态", most=30, example="有效"),
    Column("fees_paid_until", "年费有效至", "date", note="选填，不公开。"),
    Column("is_encumbered", "有质押或独占许可", "flag", example="否", note="是或否。"),
)
