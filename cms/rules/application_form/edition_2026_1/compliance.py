"""Groups 合规, 附件, 管理: gates, papers, validity (附件6五, CC-01, CC-06, CC-08)."""

from cms.rules.application_form.answers import NO, YES, YES_NO
from cms.rules.forms import Condition, FieldType, FormField, Section, Topic, Visibility
from cms.rules.supply_demand.eligibility import SecrecyStatus
from cms.rules.supply_demand.negative_list import Condition as TitleCondition
from cms.rules.supply_demand.negative_list import NegativeItem

_MARKS = "①②③"


def _negative_items() -> tuple[FormField, ...]:
    """Return the questions ①–③ and the four conditions of ④ (附件6五)."""
    hits = tuple(
        FormField(
            f"negative_{item.value}",
            f"{mark}是否{item.label}",
            FieldType.CHOICE,
            required=True,
            options=YES_NO,
        )
        for mark, item in zip(_MARKS, NegativeItem, strict=True)
    )
    conditions = tuple(
        FormField(
            f"condition_{item.value}",
            f"④是否具备{item.label}条件",
            FieldType.CHOICE,
            required=True,
            options=YES_NO,
        )
        for item in TitleCondition
    )
    return hits + conditions


COMPLIANCE = Section(
    "compliance",
    "合规",
    (
        Topic(
            "compliance-negative-list",
            "不可赋权四项核查",
            (
                *_negative_items(),
                FormField(
                    "negative_evidence",
                    "核查依据",
                    FieldType.LONG_TEXT,
                    required=True,
                    limit=500,
                ),
                FormField("negative_checker", "核查人", required=True, limit=30),
            ),
            hint="逐项核查，有一项存在或不具备即不可发布。",
        ),
        Topic(
            "compliance-secrecy",
            "保密审查",
            (
                FormField(
                    "secrecy",
                    "涉密情况",
                    FieldType.CHOICE,
                    required=True,
                    options=tuple(SecrecyStatus.choices()),
                    help="本系统为非涉密系统，不得录入涉密信息。",
                ),
                FormField(
                    "declassification_proof",
                    "解密证明",
                    FieldType.FILES,
                    limit=3,
                    show_when=Condition("secrecy", (SecrecyStatus.DECLASSIFIED.value,)),
                ),
                FormField(
                    "secrecy_review",
                    "保密审查结论（单位）",
                    FieldType.LONG_TEXT,
                    required=True,
                    limit=300,
                ),
            ),
        ),
        Topic(
            "compliance-ethics",
            "科技伦理和出口管制",
            (
                FormField(
                    "ethics_review",
                    "科技伦理审查结论",
                    FieldType.LONG_TEXT,
                    required=True,
                    limit=300,
                ),
                FormField(
                    "is_export_restricted",
                    "是否属于《中国禁止出口限制出口技术目录》",
                    FieldType.CHOICE,
                    required=True,
                    options=YES_NO,
                ),
                FormField(
                    "export_note",
                    "目录条目和处理意见",
                    limit=300,
                    required=True,
                    show_when=Condition("is_export_restricted", (YES,)),
                ),
            ),
        ),
        Topic(
            "compliance-related-parties",
            "关联关系声明",
            (
                FormField(
                    "has_related_party",
                    "完成人与意向企业有无关联关系",
                    FieldType.CHOICE,
                    required=True,
                    options=((YES, "有"), (NO, "无")),
                ),
                FormField(
                    "related_parties",
                    "关联关系",
                    FieldType.ROWS,
                    limit=20,
                    row_label="关联关系",
                    required=True,
                    show_when=Condition("has_related_party", (YES,)),
                    columns=(
                        FormField("member", "完成人", required=True, limit=30),
                        FormField("party", "关联方", required=True, limit=120),
                        FormField("relation", "关系类型", required=True, limit=60),
                        FormField("note", "说明", limit=200),
                    ),
                ),
            ),
        ),
    ),
)
ATTACHMENTS = Section(
    "attachments",
    "附件",
    (
        Topic(
            "attachment-proofs",
            "权利证明和单位意见",
            (
                FormField(
                    "title_proof",
                    "权利证明",
                    FieldType.FILES,
                    required=True,
                    limit=10,
                ),
                FormField(
                    "unit_opinion",
                    "单位审核意见（盖章）",
                    FieldType.FILES,
                    required=True,
                    limit=3,
                ),
                FormField(
                    "unit_decision",
                    "其他技术成果认定文件",
                    FieldType.FILES,
                    limit=3,
                    show_when=Condition("achievement_form", ("other",)),
                    required=True,
                ),
            ),
        ),
        Topic(
            "attachment-reports",
            "报告和说明",
            (
                FormField(
                    "reports",
                    "检测或评价报告",
                    FieldType.FILES,
                    limit=10,
                    may_be_public=True,
                    help="可逐份勾选是否公开。",
                ),
                FormField(
                    "scenario_files",
                    "应用场景说明",
                    FieldType.FILES,
                    limit=10,
                    may_be_public=True,
                ),
            ),
        ),
    ),
)
MANAGEMENT = Section(
    "management",
    "发布管理",
    (
        Topic(
            "management-validity",
            "有效期和征集批次",
            (
                FormField(
                    "valid_months",
                    "发布有效期",
                    FieldType.CHOICE,
                    Visibility.PUBLIC,
                    required=True,
                    options=(("6", "6个月"), ("12", "12个月")),
                    default="12",
                    help="默认12个月，期满前可以续期。",
                ),
                FormField(
                    "call_number",
                    "征集批次",
                    FieldType.CHOICE,
                    Visibility.PUBLIC,
                    vocabulary="open_calls",
                    help="不参加集中征集的留空，按常态化受理。",
                ),
            ),
        ),
    ),
)
