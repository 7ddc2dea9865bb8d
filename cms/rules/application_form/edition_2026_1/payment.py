"""Groups 付费 and 交易: on which terms (附件6二, 附件4六)."""

from cms.rules.achievements import AcceptedParty, PaymentForm, PricingMethod
from cms.rules.application_form.answers import YES_NO
from cms.rules.forms import (
    Condition,
    FieldType,
    FormField,
    Section,
    Topic,
    Visibility,
)
from cms.rules.payment_plans import (
    DEFERRING_FORMS,
    PaymentEvent,
    PaymentKind,
    PaymentTrigger,
    RoyaltyBase,
)
from cms.rules.supply_demand.license_kinds import LicenseKind

_P = Visibility.PUBLIC

_FORM = Topic(
    "payment-form",
    "付费方式",
    (
        FormField(
            "payment_form",
            "付费方式",
            FieldType.CHOICE,
            _P,
            required=True,
            options=tuple((form.value, form.label) for form in DEFERRING_FORMS),
            help="“先使用后付费”标签由系统按付款安排计算，无须填写。",
        ),
        FormField(
            "payment_note",
            "其他方式说明",
            FieldType.LONG_TEXT,
            _P,
            required=True,
            limit=500,
            show_when=Condition("payment_form", (PaymentForm.OTHER_DEFERRED.value,)),
        ),
    ),
)
_LICENSE = Topic(
    "payment-license",
    "许可条件",
    (
        FormField(
            "license_kind",
            "许可方式",
            FieldType.CHOICE,
            _P,
            required=True,
            options=tuple(LicenseKind.choices()),
        ),
        FormField("license_term", "使用期限", visibility=_P, required=True, limit=60),
        FormField(
            "free_term",
            "免费或免付期",
            visibility=_P,
            limit=60,
            help="例如：合同生效之日起12个月。",
        ),
        FormField("license_region", "许可地域", visibility=_P, limit=60),
        FormField("may_sublicense", "可否分许可", FieldType.CHOICE, _P, options=YES_NO),
    ),
)
_ROWS = Topic(
    "payment-rows",
    "付款安排",
    (
        FormField(
            "effective_on",
            "拟定合同生效日",
            FieldType.DATE,
            _P,
            help="有按约定日期付款的，须填写。",
        ),
        FormField(
            "payment_rows",
            "付款",
            FieldType.ROWS,
            _P,
            required=True,
            limit=20,
            row_label="付款",
            help="按付款先后逐笔填写；每笔须晚于合同生效，或以形成收入为条件。",
            columns=(
                FormField(
                    "kind",
                    "款项",
                    FieldType.CHOICE,
                    _P,
                    required=True,
                    options=tuple(PaymentKind.choices()),
                ),
                FormField(
                    "trigger",
                    "付费触发条件",
                    FieldType.CHOICE,
                    _P,
                    required=True,
                    options=tuple(PaymentTrigger.choices()),
                ),
                FormField(
                    "due_on",
                    "付款日期",
                    FieldType.DATE,
                    _P,
                    required_when=Condition("trigger", (PaymentTrigger.DATE.value,)),
                    show_when=Condition("trigger", (PaymentTrigger.DATE.value,)),
                ),
                FormField(
                    "event",
                    "触发事件",
                    FieldType.CHOICE,
                    _P,
                    options=tuple(PaymentEvent.choices()),
                    required_when=Condition("trigger", (PaymentTrigger.EVENT.value,)),
                    show_when=Condition("trigger", (PaymentTrigger.EVENT.value,)),
                ),
                FormField(
                    "trigger_note",
                    "触发条件说明",
                    visibility=_P,
                    limit=120,
                    help="例如：形成销售收入后30日。",
                ),
                FormField("days_after", "触发后多少日内付款", FieldType.INTEGER, _P),
                FormField("evidence", "触发凭证", visibility=_P, limit=80),
                FormField("amount", "金额（元）", FieldType.MONEY, _P),
                FormField("formula", "计费公式", visibility=_P, limit=120),
                FormField("latest_on", "最迟付款日", FieldType.DATE, _P),
            ),
        ),
        FormField(
            "payment_total",
            "合同总价（元）",
            FieldType.MONEY,
            _P,
            help="有固定总价的填写；不含收入提成。",
        ),
    ),
)
_ROYALTY = Topic(
    "payment-royalty",
    "收入提成",
    (
        FormField(
            "royalty_base",
            "提成基数",
            FieldType.CHOICE,
            _P,
            options=tuple(RoyaltyBase.choices()),
        ),
        FormField("royalty_rate", "提成比例（%）", FieldType.PERCENT, _P),
        FormField(
            "royalty_period",
            "提成期间",
            visibility=_P,
            limit=60,
            help="例如：首笔销售之日起5年，按季结算。",
        ),
        FormField("royalty_inspection", "账目查阅办法", visibility=_P, limit=200),
    ),
    hint="“零门槛费+阶段性支付+收入提成”须填写全部四项，其他方式没有提成的可以留空。",
)
_PRICE = Topic(
    "payment-price",
    "参考价格",
    (
        FormField(
            "price_kind",
            "价格形式",
            FieldType.CHOICE,
            _P,
            required=True,
            options=(
                ("fixed", "参考价格"),
                ("formula", "计费公式"),
                ("negotiable", "面议"),
            ),
        ),
        FormField(
            "reference_price",
            "参考价格（元）",
            FieldType.MONEY,
            _P,
            required=True,
            show_when=Condition("price_kind", ("fixed",)),
        ),
        FormField(
            "price_note",
            "计费公式或基数说明",
            visibility=_P,
            required=True,
            limit=120,
            show_when=Condition("price_kind", ("formula", "negotiable")),
        ),
        FormField(
            "support_services",
            "支持服务",
            FieldType.CHOICES,
            _P,
            options=(("guidance", "技术指导"), ("training", "培训")),
        ),
    ),
)

