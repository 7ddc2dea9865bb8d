"""Group 成果: what is offered (附件4六, OT-04)."""

from cms.rules.achievements import (
    AchievementAttribute,
    AchievementForm,
    MaturityStage,
)
from cms.rules.forms import FieldType, FormField, Section, Topic, Visibility

_P = Visibility.PUBLIC

_BASICS = Topic(
    "achievement-basics",
    "成果基本信息",
    (
        FormField(
            "title",
            "成果名称",
            visibility=_P,
            required=True,
            limit=80,
            help="不超过80字，不写涉密内容和联系方式。",
        ),
        FormField(
            "ledger_number",
            "台账登记号",
            visibility=_P,
            required=True,
            limit=40,
            help="本单位职务科技成果单列管理台账中的编号。",
        ),
        FormField(
            "achievement_form",
            "成果形式",
            FieldType.CHOICE,
            _P,
            required=True,
            options=tuple(AchievementForm.choices()),
        ),
        FormField(
            "attribute",
            "成果属性",
            FieldType.CHOICE,
            _P,
            required=True,
            options=tuple(AchievementAttribute.choices()),
            help="已取得专利权、登记证书等的为授权成果。",
        ),
    ),
)
_CLASSIFICATION = Topic(
    "achievement-classification",
    "地区和分类",
    (
        FormField(
            "district",
            "所属地区",
            FieldType.CHOICE,
            _P,
            required=True,
            vocabulary="districts",
        ),
        FormField(
            "industry",
            "行业分类",
            FieldType.CHOICE,
            _P,
            required=True,
            vocabulary="industries",
            help="《国民经济行业分类》（GB/T 4754—2017）中类。",
        ),
        FormField(
            "technology_field",
            "技术领域",
            FieldType.CHOICE,
            _P,
            required=True,
            vocabulary="technology_fields",
        ),
        FormField(
            "discipline",
            "学科",
            FieldType.CHOICE,
            _P,
            vocabulary="disciplines",
        ),
    ),
)
_MATURITY = Topic(
    "achievement-maturity",
    "成熟度",
    (
        FormField(
            "trl",
            "成熟度（TRL）",
            FieldType.CHOICE,
            _P,
            required=True,
            vocabulary="trl",
        ),
        FormField(
            "stage",
            "成熟阶段",
            FieldType.CHOICE,
            _P,
            required=True,
            options=tuple(MaturityStage.choices()),
        ),
    ),
)
_DESCRIPTION = Topic(
    "achievement-description",
    "简介和应用",
    (
        FormField(
            "abstract",
            "简介",
            FieldType.LONG_TEXT,
            _P,
            required=True,
            minimum=50,
            limit=800,
            help="50—800字。只写可以公开的内容，不写技术秘密、电话和证件号码。",
        ),
        FormField(
            "scenario",
            "应用场景",
            FieldType.LONG_TEXT,
            _P,
            required=True,
            limit=800,
        ),
        FormField(
            "advantage",
            "技术优势和指标",
            FieldType.LONG_TEXT,
            _P,
            limit=800,
        ),
        FormField("audience", "适用对象", visibility=_P, limit=200),
    ),
)
_PICTURES = Topic(
    "achievement-pictures",
    "图片",
    (
        FormField(
            "pictures",
            "图片",
            FieldType.FILES,
            _P,
            limit=6,
            help="最多6张，JPG 或 PNG，发布后公开。",
        ),
    ),
)

ACHIEVEMENT = Section(
    "achievement",
    "成果",
    (_BASICS, _CLASSIFICATION, _MATURITY, _DESCRIPTION, _PICTURES),
)
