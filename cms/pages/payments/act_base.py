"""What the acts on a payment have in common: when they are offered, their fields."""

from typing import ClassVar, cast

from django import forms

from cms.core.actors import Actor
from cms.core.time_inputs import DateInput
from cms.pages.act_forms import StepForm
from cms.payments.file_rights import PURPOSE
from cms.payments.models import Payment
from cms.payments.queries import roles_over
from cms.rules.supply_demand.payment_states import PAYMENT, PaymentEvent

_PAPERS = "pdf、docx、ofd、png、jpg，不超过20MB，仅收款单位和付款企业可见。"


class PaymentForm(StepForm):
    """One act on a payment: `event` is the step of the table that it takes."""

    purpose = PURPOSE
    event: ClassVar[PaymentEvent]
    is_for_source: ClassVar[bool | None] = False
    """Whether the act belongs to a source of statements; None where to both."""

    @property
    def payment(self) -> Payment:
        """The row that the act is done to."""
        return cast(Payment, self.subject)

    @classmethod
    def is_offered(cls, payment: Payment, actor: Actor) -> bool:
        """Whether the table offers the step to the actor in the row's state."""
        if cls.is_for_source is not None and cls.is_for_source != payment.is_source:
            return False
        return cls.event in PAYMENT.events_for(
            payment.status, roles_over(payment, actor)
        )


def day_field(label: str, help_text: str) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=DateInput(), help_text=help_text)


def sum_field(label: str, help_text: str = "") -> forms.DecimalField:
    """Return a field for a sum in yuan."""
    return forms.DecimalField(
        label=label,
        max_digits=16,
        decimal_places=2,
        min_value=0,
        help_text=help_text,
    )


def paper_field(label: str) -> forms.FileField:
    """Return a field for a paper that must be there; the act refuses its lack."""
    return forms.FileField(
        label=label, required=False, help_text=f"必须上传。{_PAPERS}"
    )


def text_field(label: str, help_text: str = "必填。") -> forms.CharField:
    """Return a field for words; the act refuses their lack."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
    )


class ReasonForm(PaymentForm):
    """An act that takes a reason and nothing else."""

    reason = text_field("理由")
