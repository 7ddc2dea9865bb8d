"""Who signed a paper."""

from django.db import models

from cms.core.encryption import EncryptedTextField
from cms.signed_papers.models.signed import SignedPaper


class Signatory(models.Model):
    """One who signed: for a party, in a capacity; the person's name is private."""

    signed = models.ForeignKey(
        SignedPaper, on_delete=models.PROTECT, related_name="signatories"
    )
    position = models.PositiveSmallIntegerField("序")
    party = models.CharField("代表的一方", max_length=120)
    name = EncryptedTextField("姓名")
    capacity = models.CharField("身份", max_length=80, blank=True)

    class Meta:
        """In the order of the paper."""

        verbose_name = verbose_name_plural = "签署人"
        ordering = ["signed", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["signed", "position"], name="signatory_position_once"
            )
        ]

    def __str__(self) -> str:
        """Return the party, not the person."""
        return self.party
