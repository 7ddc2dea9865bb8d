"""Due rows and the heartbeat of the sweep (`core.due`)."""

from django.db import models


class DueEvent(models.Model):
    """One deadline of one subject; fired once by the sweep (`core.due`).

    A handler that fails leaves `attempts`, `last_error` and `retry_at`; until
    then later events of the same subject wait, those of others go on.
    """

    kind = models.CharField("事件", max_length=60)
    subject = models.CharField("对象", max_length=80)
    cycle = models.PositiveIntegerField("轮次", default=0)
    due_at = models.DateTimeField("到期时间", db_index=True)
    fired_at = models.DateTimeField("实际执行时间", null=True)
    cancelled_at = models.DateTimeField("取消时间", null=True)
    attempts = models.PositiveIntegerField("失败次数", default=0)
    retry_at = models.DateTimeField("重试时间", null=True)
    last_error = models.CharField("错误", max_length=300, blank=True, default="")

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
            ),
            models.Index(
                fields=["subject"],
                name="due_event_failing",
                condition=models.Q(retry_at__isnull=False, fired_at=None),
            ),
        ]

    def __str__(self) -> str:
        """Return kind, subject and due instant."""
        return f"{self.kind} {self.subject} {self.due_at:%F %T}"


class SweepState(models.Model):
    """The one row (pk 1) that says when the sweep last ran and last fired."""

    beat_at = models.DateTimeField("最近一次运行", null=True)
    fired = models.PositiveBigIntegerField("累计执行", default=0)

    class Meta:
        """One row only."""

        verbose_name = verbose_name_plural = "到期任务心跳"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="sweep_state_one_row")
        ]

    def __str__(self) -> str:
        """Return the last beat."""
        return f"{self.beat_at:%F %T}" if self.beat_at else "—"
