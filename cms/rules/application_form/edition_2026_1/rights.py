"""Groups 知识产权, 来源, 完成人, 权属: what the unit may dispose of."""

from cms.rules.achievements import AchievementForm, IpType, LegalStatus
from cms.rules.application_form.answers import NO, YES, YES_NO
from cms.rules.forms import (
    Condition,
    FieldType,
    FormField,
    Section,
    Topic,
    Visibility,
)
from cms.rules.supply_demand.encumbrances import Encumbrance

_P = Visibility.PUBLIC
_PATENTS = Condition(
    "kind",
    (
        IpType.INVENTION.value,
        IpType.UTILITY_MODEL.value,
        IpType.DESIGN.value,
        IpType.PATENT_APPLICATION.value,
    ),
)
_GRANTED = Condition(
    "kind",
    (IpType.INVENTION.value, IpType.UTILITY_MODEL.value, IpType.DESIGN.value),
)
_REGISTERED_FORMS = Condition(
    "achievement_form",
    tuple(
        form.value
        for form in AchievementForm
        if form not in (AchievementForm.OTHER, AchievementForm.BIOMEDICINE)
    ),
)

INTELLECTUAL_PROPERTY = Section(
    "intellectual-property",
    "知识产权",
    (
        Topic(
            "ip-items",
            "知识产权清单",
            (
                FormField(
                    "ip_items",
                    "知识产权",
                    FieldType.ROWS,
                    _P,
                    limit=30,
                    row_label="知识产权",
                    required_when=_REGISTERED_FORMS,
                    columns=(
                        FormField(
                            "kind",
                            "类型",
                            FieldType.CHOICE,
                            _P,
                            required=True,
                            options=tuple(IpType.choices()),
                        ),
                        FormField(
                            "name", "名称", visibility=_P, required=True, limit=120
                        ),
                        FormField(
                            "number",
                            "号码",
                            FieldType.PATENT_NUMBER,
                            _P,
                            required=True,
                            limit=40,
                            checked_when=_PATENTS,
                            help="专利号如 ZL201810123456.5，校验位一并填写。",
                        ),
                        FormField(
                            "holder", "权利人", visibility=_P, required=True, limit=200
                        ),
                        FormField(
                            "filed_on", "申请日", FieldType.DATE, _P, required=True
                        ),
                        FormField(
                            "granted_on",
                            "授权日",
                            FieldType.DATE,
                            _P,
                            required_when=_GRANTED,
                        ),
                        FormField("expires_on", "届满日", FieldType.DATE, _P),
                        FormField(
                            "legal_status",
                            "法律状态",
                            FieldType.CHOICE,
                            _P,
                            required=True,
                            options=tuple(LegalStatus.choices()),
                        ),
                        FormField("fee_paid_until", "年费有效至", FieldType.DATE),
                        FormField(
                            "encumbrance",
                            "质押、独占等负担",
                            FieldType.CHOICE,
                            _P,
                            required=True,
                            options=tuple(Encumbrance.choices()),
                        ),
                    ),
                ),
            ),
        ),
    ),
    needs=("achievement_form",),
)
SOURCE = Section(
    "source",
    "来源",
    (
        Topic(
            "source-project",
            "项目来源",
            (
                FormField(
                    "source_kind",
                    "项目来源",
                    FieldType.CHOICE,
                    required=True,
                    options=(
                        ("fiscal", "财政"),
                        ("commissioned", "横向"),
                        ("own", "自有"),
                    ),
                ),
                FormField("project_number", "项目编号", limit=80),
                FormField(
                    "is_project_restricted",
                    "项目合同是否对成果权属或转化另有约定",
                    FieldType.CHOICE,
                    required=True,
                    options=YES_NO,
                ),
                FormField(
                    "project_restriction",
                    "约定内容和处理情况",
                    FieldType.LONG_TEXT,
                    limit=500,
                    show_when=Condition("is_project_restricted", (YES,)),
                    required=True,
                ),
            ),
        ),
    ),
)
TEAM = Section(
    "team",
    "完成人",
    (
        Topic(
            "team-members",
            "团队",
            (
                FormField(
                    "representative",
                    "团队代表",
                    visibility=_P,
                    required=True,
                    limit=30,
                    help="只公开姓名。",
                ),
                FormField(
                    "team_members",
                    "其他成员",
                    FieldType.ROWS,
                    limit=40,
                    row_label="成员",
                    columns=(
                        FormField("name", "姓名", required=True, limit=30),
                        FormField("position", "职务职称", limit=40),
                        FormField("contribution", "贡献", limit=120),
                    ),
                ),
            ),
        ),
        Topic(
            "team-consent",
            "完成人同意",
            (
                FormField(
                    "team_consent",
                    "全体完成人是否同意发布",
                    FieldType.CHOICE,
                    required=True,
                    options=YES_NO,
                    demand=YES,
                ),
                FormField(
                    "consent_files",
                    "完成人同意书",
                    FieldType.FILES,
                    required=True,
                    limit=5,
                    help="签名后的扫描件，不公开。",
                ),
            ),
        ),
    ),
)
OWNERSHIP = Section(
    "ownership",
    "权属",
    (
        Topic(
            "ownership-title",
            "权属和赋权",
            (
                FormField(
                    "has_clear_title",
                    "权属是否清晰",
                    FieldType.CHOICE,
                    required=True,
                    options=YES_NO,
                    demand=YES,
                ),
                FormField(
                    "has_co_owners",
                    "有无共有人或争议",
                    FieldType.CHOICE,
                    required=True,
                    options=((YES, "有"), (NO, "无")),
                ),
                FormField(
                    "co_owners_note",
                    "共有人或争议情况",
                    FieldType.LONG_TEXT,
                    limit=500,
                    show_when=Condition("has_co_owners", (YES,)),
                    required=True,
                ),
                FormField(
                    "is_empowered",
                    "是否已赋权",
                    FieldType.CHOICE,
                    required=True,
                    options=YES_NO,
                ),
                FormField(
                    "empowerment_mode",
                    "赋权方式",
                    FieldType.CHOICE,
                    required=True,
                    show_when=Condition("is_empowered", (YES,)),
                    options=(
                        ("M1", "部分所有权+技术转让+约定收益"),
                        ("M2", "部分所有权+预收定金+里程碑收益"),
                        ("M3", "全部所有权+拨投结合+权益实现"),
                        ("M4", "长期使用权+一次性许可+现金收益"),
                        ("M5", "长期使用权+免费许可+约定收益"),
                        ("M6", "长期使用权+作价入股+约定收益"),
                    ),
                ),
                FormField(
                    "empowerment_share",
                    "份额或期限",
                    limit=80,
                    required=True,
                    show_when=Condition("is_empowered", (YES,)),
                ),
            ),
        ),
    ),
)
