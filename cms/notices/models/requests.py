"""What may happen to a running notice: stop, extension, change, end."""

from django.conf import settings
from django.db import models

from cms.notices.models.notices import Notice
from cms.rules.notices import ChangeKind, RequestState


class Suspension(models.Model):
    """A stop of the clock (T-08); `reason` is for the files, never public."""

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="suspensions"
    )
    suspended_at = models.DateTimeField("中止时间")
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField("中止原因")
    resumed_at = models.DateTimeField("恢复时间", null=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resume_reason = models.TextField("恢复原因", blank=True)

    class Meta:
        """In order; one open stop at a time."""

        verbose_name = verbose_name_plural = "中止"
        ordering = ["suspended_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=models.Q(resumed_at=None),
                name="suspension_open_once",
            )
        ]

    def __str__(self) -> str:
        """Return notice and instant."""
        return f"{self.notice_id} {self.suspended_at:%F %T}"


class Extension(models.Model):
    """A request to prolong a negotiated-price notice (OT-23)."""

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="extensions"
    )
    days = models.PositiveSmallIntegerField("延长天数")
    reason = models.TextField("延长原因")
    consent = models.ForeignKey(
        "core.PrivateFile",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="交易相对方同意书",
    )
    content_sha256 = models.CharField("申请时内容摘要", max_length=64)
    status = models.CharField(
        "状态",
        max_length=12,
        choices=RequestState.choices(),
        default=RequestState.PENDING.value,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True)
    decision_reason = models.TextField("审核意见", blank=True)

    class Meta:
        """In order; one open request at a time."""

        verbose_name = verbose_name_plural = "延长公示申请"
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=models.Q(status=RequestState.PENDING.value),
                name="extension_pending_once",
            )
        ]

    def __str__(self) -> str:
        """Return notice and days."""
        return f"{self.notice_id} +{self.days}日"


class ChangeRequest(models.Model):
    """A request to change or end a notice (OT-40)."""

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="change_requests"
    )
    kind = models.CharField("申请种类", max_length=12, choices=ChangeKind.choices())
    reason = models.TextField("申请原因")
    status = models.CharField(
        "状态",
        max_length=12,
        choices=RequestState.choices(),
        default=RequestState.PENDING.value,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True)
    decision_reason = models.TextField("审核意见", blank=True)

    class Meta:
        """In order; one open request at a time."""

        verbose_name = verbose_name_plural = "变更（终止）申请"
        ordering = ["requested_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice"],
                condition=models.Q(status=RequestState.PENDING.value),
                name="change_pending_once",
            )
        ]

    def __str__(self) -> str:
        """Return notice and kind."""
        return f"{self.notice_id} {ChangeKind(self.kind).label}"
