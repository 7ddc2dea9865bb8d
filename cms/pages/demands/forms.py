"""Forms of demands, matches and intents."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from cms.core.time_inputs import DateInput
from cms.parties.models import Organization
from cms.rules.parties import EnterpriseSize
from cms.rules.supply_demand.demand_form import (
    FIELD_LABELS,
    PROBLEM_MAX,
    PROBLEM_MIN,
    TITLE_MAX,
    BudgetBand,
    CooperationMode,
    DemandFacts,
)
from cms.rules.supply_demand.matching import (
    INTENT_LABELS,
    ContactFacts,
    IntentFacts,
)
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES
from cms.supply_demand.models import Call, Demand, OfferPage
from cms.supply_demand.queries.calls import list_open_calls

_NONE = [("", "请选择")]


def industry_choices() -> list[tuple[str, Any]]:
    """Return the divisions of GB/T 4754 grouped by section."""
    return [
        ("", "请选择"),
        *(
            (
                section.label,
                [
                    (division.code, f"{division.code} {division.label}")
                    for division in INDUSTRIES.children(section.code)
                ],
            )
            for section in INDUSTRIES.children()
        ),
    ]


class ContactMixin(forms.Form):
    """Name, phone and e-mail of a contact."""

    contact_name = forms.CharField(
        label="联系人",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label="联系电话",
        max_length=30,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}
        ),
    )
    contact_email = forms.EmailField(
        label="电子邮箱（选填）",
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def contact(self) -> ContactFacts:
        """Return the contact that was typed."""
        values = self.cleaned_data
        return ContactFacts(
            values["contact_name"].strip(),
            values["contact_phone"].strip(),
            values["contact_email"].strip(),
        )


class DemandForm(ContactMixin):
    """企业需求表 (§20.2); every field may stay empty while it is a draft."""

    title = forms.CharField(
        label=FIELD_LABELS["title"],
        max_length=TITLE_MAX,
        required=False,
        help_text=f"不超过{TITLE_MAX}字，用一句话说明要解决的技术问题。",
    )
    problem = forms.CharField(
        label=FIELD_LABELS["problem"],
        max_length=PROBLEM_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            f"{PROBLEM_MIN}至{PROBLEM_MAX}字。写明现状、遇到的问题和已试过的办法；"
            "不写涉密信息、个人信息和联系方式。"
        ),
    )
    indicators = forms.CharField(
        label=f"{FIELD_LABELS['indicators']}（选填）",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="希望达到的技术、经济指标。",
    )
    industry = forms.ChoiceField(
        label=FIELD_LABELS["industry"], required=False, choices=industry_choices
    )
    district = forms.ChoiceField(
        label=FIELD_LABELS["district"],
        required=False,
        choices=lambda: _NONE + DISTRICTS.choices(),
    )
    size = forms.ChoiceField(
        label=FIELD_LABELS["size"],
        required=False,
        choices=_NONE + EnterpriseSize.choices(),
    )
    modes = forms.MultipleChoiceField(
        label=FIELD_LABELS["modes"],
        required=False,
        choices=CooperationMode.choices(),
        widget=forms.CheckboxSelectMultiple,
        help_text="可选多项。",
    )
    budget = forms.ChoiceField(
        label=f"{FIELD_LABELS['budget']}（选填）",
        required=False,
        choices=[("", "不填"), *BudgetBand.choices()],
    )
    needed_by = forms.DateField(
        label=f"{FIELD_LABELS['needed_by']}（选填）",
        required=False,
        widget=DateInput(),
        help_text="希望问题在哪一天之前解决。",
    )
    valid_until = forms.DateField(
        label=FIELD_LABELS["valid_until"],
        required=False,
        widget=DateInput(),
        help_text="到这一天24时，需求自动下架；最长12个月。",
    )
    is_anonymous = forms.BooleanField(
        label="匿名展示",
        required=False,
        help_text=(
            "公众只看到企业规模，看不到企业名称；市科技局知道，"
            "双方接受对接后对方单位知道。"
        ),
    )
    accepts_push = forms.BooleanField(
        label="接受推送",
        required=False,
        help_text="有合适的成果时，在“我的需求”中推送。",
    )
    call = forms.ModelChoiceField(
        label="征集批次（选填）",
        queryset=Call.objects.none(),
        required=False,
        empty_label="常态化征集",
        help_text="提交时批次已截止的，自动转为常态化征集，不会被退回。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        """Offer the calls that are open at `at`."""
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = list_open_calls(at, "demands")  # type: ignore[attr-defined]
        self.fields["contact_name"].help_text = "仅市科技局和双方接受对接后的对方可见。"

    def facts(self, demand: Demand) -> DemandFacts:
        """Return the form as facts; name, code and declarations are the case's."""
        values = self.cleaned_data
        return DemandFacts(
            enterprise_name=demand.organization.name,
            credit_code=demand.organization.credit_code,
            modes=tuple(values["modes"]),
            **{
                name: values[name]
                for name in (
                    "is_anonymous",
                    "size",
                    "district",
                    "industry",
                    "title",
                    "problem",
                    "indicators",
                    "budget",
                    "needed_by",
                    "valid_until",
                    "accepts_push",
                    "contact_name",
                    "contact_phone",
                    "contact_email",
                )
            },
        )


