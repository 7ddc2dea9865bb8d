"""公示证明 (D-55): issued when a notice closes, verifiable by anyone."""

from django.db import models

from cms.notices.models.immutable import PublishedGuard
from cms.notices.models.notices import Notice


class Certificate(PublishedGuard, models.Model):
    """The proof that a notice ran its full period (附件2十四; LG-14)."""

    FIXED_FIELDS = ("notice_id", "number", "code", "text", "sha256", "sm3", "issued_at")

    notice = models.OneToOneField(
        Notice, on_delete=models.PROTECT, related_name="certificate"
    )
    number = models.CharField("证明编号", max_length=20, unique=True)
    code = models.CharField("核验码", max_length=12, unique=True)
    text = models.TextField("证明正文")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    issued_at = models.DateTimeField("出具时间")

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "公示证明"
        ordering = ["-id"]

    def __str__(self) -> str:
        """Return the number."""
        return self.number

    def is_published(self) -> bool:
        """A certificate is fixed from the moment it is issued."""
        return True
