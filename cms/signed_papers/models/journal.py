"""The journal of uploads: what was going to be stored, so that nothing is left over."""

from django.db import models


class FileIntent(models.Model):
    """One upload from before its first byte to the row that refers to the file.

    `finished_at` is set in the transaction that makes that row; an intent without
    it belongs to an upload under way, or to one that was killed (`recovery`).
    """

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        """Oldest first."""

        verbose_name = verbose_name_plural = "签署件上传日志"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["started_at"],
                name="file_intent_open",
                condition=models.Q(finished_at=None),
            )
        ]

    def __str__(self) -> str:
        """Return the file and whether it is done."""
        state = "已完成" if self.finished_at else "进行中"
        return f"{self.sha256[:12]} {state}"
