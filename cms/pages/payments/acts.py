"""The acts on a payment as forms: who may do each, when, and what it does."""

from decimal import Decimal
from typing import cast

from django import forms

from cms.core.actors import Actor
from cms.pages.payments.act_base import (
    PaymentForm,
    ReasonForm,
    day_field,
    paper_field,
    sum_field,
    text_field,
)
from cms.pages.payments.paper_act import PaperForm
from cms.payments import actions
from cms.payments.models import Payment
from cms.payments.queries import are_settled
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import PaymentEvent


class FactForm(PaymentForm):
    """What happened, since when, with its evidence; the sum where none is fixed."""

    event = PaymentEvent.TRIGGER

    happened_on = day_field("条件成就之日", "付款期限从次日起算。")
    amount = sum_field("应付金额（元）")
    note = text_field("触发付款的事实")
    paper = paper_field("触发证据")
    paper_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        """Ask for a sum where the contract has a formula."""
        self.initial.setdefault("happened_on", to_shanghai(self.at).date())
        payment = self.payment
        if payment.evidence:
            self.fields["paper"].help_text += f"合同约定的证据：{payment.evidence}。"
        if not payment.formula and payment.source_id is None:
            del self.fields["amount"]
        else:
            self.fields["amount"].help_text = f"按{payment.formula}计算。"

    @property
    def fact(self) -> actions.Fact:
        """What is told."""
        given = self.cleaned_data
        return actions.Fact(
            given["happened_on"], given["note"], self.stored, given.get("amount")
        )


class TriggerForm(FactForm):
    """The agreed event has happened."""

    title = "登记付款条件成就"
    button = "登记条件成就"
    intro = "付款条件成就后，由任何一方登记并附证据，经收款单位确认后计算付款期限。"

    def act(self) -> str:
        """Trigger."""
        actions.trigger_payment(self.payment, self.fact, **self.signature)
        return "已登记条件成就，待收款单位确认。"


class StatementForm(FactForm):
    """The statement of a period."""

    title = "报送结算单"
    button = "报送"
    intro = "每期届满后报送一次，当期没有收入的也要报送，应付金额填0。"
    is_for_source = True

    period = forms.CharField(
        label="结算期", max_length=40, help_text="如2027年第一季度、2027年度。"
    )
    field_order = ("period", "happened_on", "amount", "note", "paper")

    def prepare(self) -> None:
        """Use the words of a statement."""
        super().prepare()
        self.fields["happened_on"].label = "本期届满之日"
        self.fields["note"].label = "本期结算说明"
        self.fields["note"].help_text = "必填。写明数量、收入、扣除项目和计算过程。"
        self.fields["paper"].label = "结算单"

    def act(self) -> str:
        """Hand in."""
        period = self.cleaned_data["period"]
        actions.report_period(self.payment, period, self.fact, **self.signature)
        return f"已报送{period.strip()}结算单，待收款单位确认。"


class ConfirmationForm(PaymentForm):
    """The unit agrees that the event has happened."""

    title = "确认条件成就"
    button = "确认条件成就"
    intro = "确认后开始计算付款期限，到期未付的转为逾期。"
    event = PaymentEvent.CONFIRM

    def act(self) -> str:
        """Confirm."""
        actions.confirm_trigger(self.payment, **self.signature)
        return "已确认，付款期限开始计算。"


class ReturnForm(ReasonForm):
    """The proof is not enough, or the event has not happened."""

    title = "退回条件登记"
    button = "退回"
    intro = "条件没有成就或者证据不足的，写明理由退回，可以补充后重新登记。"
    event = PaymentEvent.RETURN
    is_danger = True

    def act(self) -> str:
        """Return."""
        actions.return_trigger(
            self.payment, self.cleaned_data["reason"], **self.signature
        )
        return "已退回。"


class ReceiptForm(PaymentForm):
    """Money has come in."""

    title = "登记收款"
    button = "登记收款"
    event = PaymentEvent.PAY

    amount = sum_field("收款金额（元）")
    paid_on = day_field("付款日期", "以款项到账之日为准。")
    paper = paper_field("付款凭证")
    paper_id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        """Propose what is still owed, and today."""
        self.initial.setdefault("paid_on", to_shanghai(self.at).date())
        owed = self.payment.owed
        if owed is not None:
            self.initial.setdefault("amount", owed)
            self.fields["amount"].help_text = f"尚欠{owed:,.2f}元，可以分次登记。"

    def act(self) -> str:
        """Record."""
        given = self.cleaned_data
        receipt = actions.Receipt(given["amount"], given["paid_on"], self.stored)
        fresh = actions.record_payment(self.payment, receipt, **self.signature)
        owed = fresh.owed or Decimal(0)
        return f"已登记收款，尚欠{owed:,.2f}元。" if owed else "已登记收款，本笔付清。"


class CorrectionForm(ReasonForm):
    """A receipt was recorded wrongly."""

    title = "更正收款登记"
    button = "更正"
    intro = "登记有误的凭证作废后，款项恢复为待付，再按实际登记；作废的凭证仍可查阅。"
    event = PaymentEvent.CORRECT
    is_danger = True

    voucher = forms.ModelChoiceField(
        queryset=None, label="有误的凭证", widget=forms.RadioSelect, empty_label=None
    )
    field_order = ("voucher", "reason")

    @classmethod
    def is_offered(cls, payment: Payment, actor: Actor) -> bool:
        """Only where something was recorded, and the contract is not settled."""
        return (
            super().is_offered(payment, actor)
            and payment.vouchers.filter(struck_at=None).exists()
            and not are_settled(payment.contract)
        )

    def prepare(self) -> None:
        """Offer the vouchers that count."""
        field = cast(forms.ModelChoiceField, self.fields["voucher"])
        field.queryset = self.payment.vouchers.filter(struck_at=None)

    def act(self) -> str:
        """Strike the voucher."""
        given = self.cleaned_data
        actions.correct_payment(
            self.payment, given["voucher"], given["reason"], **self.signature
        )
        return "已更正，请按实际重新登记收款。"


class WaiverForm(ReasonForm):
    """The unit's approver waives the row."""

    title = "免除付款"
    button = "确认免除"
    intro = "由单位审批人写明依据和理由，免除后不再提醒、不再收款。"
    event = PaymentEvent.WAIVE
    is_danger = True
    is_for_source = None

    def act(self) -> str:
        """Waive."""
        actions.waive_payment(
            self.payment, self.cleaned_data["reason"], **self.signature
        )
        return "已免除。"


class ClosingForm(ReasonForm):
    """No further period is to be settled."""

    title = "结算完毕"
    button = "确认结算完毕"
    intro = "提成期限届满、达到上限或者合同终止，各期都已结清的，确认不再结算。"
    event = PaymentEvent.CLOSE
    is_for_source = True

    def act(self) -> str:
        """Close."""
        actions.close_source(
            self.payment, self.cleaned_data["reason"], **self.signature
        )
        return "已确认结算完毕。"


ACTS: dict[str, type[PaymentForm]] = {
    "trigger": TriggerForm,
    "statement": StatementForm,
    "confirmation": ConfirmationForm,
    "return": ReturnForm,
    "receipt": ReceiptForm,
    "paper": PaperForm,
    "closing": ClosingForm,
    "correction": CorrectionForm,
    "waiver": WaiverForm,
}
"""Acts by the name that stands in their addresses."""
