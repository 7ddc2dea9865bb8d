"""Forms of a unit's own achievement: the entry, its rights, its pictures."""

from decimal import Decimal
from typing import Any

from django import forms

from cms.achievements.models import Achievement
from cms.core.time_inputs import DateInput
from cms.rules.achievements import (
    DEFERRED_FORMS,
    LABEL_MODES,
    NAME_MAX,
    AcceptedParty,
    AchievementAttribute,
    AchievementForm,
    IpType,
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
    Vocabulary,
)

_BLANK = [("", "请选择")]
PROJECT_SOURCES = [("财政", "财政资金"), ("横向", "横向委托"), ("自有", "自有资金")]
OWN_MODES = [pair for pair in TransferMode.choices() if pair[0] not in LABEL_MODES]
OWN_PAYMENTS = [pair for pair in PaymentForm.choices() if pair[0] not in DEFERRED_FORMS]


def _enum_choices(kind: type[LabeledEnum]) -> list[tuple[str, str]]:
    return [*_BLANK, *kind.choices()]


def grouped_choices(vocabulary: Vocabulary) -> list[Any]:
    """Return the lowest terms of a vocabulary under the labels of those above."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in vocabulary.leaves():
        above = vocabulary.label(term.parent) if term.parent else ""
        groups.setdefault(above, []).append((term.code, f"{term.code} {term.label}"))
    return [*_BLANK, *groups.items()]


def _choice(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, **options)


def _long(label: str, most: int, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _short(label: str, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **options)


class EntryForm(forms.Form):
    """An achievement as its unit writes it; a draft may leave fields empty."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="成果名称", max_length=NAME_MAX, help_text=f"不超过{NAME_MAX}字。"
    )
    ledger_number = _short("台账登记号", 40)
    form = _choice("成果形式", _enum_choices(AchievementForm))
    attribute = _choice("成果属性", _enum_choices(AchievementAttribute))
    district = _choice("所属地区", grouped_choices(DISTRICTS))
    industry = _choice(
        "行业分类", grouped_choices(INDUSTRIES), help_text="GB/T 4754-2017 中类。"
    )
    technology_field = _choice("技术领域", [*_BLANK, *TECHNOLOGY_FIELDS.choices()])
    discipline = _choice("学科（选填）", [*_BLANK, *DISCIPLINES.choices()])
    trl = forms.TypedChoiceField(
        label="成熟度（TRL）",
        choices=[*_BLANK, *((t.code, f"{t.label}：{t.note}") for t in TRL.terms)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    stage = _choice("成熟度阶段", _enum_choices(MaturityStage))
    abstract = _long("简介", 800, 8, "50至800字，公开；不得写入国家秘密和技术秘密。")
    scenario = _long("应用场景", 1000, 4)
    advantage = _long("技术优势与指标（选填）", 1000, 4)
    audience = _long("适用对象（选填）", 400, 3)
    representative = _short("完成人代表（选填）", 50)
    transfer_modes = forms.MultipleChoiceField(
        label="转让方式",
        choices=OWN_MODES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="“先使用后付费”“先用后转”由相应申请形成，不在此选择。",
    )
    pricing_method = _choice("定价方式", _enum_choices(PricingMethod))
    reference_price = forms.DecimalField(
        label="参考价格（元）",
        required=False,
        max_digits=14,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text="不填表示面议，并在价格说明中写明依据。",
    )
    price_note = _short("价格说明", 200)
    payment_form = _choice("付款方式（选填）", [*_BLANK, *OWN_PAYMENTS])
    accepted_parties = forms.MultipleChoiceField(
        label="接受成交主体类型",
        choices=AcceptedParty.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    requirements = _long("对受让方的要求（选填）", 500, 3)
    contact_name = _short("成果联系人姓名", 50)
    contact_phone = _short(
        "成果联系人电话", 30, help_text="不公开；仅实名认证用户登录后可查看并留下记录。"
    )
    contact_email = forms.EmailField(label="成果联系人邮箱（选填）", required=False)
    project_source = _choice("项目来源", [*_BLANK, *PROJECT_SOURCES])
    project_number = _short("项目编号", 60)
    internal_note = _long("内部备注", 1000, 3, "仅本单位可见。")


class IpItemForm(forms.Form):
    """One right; a row whose name is empty is left out."""

    kind = _choice("类型", _enum_choices(IpType))
    name = _short("名称", 120)
    number = _short("号码", 40, help_text="专利号如 ZL201810123456.5")
    holder = _short("权利人", 120)
    filed_on = forms.DateField(label="申请日", required=False, widget=DateInput())
    granted_on = forms.DateField(label="授权日", required=False, widget=DateInput())
    expires_on = forms.DateField(label="届满日", required=False, widget=DateInput())
    legal_status = _short("法律状态", 30)
    fees_paid_until = forms.DateField(
        label="年费有效至（不公开）",
        required=False,
        widget=DateInput(),
    )
    is_encumbered = forms.BooleanField(label="有质押或独占许可", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a row without a kind or a name where anything else is given."""
        cleaned: dict[str, Any] = self.cleaned_data
        given = any(value for value in cleaned.values())
        if given and not cleaned.get("kind"):
            self.add_error("kind", "请选择类型。")
        if given and not cleaned.get("name"):
            self.add_error("name", "请填写名称。")
        return cleaned

    def stored(self) -> dict[str, object] | None:
        """Return the right as stored JSON, or None for an empty row."""
        if not self.cleaned_data.get("name"):
            return None
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.cleaned_data.items()
        }


class PictureForm(forms.Form):
    """A picture to add."""

    picture = forms.FileField(
        label="图片",
        help_text="JPEG 或 PNG，发布时重新编码并去除拍摄信息。",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    caption = forms.CharField(label="图片说明", max_length=60)


class WithdrawForm(forms.Form):
    """Why an entry is taken off the list."""

    reason = forms.CharField(label="下架原因", max_length=200)


def initial_of(entry: Achievement) -> dict[str, Any]:
    """Return the form's values of a stored entry."""
    return {name: getattr(entry, name) for name in EntryForm.base_fields}
