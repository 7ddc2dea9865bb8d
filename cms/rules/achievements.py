"""Achievements (OT-04, §20): forms, attributes, maturity, price and transfer modes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition


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


class LegalStatus(LabeledEnum):
    """Where an intellectual property right stands (§20 of the form)."""

    IN_FORCE = "in_force", "有效"
    EXAMINATION = "examination", "审查中"
    REGISTERED = "registered", "已登记"
    KEPT_SECRET = "kept_secret", "作为技术秘密保护"


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


# The two labels of 附件6 and 附件4十三: given by an offer's terms, never typed (FP-01).
LABEL_MODES = frozenset({TransferMode.USE_THEN_PAY, TransferMode.USE_THEN_TRANSFER})
# Payment forms that defer the fee (附件6二); they come with an offer only.
DEFERRED_FORMS = frozenset(
    {PaymentForm.STAGED_ROYALTY, PaymentForm.DEFERRED, PaymentForm.OTHER_DEFERRED}
)
PICTURES_MAX = 6  # §20 图片≤6
NAME_MAX = 80  # §20 成果名称
ABSTRACT_RANGE = (50, 800)  # §20 简介


class PublicStatus(LabeledEnum):
    """What a public catalogue page says of its entry (FP-13)."""

    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已下架（撤回）"
    EXPIRED = "expired", "已下架（到期）"


class AchievementStatus(LabeledEnum):
    """States of a unit's own entry (after §17.9)."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待发布审核"
    RETURNED = "returned", "已退回"
    PUBLISHED = "published", "已发布"
    REVISING = "revising", "修订中"
    REVISION_SUBMITTED = "revision_submitted", "待发布审核（修订）"
    REVISION_RETURNED = "revision_returned", "修订已退回"
    WITHDRAWN = "withdrawn", "已下架（撤回）"
    EXPIRED = "expired", "已下架（到期）"


class AchievementEvent(LabeledEnum):
    """What may happen to an entry."""

    SUBMIT = "submit", "提交"
    RECALL = "recall", "撤销提交"
    RETURN = "return", "退回"
    PUBLISH = "publish", "发布"
    REVISE = "revise", "修改"
    ABANDON = "abandon", "放弃修改"
    WITHDRAW = "withdraw", "撤回"
    EXPIRE = "expire", "有效期届满"
    REOPEN = "reopen", "重新发布准备"


_S = AchievementStatus
_E = AchievementEvent
_UNIT = frozenset({Role.TRANSFER_OFFICE})
_DESK = frozenset({Role.PLATFORM, Role.BUREAU})
_TIMER = frozenset({Role.SYSTEM})
_OPEN = (_S.PUBLISHED, _S.REVISING, _S.REVISION_SUBMITTED, _S.REVISION_RETURNED)
_COMPLETE = "E-LS-01, E-SE-02"

ACHIEVEMENT_TABLE = StateTable(
    "achievement",
    "科技成果发布",
    AchievementStatus,
    AchievementEvent,
    (
        *(
            Transition(source, _E.SUBMIT, _UNIT, target, guard=_COMPLETE)
            for source, target in (
                (_S.DRAFT, _S.SUBMITTED),
                (_S.RETURNED, _S.SUBMITTED),
                (_S.REVISING, _S.REVISION_SUBMITTED),
                (_S.REVISION_RETURNED, _S.REVISION_SUBMITTED),
            )
        ),
        Transition(_S.SUBMITTED, _E.RECALL, _UNIT, _S.DRAFT),
        Transition(_S.REVISION_SUBMITTED, _E.RECALL, _UNIT, _S.REVISING),
        *(
            Transition(source, event, _DESK, target, guard=guard, four_eyes=True)
            for source, event, target, guard in (
                (_S.SUBMITTED, _E.RETURN, _S.RETURNED, "E-FP-07"),
                (_S.SUBMITTED, _E.PUBLISH, _S.PUBLISHED, _COMPLETE),
                (_S.REVISION_SUBMITTED, _E.RETURN, _S.REVISION_RETURNED, "E-FP-07"),
                (_S.REVISION_SUBMITTED, _E.PUBLISH, _S.PUBLISHED, _COMPLETE),
            )
        ),
        Transition(_S.PUBLISHED, _E.REVISE, _UNIT, _S.REVISING),
        Transition(_S.REVISING, _E.ABANDON, _UNIT, _S.PUBLISHED),
        Transition(_S.REVISION_RETURNED, _E.ABANDON, _UNIT, _S.PUBLISHED),
        *(
            Transition(source, _E.WITHDRAW, _UNIT | _DESK, _S.WITHDRAWN)
            for source in _OPEN
        ),
        *(
            Transition(source, _E.EXPIRE, _TIMER, _S.EXPIRED, timer="ENTRY_VALID")
            for source in _OPEN
        ),
        Transition(_S.WITHDRAWN, _E.REOPEN, _UNIT, _S.DRAFT),
        Transition(_S.EXPIRED, _E.REOPEN, _UNIT, _S.DRAFT),
    ),
)
# States in which the owner may change the text.
EDITABLE = frozenset({_S.DRAFT, _S.RETURNED, _S.REVISING, _S.REVISION_RETURNED})
