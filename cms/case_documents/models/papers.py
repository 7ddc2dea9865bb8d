"""Papers that were assembled for a case; old versions stay (AS-02)."""

from django.conf import settings
from django.db import models

from cms.case_documents.models.templates import TemplateVersion
from cms.core.encryption import EncryptedTextField
from cms.parties.models import Organization
from cms.rules.labels import LabeledEnum


class PaperState(LabeledEnum):
    """What has become of an assembled paper."""

    ASSEMBLED = "assembled", "已组装"
    SUPERSEDED = "superseded", "已有新版本"
    FILED = "filed", "已归档"


class Paper(models.Model):
    """One version of one instrument of a case.

    `document` is the Word file (base64, encrypted: it prints identity numbers),
    `answers` what it was made from; with the template version and the salt they
    give the same bytes again. `reasons` tells clause by clause why it is there.
    """

    case = models.CharField("案件", max_length=80)
    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="papers"
    )
    template = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, related_name="papers"
    )
    instrument = models.CharField("文书编号", max_length=8)
    title = models.CharField("文书名称", max_length=120)
    number = models.PositiveSmallIntegerField("第几版")
    answers = EncryptedTextField("所据答案")
    answers_version = models.PositiveIntegerField("答案版本")
    salt = models.CharField("随机数", max_length=32)
    data_hash = models.CharField("数据哈希", max_length=64)
    sha256 = models.CharField("文件 SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("字节数")
    document = EncryptedTextField("Word 文件")
    reasons = models.JSONField("条款理由", default=list)
    status = models.CharField(
        "状态",
        max_length=12,
        choices=PaperState.choices(),
        default=PaperState.ASSEMBLED.value,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("组装时间")

    class Meta:
        """In the order of the bundle's numbers; a version number is given once."""

        verbose_name = verbose_name_plural = "案件文书"
        ordering = ["case", "instrument", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument", "number"], name="paper_version_once"
            )
        ]

    def __str__(self) -> str:
        """Return number, title and version."""
        return f"{self.instrument} {self.title} 第{self.number}版"
