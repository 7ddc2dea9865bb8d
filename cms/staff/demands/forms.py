"""Forms of calls and events."""

from django import forms

from cms.core.time_inputs import DateInput, InstantInput
from cms.rules.shanghai_time import end_of, last_day_before
from cms.rules.supply_demand.calls import CallScope, EventKind
from cms.supply_demand.actions.calls import CallContent
from cms.supply_demand.actions.events import EventContent
from cms.supply_demand.models import Call, Event


class CallForm(forms.Form):
    """A call; its last day ends at 24:00."""

    title = forms.CharField(label="名称", max_length=80)
    scope = forms.ChoiceField(label="征集范围", choices=CallScope.choices())
    body = forms.CharField(
        label="征集内容", max_length=10_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    contact = forms.CharField(
        label="咨询方式（选填）",
        max_length=120,
        required=False,
        help_text="办公电话或处室名称，不写个人手机号。",
    )
    opens_at = forms.DateTimeField(label="开始时间", widget=InstantInput())
    closes_on = forms.DateField(
        label="截止日", widget=DateInput(), help_text="到这一天24时截止。"
    )

    def content(self) -> CallContent:
        """Return what was typed."""
        values = self.cleaned_data
        return CallContent(
            title=values["title"],
            scope=values["scope"],
            body=values["body"],
            contact=values["contact"],
            opens_at=values["opens_at"],
            closes_at=end_of(values["closes_on"]),
        )

    @staticmethod
    def initial_of(call: Call) -> dict[str, object]:
        """Return a draft's values for the form."""
        return {
            "title": call.title,
            "scope": call.scope,
            "body": call.body,
            "contact": call.contact,
            "opens_at": call.opens_at,
            "closes_on": last_day_before(call.closes_at),
        }


class EventForm(forms.Form):
    """An event with its places."""

    title = forms.CharField(label="名称", max_length=80)
    kind = forms.ChoiceField(label="类型", choices=EventKind.choices())
    body = forms.CharField(
        label="活动内容", max_length=10_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    place = forms.CharField(label="地点", max_length=120)
    starts_at = forms.DateTimeField(label="开始时间", widget=InstantInput())
    ends_at = forms.DateTimeField(label="结束时间", widget=InstantInput())
    registration_closes_at = forms.DateTimeField(
        label="报名截止", widget=InstantInput()
    )
    capacity = forms.IntegerField(label="名额", min_value=1, max_value=5000)

    def content(self) -> EventContent:
        """Return what was typed."""
        return EventContent(**self.cleaned_data)

    @staticmethod
    def initial_of(event: Event) -> dict[str, object]:
        """Return a draft's values for the form."""
        return {
            name: getattr(event, name) for name in EventContent.__dataclass_fields__
        }
