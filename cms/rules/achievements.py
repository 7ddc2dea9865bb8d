"""Achievements (OT-04, §20): forms, attributes, maturity, price and transfer modes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cms.rules.labels import LabeledEnum


class AchievementForm(LabeledEnum):
    """Forms of an achievement (附件6三)."""

    PATENT = "patent", "专利权"
    PATENT_APPLICATION = "patent_application", "专利申请权"
    SOFTWARE = "software", "计算机软件著作权"
    LAYOUT_DESIGN = "layout_design", "集成电路布图设计专有权"
    PLANT_VARIETY = "plant_variety", "植物新品种权"
    BIOMEDICINE = "biomedicine", "生物医药新品种"
    OTHER = "other", "其他技术成果"


class AchievementAttribute(LabeledEnum):
    """Whether a right has been granted by law (附件2五; LG-01)."""

    GRANTED = "granted", "授权成果"
    UNGRANTED = "ungranted", "未授权成果"


class MaturityStage(LabeledEnum):
    """Stage of maturity beside the TRL 1–9 (§20)."""

    LABORATORY = "laboratory", "小试"
    PILOT = "pilot", "中试"
    PRODUCTION = "production", "量产"


class IpType(LabeledEnum):
    """Kinds of intellectual property."""

    INVENTION = "invention", "发明专利"
    UTILITY_MODEL = "utility_model", "实用新型专利"
    DESIGN = "design", "外观设计专利"
    PATENT_APPLICATION = "patent_application", "专利申请"
    SOFTWARE = "software", "软件著作权"
    LAYOUT_DESIGN = "layout_design", "集成电路布图设计"
    PLANT_VARIETY = "plant_variety", "植物新品种"
    KNOW_HOW = "know_how", "技术秘密"


class TransferMode(LabeledEnum):
    """Ways of transformation (附件4六 转让方式)."""

    TRANSFER = "transfer", "转让"
    LICENSE = "license", "许可"
    EQUITY_CONTRIBUTION = "equity_contribution", "作价投资"
    USE_THEN_PAY = "use_then_pay", "先使用后付费"
    USE_THEN_TRANSFER = "use_then_transfer", "先用后转"


class PricingMethod(LabeledEnum):
    """Ways of fixing the price (附件4三(二))."""

    NEGOTIATED = "negotiated", "协议定价"
    LISTING = "listing", "挂牌"
    AUCTION = "auction", "拍卖"


class PaymentForm(LabeledEnum):
    """Payment forms of 附件6二; `ONE_OFF` and `INSTALMENTS` for other deals."""

    STAGED_ROYALTY = "staged_royalty", "零门槛费+阶段性支付+收入提成"
    DEFERRED = "deferred", "延期支付许可费"
    OTHER_DEFERRED = "other_deferred", "其他先使用后付费方式"
    ONE_OFF = "one_off", "一次总付"
    INSTALMENTS = "instalments", "分期支付"


class AcceptedParty(LabeledEnum):
    """Kinds of party that may close the deal (附件4六 接受成交主体类型)."""

    LEGAL_PERSON = "legal_person", "法人"
    UNINCORPORATED = "unincorporated", "非法人组织"
    NATURAL_PERSON = "natural_person", "自然人"


@dataclass(frozen=True, slots=True)
class IpItem:
    """One item of intellectual property; dates are calendar days."""

    kind: IpType
    name: str
    number: str
    holder: str
    filed_on: date | None = None
    granted_on: date | None = None
    expires_on: date | None = None
    legal_status: str = ""
    is_encumbered: bool = False


@dataclass(frozen=True, slots=True)
class AchievementFacts:
    """What a catalogue entry says (OT-04, §20 column P) and its login-only contact.

    `district` is a 行政区划 code, `industry` a GB/T 4754 group (三位中类) code,
    `technology_field` a code of the technology fields; `reference_price` is in
    yuan, None means 面议 (explained by `price_note`).
    """

    name: str
    ledger_number: str
    form: AchievementForm
    attribute: AchievementAttribute
    district: str
    industry: str
    technology_field: str
    trl: int
    stage: MaturityStage
    abstract: str
    scenario: str
    transfer_modes: tuple[TransferMode, ...]
    pricing_method: PricingMethod
    accepted_parties: tuple[AcceptedParty, ...]
    ip_items: tuple[IpItem, ...] = ()
    discipline: str = ""
    advantage: str = ""
    audience: str = ""
    representative: str = ""
    reference_price: Decimal | None = None
    price_note: str = ""
    payment_form: PaymentForm | None = None
    requirements: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    picture_ids: tuple[int, ...] = field(default=())
