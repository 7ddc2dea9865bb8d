"""Payment rows and their vouchers; `payments.actions` writes them."""

from decimal import Decimal

from django.conf import settings
from django.db import models

from cms.core.models import Case, PrivateFile
from cms.parties.models import Organization
from cms.rules.payment_dues import is_settled_by_period
from cms.rules.payment_papers import PaymentPaperKind
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.supply_demand.payment_states import PAYMENT, PaymentState


class Payment(Case):
    """One row of a contract's payment plan (PS-07); amounts in yuan.

    `contract` names the case behind it, as `app.Model:pk`. A row without a sum has
    a formula: one that waits for an event gets its sum when that happens; one that
    lives on income stays open as the `source` of a row for each `period` settled.
    `happened_on` is the day from which the days to pay count.
    """

    state_table = PAYMENT

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="payments"
    )
    payer = models.ForeignKey(
        Organization,
        null=True,
        on_delete=models.PROTECT,
        related_name="payments_as_payer",
    )
    contract = models.CharField("合同", max_length=80, db_index=True)
    source = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="periods"
    )
    period = models.CharField("结算期", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField("序")
    kind = models.CharField("种类", max_length=16)
    kind_label = models.CharField("种类名称", max_length=40)
    trigger = models.CharField(
        "触发方式", max_length=8, choices=PaymentTrigger.choices()
    )
    condition = models.CharField("触发条件", max_length=200)
    evidence = models.CharField("触发证据", max_length=200, blank=True)
    amount = models.DecimalField(
        "金额（元）", max_digits=16, decimal_places=2, null=True
    )
    formula = models.CharField("计算办法", max_length=400, blank=True)
    due_days = models.PositiveSmallIntegerField("触发后付款期限（日）", null=True)
    due_on = models.DateField("应付日", null=True)
    latest_on = models.DateField("最迟付款日", null=True)
    status = models.CharField(
        "状态",
        max_length=16,
        choices=PaymentState.choices(),
        default=PaymentState.UNTRIGGERED.value,
        db_index=True,
    )
    is_provisional = models.BooleanField("应付日暂定", default=False)
    reminded_on = models.DateField("最近提醒", null=True)
    happened_on = models.DateField("条件成就之日", null=True)
    triggered_at = models.DateTimeField("触发时间", null=True)
    trigger_note = models.CharField("触发事实", max_length=300, blank=True)
    trigger_file = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paid = models.DecimalField("已付（元）", max_digits=16, decimal_places=2, default=0)
    closing_reason = models.CharField("了结理由", max_length=300, blank=True)

    class Meta:
        """In the order of the contract."""

        verbose_name = verbose_name_plural = "付款"
        ordering = ["contract", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"], name="payment_row_once"
            ),
            models.UniqueConstraint(
                fields=["source", "period"], name="payment_period_once"
            ),
        ]

    def __str__(self) -> str:
        """Return place and kind, and the period of a statement."""
        period = f"（{self.period}）" if self.period else ""
        return f"第{self.position}笔 {self.kind_label}{period}"

    @property
    def is_source(self) -> bool:
        """Whether the row itself is not paid, but each period settled from it."""
        return is_settled_by_period(self.trigger, has_sum=self.amount is not None)

    @property
    def owed(self) -> Decimal | None:
        """What is still to be paid in yuan, None where no sum is fixed."""
        return None if self.amount is None else self.amount - self.paid


class PaymentPaper(models.Model):
    """A paper made for a row (D-33): confirmation, notice, demand; both sides read it.

    `signed_papers.actions.make_payment_paper` makes it from the signed contract.
    """

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="papers"
    )
    kind = models.CharField("文书", max_length=8, choices=PaymentPaperKind.choices())
    number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("日期")
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("生成时间")

    class Meta:
        """In the order made."""

        verbose_name = verbose_name_plural = "付款文书"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return kind and number."""
        return f"{PaymentPaperKind(self.kind).label} {self.number}"


class Voucher(models.Model):
    """What was paid, and the paper that shows it; a wrong one is struck, not lost."""

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="vouchers"
    )
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    paid_on = models.DateField("付款日")
    file = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("更正时间", null=True)
    struck_reason = models.CharField("更正理由", max_length=300, blank=True)

    class Meta:
        """In the order recorded."""

        verbose_name = verbose_name_plural = "付款凭证"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return day and amount."""
        return f"{self.paid_on} {self.amount}元"
