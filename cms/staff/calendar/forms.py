"""Forms of the calendar's desk: import, one day, publication, confirmation."""

from django import forms

from cms.core.calendar_files import NAME_LENGTH

LARGEST_FILE = 1024 * 1024
WORK, REST, WEEK = "work", "rest", "week"


class GroundsForm(forms.Form):
    """What every change needs: the official document and the reason."""

    source = forms.CharField(
        label="来源",
        max_length=200,
        help_text="正式文件的名称和文号，如“国办发明电〔2026〕×号”。",
    )
    reason = forms.CharField(label="修改原因", max_length=300)


class ImportForm(GroundsForm):
    """A year from a file; the preview comes before anything is stored."""

    file = forms.FileField(
        label="文件",
        help_text="CSV或XLSX，三列：日期、上班或休息、名称。只列与平常一周不同的"
        "日子（节假日和调休上班日），一个文件一个年份，不超过1MB。",
    )
    is_published = forms.BooleanField(
        label="安排已由国务院正式公布",
        required=False,
        help_text="未公布的年份只用于推算“暂定”日期，不作为按工作日计算的依据。",
    )
    field_order = ["file", "source", "is_published", "reason"]


class DayForm(GroundsForm):
    """One day of a year."""

    kind = forms.ChoiceField(
        label="这一天",
        choices=[(REST, "休息"), (WORK, "上班"), (WEEK, "按平常一周（不单列）")],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="名称",
        max_length=NAME_LENGTH,
        required=False,
        help_text="如“国庆节”“国庆节调休”；按平常一周时不填。",
    )
    field_order = ["kind", "name", "source", "reason"]

    def clean_name(self) -> str:
        """Refuse a special day without a name."""
        name: str = self.cleaned_data["name"]
        if self.cleaned_data.get("kind") in {WORK, REST} and not name:
            raise forms.ValidationError("请填写名称。")
        return name


class ConfirmForm(GroundsForm):
    """The previewed draft as it comes back, in hidden fields."""

    days = forms.CharField(widget=forms.HiddenInput, max_length=60_000)
    is_published = forms.BooleanField(required=False, widget=forms.HiddenInput)
    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    source = forms.CharField(widget=forms.HiddenInput, max_length=200)
    reason = forms.CharField(widget=forms.HiddenInput, max_length=300)
