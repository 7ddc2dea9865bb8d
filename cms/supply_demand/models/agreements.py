"""Agreements (先使用后付费合同) that follow from a match; changed by actions."""

from django.conf import settings
from django.db import models

from cms.core.models import Case
from cms.notices.models import Notice
from cms.parties.models import Organization
from cms.rules.labels import LabeledEnum
from cms.rules.supply_demand.agreement_states import AGREEMENT, AgreementState
from cms.supply_demand.models.matches import Match


class AgreementKind(LabeledEnum):
    """Which contract is drawn up (FP-09)."""

    LICENSE = "D-31", "先使用后付费技术许可合同"
    USE_TRANSFER = "D-32", "先使用后付费使用权转让合同"


class Agreement(Case):
    """One contract of a unit with an enterprise; private to the two (§17.9).

    What it prints is in its answer sheet (`core.answers`); whether it is
    先使用后付费 is computed from the payment plan there (FP-01). `approved_terms` is
    the digest of the terms that the unit has approved (TR-01).
    """

    state_table = AGREEMENT

    match = models.OneToOneField(
        Match, on_delete=models.PROTECT, related_name="agreement"
    )
    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="agreements_as_unit"
    )
    enterprise = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="agreements_as_enterprise"
    )
    number = models.CharField("合同编号", max_length=20, blank=True, db_index=True)
    title = models.CharField("项目名称", max_length=120)
    kind = models.CharField("合同", max_length=4, choices=AgreementKind.choices())
    status = models.CharField(
        "状态",
        max_length=20,
        choices=AgreementState.choices(),
        default=AgreementState.MATCHED.value,
        db_index=True,
    )
    rule_edition = models.CharField("规则版本", max_length=12)
    notice = models.OneToOneField(
        Notice, null=True, on_delete=models.PROTECT, related_name="agreement"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("修改时间")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("单位批准时间", null=True)
    approved_terms = models.CharField("批准的条件", max_length=64, blank=True)
    signed_on = models.DateField("签订日期", null=True)
    effective_on = models.DateField("生效日期", null=True)
    ends_on = models.DateField("合同终止日", null=True)
    closing_reason = models.CharField("结束原因", max_length=300, blank=True)

    class Meta:
        """Newest change first."""

        verbose_name = verbose_name_plural = "先使用后付费合同"
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="agreement_number_once",
            )
        ]

    def __str__(self) -> str:
        """Return number and title."""
        return f"{self.number or '草稿'} {self.title}"
