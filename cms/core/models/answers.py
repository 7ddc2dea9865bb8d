"""Answer sheets: what was answered for a case, kept encrypted, with a version."""

from django.conf import settings
from django.db import models

from cms.core.encryption import EncryptedTextField


class AnswerSheet(models.Model):
    """The one set of answers behind all papers of a case (`core.answers`).

    The whole sheet is encrypted: it holds the identity numbers and accounts
    that the papers print (CC-09).
    """

    subject = models.CharField("对象", max_length=80, unique=True)
    version = models.PositiveIntegerField("版本", default=1)
    text = EncryptedTextField("答案", default="{}")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        """One sheet a case."""

        verbose_name = verbose_name_plural = "文书答案"

    def __str__(self) -> str:
        """Return the case's name and the version."""
        return f"{self.subject} v{self.version}"
