"""Objections inside the unit to a notice of empowerment (AMB-25)."""

from django.conf import settings
from django.db import models

from cms.core.encryption import EncryptedTextField
from cms.empowerment.models.cases import EmpowermentCase
from cms.rules.labels import LabeledEnum


class ObjectionOutcome(LabeledEnum):
    """How the unit concluded."""

    DISMISSED = "dismissed", "不成立"
    WITHDRAWN = "withdrawn", "已撤回"
    SUSTAINED = "sustained", "成立"


class UnitObjection(models.Model):
    """One objection: registered, investigated, concluded with reasons (D-100)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="objections"
    )
    objector = EncryptedTextField("异议人")
    ground = EncryptedTextField("异议事项和理由")
    received_at = models.DateTimeField("收到时间")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(
        "结论", max_length=12, blank=True, choices=ObjectionOutcome.choices()
    )
    conclusion = models.TextField("处理结论及理由", blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    concluded_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        """In the order received."""

        verbose_name = verbose_name_plural = "单位内异议"
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        """Return the time received."""
        return f"{self.received_at:%Y-%m-%d %H:%M}收到的异议"
