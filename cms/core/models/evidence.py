"""Evidence log (存证, CC-07): entries, tiles of the tree, signed checkpoints."""

from hashlib import sha256

from django.conf import settings
from django.db import models

HEX_LENGTH = 64


def key_id(public_key: str) -> str:
    """Return the short name of a public key: 16 hex digits of its SHA-256."""
    return sha256(bytes.fromhex(public_key)).hexdigest()[:16]


class EvidenceEntry(models.Model):
    """One leaf of the log; append-only, written by `core.evidence.record` alone.

    A trigger refuses every change and deletion, but for blanking the name and
    salt of the actor (erasure of personal data; the commitment stays).
    """

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    kind = models.CharField("事项", max_length=60)
    subject = models.CharField("对象", max_length=80, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField("办理人", max_length=60)
    actor_salt = models.CharField("办理人盐值", max_length=32, default="")
    actor_commitment = models.CharField(
        "办理人承诺值", max_length=HEX_LENGTH, default=""
    )
    legal_at = models.DateTimeField("法定时间")
    recorded_at = models.DateTimeField("记录时间")
    payload = models.JSONField("内容")
    sha256 = models.CharField("SHA-256", max_length=HEX_LENGTH)
    sm3 = models.CharField("SM3", max_length=HEX_LENGTH)
    seal = models.CharField("封签", max_length=HEX_LENGTH, default="")

    class Meta:
        """Ordered as appended."""

        verbose_name = verbose_name_plural = "存证记录"
        ordering = ["sequence"]

    def __str__(self) -> str:
        """Return the number, kind and subject."""
        return f"{self.sequence} {self.kind} {self.subject}"


class EvidenceTile(models.Model):
    """Root of one full tile of 256 leaves, so that proofs read few rows."""

    position = models.PositiveBigIntegerField("位置", primary_key=True)
    sha256 = models.CharField("SHA-256", max_length=HEX_LENGTH)
    sm3 = models.CharField("SM3", max_length=HEX_LENGTH)

    class Meta:
        """Ordered from the left of the tree."""

        verbose_name = verbose_name_plural = "存证树块"
        ordering = ["position"]

    def __str__(self) -> str:
        """Return the position."""
        return f"{self.position}"


class Checkpoint(models.Model):
    """A signed statement: the log had `size` entries and these roots at `at`."""

    size = models.PositiveBigIntegerField("条数")
    sha256 = models.CharField("SHA-256根", max_length=HEX_LENGTH)
    sm3 = models.CharField("SM3根", max_length=HEX_LENGTH)
    at = models.DateTimeField("时间")
    reason = models.CharField("事由", max_length=60)
    public_key = models.CharField("公钥", max_length=HEX_LENGTH)
    signature = models.CharField("签名", max_length=128)

    class Meta:
        """Ordered as made."""

        verbose_name = verbose_name_plural = "存证检查点"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return size and time."""
        return f"{self.size} {self.at:%F %T}"

    @property
    def key_id(self) -> str:
        """The short name of the key that signed it."""
        return key_id(self.public_key)
