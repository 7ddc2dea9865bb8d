"""Evidence entries, due rows and number sequences; written by their modules only."""

from django.conf import settings
from django.db import models


class EvidenceEntry(models.Model):
    """One leaf of the evidence log (存证, CC-07); append-only, by `core.evidence`."""

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    kind = models.CharField("事项", max_length=60)
    subject = models.CharField("对象", max_length=80, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField("办理人", max_length=60)
    legal_at = models.DateTimeField("法定时间")
    recorded_at = models.DateTimeField("记录时间")
    payload = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)

    class Meta:
        """Ordered as appended."""

        verbose_name = verbose_name_plural = "存证记录"
        ordering = ["sequence"]

    def __str__(self) -> str:
        """Return the number, kind and subject."""
        return f"{self.sequence} {self.kind} {self.subject}"


class DueEvent(models.Model):
    """One deadline of one subject; fired once by the sweep (`core.due`)."""

    kind = models.CharField("事件", max_length=60)
    subject = models.CharField("对象", max_length=80)
    cycle = models.PositiveIntegerField("轮次", default=0)
    due_at = models.DateTimeField("到期时间", db_index=True)
    fired_at = models.DateTimeField("实际执行时间", null=True)
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        """A subject's event of one cycle exists once."""

        verbose_name = verbose_name_plural = "到期事件"
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "cycle"], name="due_event_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="due_event_open",
                condition=models.Q(fired_at=None, cancelled_at=None),
            )
        ]

    def __str__(self) -> str:
        """Return kind, subject and due instant."""
        return f"{self.kind} {self.subject} {self.due_at:%F %T}"


class NumberSequence(models.Model):
    """Last number given out for a key such as `NT-2026`."""

    key = models.CharField("键", max_length=60, unique=True)
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        """Return key and last number."""
        return f"{self.key} {self.last}"
