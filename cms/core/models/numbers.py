"""Number sequences (`core.numbering`)."""

from django.db import models


class NumberSequence(models.Model):
    """Last number given out for a key such as `GS-2026`."""

    key = models.CharField("键", max_length=60, unique=True)
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        """Return key and last number."""
        return f"{self.key} {self.last}"
