"""After signing: extensions of a use right, and the service log (EM-09, EM-16)."""

from django.conf import settings
from django.db import models

from cms.empowerment.models.cases import EmpowermentCase
from cms.notices.models import Notice


class Extension(models.Model):
    """A request for a longer use right, with its three proofs (D-12)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="extensions"
    )
    ends_on = models.DateField("申请延至")
    proofs = models.JSONField("证明")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("申请时间")
    is_approved = models.BooleanField("批准", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True)
    notice = models.OneToOneField(
        Notice, null=True, on_delete=models.PROTECT, related_name="use_right_extension"
    )

    class Meta:
        """In the order requested."""

        verbose_name = verbose_name_plural = "使用权延期"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return the day asked for."""
        return f"延至{self.ends_on}"


class ServiceRecord(models.Model):
    """One follow-up of the unit after a grant (赋后服务, EM-16)."""

    case = models.ForeignKey(
        EmpowermentCase, on_delete=models.PROTECT, related_name="services"
    )
    served_on = models.DateField("日期")
    text = models.CharField("服务内容", max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "赋后服务记录"
        ordering = ["-served_on", "-id"]

    def __str__(self) -> str:
        """Return the day and the text."""
        return f"{self.served_on} {self.text}"