PAYMENT = Section("payment", "付费", (_FORM, _LICENSE, _ROWS, _ROYALTY, _PRICE))
TRADE = Section(
    "trade",
    "交易",
    (
        Topic(
            "trade-terms",
            "交易方式",
            (
                FormField(
                    "pricing_method",
                    "定价方式",
                    FieldType.CHOICE,
                    _P,
                    required=True,
                    options=tuple(PricingMethod.choices()),
                ),
                FormField(
                    "accepted_parties",
                    "接受成交主体类型",
                    FieldType.CHOICES,
                    _P,
                    required=True,
                    options=tuple(
                        (party.value, party.label)
                        for party in AcceptedParty
                        if party != AcceptedParty.NATURAL_PERSON
                    ),
                    help="先使用后付费的被许可方须为企业。",
                ),
                FormField(
                    "requirements",
                    "对企业的要求",
                    FieldType.LONG_TEXT,
                    _P,
                    limit=500,
                ),
                FormField(
                    "also_use_then_transfer",
                    "同时按“先用后转”发布",
                    FieldType.CHOICE,
                    _P,
                    options=YES_NO,
                    help="仅限普通许可，且成果没有有效的独占或排他许可。",
                ),
            ),
        ),
        Topic(
            "trade-contact",
            "成果联系人",
            (
                FormField(
                    "contact_name",
                    "联系人姓名",
                    visibility=Visibility.LOGIN,
                    required=True,
                    limit=30,
                    is_sealed=True,
                ),
                FormField(
                    "contact_phone",
                    "联系电话",
                    FieldType.PHONE,
                    Visibility.LOGIN,
                    required=True,
                    limit=20,
                    is_sealed=True,
                ),
                FormField(
                    "contact_email",
                    "电子邮箱",
                    FieldType.EMAIL,
                    Visibility.LOGIN,
                    limit=80,
                    is_sealed=True,
                ),
            ),
            hint="只有登录并完成实名认证的企业可以看到。",
        ),
    ),
)
