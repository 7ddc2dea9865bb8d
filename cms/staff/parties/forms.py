"""Forms of the parties' desk."""

from django import forms

from cms.core.time_inputs import DateInput
from cms.rules.parties import UNIT_KINDS, OrganizationKind, PilotEntry, PilotStatus
from cms.rules.roles import Role
from cms.rules.vocabularies import DISTRICTS


class DecisionForm(forms.Form):
    """A decision on a real-name case."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    act = forms.ChoiceField(
        choices=[(act, act) for act in ("verify", "reject", "revoke")],
        widget=forms.HiddenInput,
    )
    comment = forms.CharField(
        label="意见",
        max_length=500,
        required=False,
        help_text="不通过或撤销时必填。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=DateInput(),
    )


class PilotForm(forms.Form):
    """Place of a unit in the pilot (PL-01)."""

    status = forms.ChoiceField(label="试点情况", choices=PilotStatus.choices())
    entry = forms.ChoiceField(
        label="进入方式",
        choices=[("", "—"), *PilotEntry.choices()],
        required=False,
    )
    batch = forms.CharField(label="批次", max_length=20, required=False)
    document = forms.CharField(label="文号", max_length=60, required=False)
    starts_on = _day("试点起")
    ends_on = _day("试点止")


class UnitForm(PilotForm):
    """A new unit of the register."""

    name = forms.CharField(label="单位名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=40)
    kind = forms.ChoiceField(
        label="类型",
        choices=[(k.value, k.label) for k in OrganizationKind if k in UNIT_KINDS],
    )
    district = forms.ChoiceField(label="所属地区", choices=DISTRICTS.choices)
    field_order = ("name", "short_name", "credit_code", "kind", "district")


class FirstMemberForm(forms.Form):
    """First approver or office person of a unit."""

    full_name = forms.CharField(label="姓名", max_length=50)
    username = forms.RegexField(
        label="登录名",
        regex=r"^[a-z][a-z0-9._-]{3,39}$",
        help_text="4至40个字符，小写字母开头，可用小写字母、数字、点和横线。",
        error_messages={"invalid": "登录名格式不符。"},
    )
    role = forms.ChoiceField(
        label="角色",
        choices=[
            (role.value, role.label) for role in (Role.APPROVER, Role.TRANSFER_OFFICE)
        ],
    )