class DeclarationForm(forms.Form):
    """The three declarations of D-29."""

    consents_to_publication = forms.BooleanField(
        label="同意将本表中标注“公开”的内容在本平台发布", required=False
    )
    states_truth = forms.BooleanField(
        label="承诺所填内容真实、合法、有效，并承担相应责任", required=False
    )
    states_secrecy = forms.BooleanField(
        label="承诺所填内容不含国家秘密，不含不宜公开的商业秘密和个人信息",
        required=False,
    )


class ReasonForm(forms.Form):
    """One reason."""

    reason = forms.CharField(
        label="原因",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InterestForm(ContactMixin):
    """合作意向: for whom, with which of one's own entries, why, and the contact."""

    organization = forms.ModelChoiceField(
        label="以哪个单位（企业）的名义", queryset=Organization.objects.none()
    )
    note = forms.CharField(
        label="意向说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=(
            "说明想合作什么、本方的基础和设想。此处不写联系方式："
            "对方接受后，双方联系方式自动互相可见。"
        ),
    )

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        entries: QuerySet[Demand] | QuerySet[OfferPage],
        **kwargs: Any,
    ) -> None:
        """Offer the parties one acts for, and their own entries to name."""
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations  # type: ignore[attr-defined]
        field.initial = organizations.first()
        is_demand = entries.model is Demand
        self.fields["entry"] = forms.ModelChoiceField(
            label="关联本企业的需求（选填）"
            if is_demand
            else "关联本单位的成果（选填）",
            queryset=entries,
            required=False,
            empty_label="不关联",
        )
        self.order_fields(["organization", "note", "entry"])


class ReplyForm(ContactMixin):
    """The answer to an interest."""

    reply = forms.CharField(
        label="回应说明（选填）",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class IntentForm(forms.Form):
    """合作意向书 (D-30)."""

    subject = forms.CharField(
        label=INTENT_LABELS["subject"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(
        label=INTENT_LABELS["way"],
        required=False,
        choices=_NONE + CooperationMode.choices(),
    )
    secrecy = forms.CharField(
        label=INTENT_LABELS["secrecy"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="保密的内容、人员、期限和责任。",
    )
    valid_until = forms.DateField(
        label=INTENT_LABELS["valid_until"], required=False, widget=DateInput()
    )
    is_exclusive = forms.BooleanField(
        label="有效期内双方排他洽谈（不就同一标的与第三方洽谈）", required=False
    )
    binding = forms.CharField(
        label=INTENT_LABELS["binding"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：保密约定、费用承担、争议解决。",
    )
    non_binding = forms.CharField(
        label=INTENT_LABELS["non_binding"],
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：价格、期限等商务条款以正式合同为准。",
    )
    costs = forms.CharField(
        label=INTENT_LABELS["costs"],
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    depends_on = forms.CharField(
        label=INTENT_LABELS["depends_on"],
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：技术验证结果、单位审批、协议定价公示期满。",
    )

    def facts(self) -> IntentFacts:
        """Return what was typed."""
        return IntentFacts(**self.cleaned_data)


class ImportForm(forms.Form):
    """The enterprise and its filled-in template."""

    organization = forms.ModelChoiceField(
        label="企业", queryset=Organization.objects.none()
    )
    file = forms.FileField(
        label="Excel 文件",
        help_text="按模板填写的 .xlsx 文件，最多5兆字节、500行。",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        """Offer the enterprises one acts for."""
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        field.queryset = organizations  # type: ignore[attr-defined]
        field.initial = organizations.first()
