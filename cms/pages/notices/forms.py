"""Forms of the unit's room: a notice's contents, extension, change, reasons."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

from cms.core.refusals import add_refusal, refusal_html, violations_of
from cms.core.time_inputs import DateInput, InstantInput
from cms.notices.models import Notice
from cms.rules.notices import (
    ChangeKind,
    FieldKind,
    FieldSpec,
    NoticeKind,
    fields_of,
    find_missing,
    read_instant,
)
from cms.rules.violations import RuleViolation, RuleViolations


class KindForm(forms.Form):
    """Which kind of notice to draft."""

    kind = forms.ChoiceField(
        label="公示种类", choices=NoticeKind.choices(), widget=forms.RadioSelect
    )
    owner = forms.TypedChoiceField(label="发布单位", coerce=int)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the units for whose transfer office the person works."""
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        owner.choices = units  # type: ignore[attr-defined]
        owner.initial = units[0][0] if units else None
        if len(units) == 1:
            owner.widget = forms.HiddenInput()


class NoticeForm(forms.Form):
    """The contents of one kind; completeness is asked at submission only."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        """Build the fields of the notice's kind."""
        initial = {
            "title": notice.title,
            "planned_close_on": notice.planned_close_on,
            "version": notice.version,
            **{
                spec.name: _initial(spec, notice.values.get(spec.name, ""))
                for spec in fields_of(notice.kind)
            },
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.notice = notice
        self.fields["title"] = forms.CharField(
            label="公示标题", max_length=120, required=False, help_text="必填。"
        )
        for spec in fields_of(notice.kind):
            self.fields[spec.name] = field_of(spec)
        self.fields["planned_close_on"] = forms.DateField(
            label="计划截止日",
            required=False,
            widget=DateInput(),
            help_text="选填。可以比最短期限长，不能短；截止于该日24:00。"
            "不填则按最短期限届满。",
        )
        self.fields["file"] = forms.FileField(
            label="添加附件",
            required=False,
            help_text="选填。pdf、docx、xlsx、ofd、png、jpg，每件不超过20MB；"
            "发布前不公开。",
        )

    def values(self) -> dict[str, str]:
        """Return the contents as they are stored."""
        result = {}
        for spec in fields_of(self.notice.kind):
            value = self.cleaned_data.get(spec.name) or ""
            result[spec.name] = (
                value.isoformat() if isinstance(value, datetime) else str(value)
            )
        return result

    @property
    def planned(self) -> date | None:
        """The planned last day."""
        planned: date | None = self.cleaned_data.get("planned_close_on")
        return planned

    def show(self, refused: RuleViolation | RuleViolations) -> None:
        """Show a refusal; what is missing is listed once and linked field by field."""
        for one in violations_of(refused):
            if one.code != "E-LS-01":
                add_refusal(self, one)
                continue
            self.add_error(None, refusal_html(one))
            if not self.cleaned_data.get("title"):
                self.add_error("title", "请填写公示标题。")
            for spec in find_missing(self.notice.kind, self.values()):
                self.add_error(spec.name, f"请填写{spec.label}。")


def _initial(spec: FieldSpec, value: str) -> object:
    if spec.kind is not FieldKind.INSTANT:
        return value
    instant = read_instant(value)
    return localtime(instant) if instant else ""


def field_of(spec: FieldSpec) -> forms.Field:
    """Return the form field of a field of a notice; none is required yet."""
    hint = ("必填。" if spec.required else "选填。") + spec.hint
    common: dict[str, Any] = {
        "label": spec.label,
        "required": False,
        "help_text": hint,
    }
    if spec.kind is FieldKind.CHOICE:
        choices = [("", "请选择"), *spec.choices]
        return forms.ChoiceField(choices=choices, **common)
    if spec.kind is FieldKind.INSTANT:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        return forms.DateTimeField(
            widget=InstantInput(), input_formats=formats, **common
        )
    if spec.kind is FieldKind.TEXT:
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(max_length=spec.max_length, widget=widget, **common)
    return forms.CharField(max_length=spec.max_length, **common)


class ExtensionForm(forms.Form):
    """A request for an extension (D-42); the content is repeated, not changed."""

    days = forms.IntegerField(
        label="延长天数", min_value=1, help_text="每次不超过7日，同一交易不超过2次。"
    )
    reason = forms.CharField(
        label="延长原因", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    proposed_price = forms.CharField(
        label="拟交易价格",
        max_length=200,
        help_text="延长公示不得变更公示内容，此处应与已公示的一致。",
    )
    consent = forms.FileField(
        label="交易相对方同意书",
        required=False,
        help_text="必须上传。pdf、ofd、docx、png、jpg，不超过20MB。",
    )


class ChangeForm(forms.Form):
    """A request for a change or an end (D-43)."""

    kind = forms.ChoiceField(
        label="申请种类",
        choices=[
            (ChangeKind.REPLACE.value, "变更：终止本公示，变更内容后重新公示"),
            (ChangeKind.TERMINATE.value, "终止：终止本公示，不再重新公示"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="申请原因", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
