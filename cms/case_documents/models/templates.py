"""Versions of templates: proposed by one person, approved by another (AS-02)."""

from django.conf import settings
from django.db import models

from cms.rules.labels import LabeledEnum


class TemplateState(LabeledEnum):
    """Where a version of a template stands."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "使用中"
    RETIRED = "retired", "已停用"
    REJECTED = "rejected", "未批准"


class TemplateVersion(models.Model):
    """One immutable version of a template and its manifest.

    `sha256` is that of the Word file and of all in manifest and dictionary that
    decides its text; `source` is that of the three files as they are. Filed papers
    keep the version they were made from for good. A version that came with the
    product has no proposer. `path` is "fast" or "docxtpl". `approved_by` is who
    decided, also who rejected; `reason` is why it was rejected.
    """

    instrument = models.CharField("文书编号", max_length=8, db_index=True)
    name = models.CharField("模板名", max_length=80)
    title = models.CharField("文书名称", max_length=120)
    version = models.CharField("版本", max_length=20)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    source = models.CharField("来源文件的 SHA-256", max_length=64, db_index=True)
    content = models.BinaryField("Word 文件")
    manifest = models.TextField("清单")
    status = models.CharField(
        "状态",
        max_length=12,
        choices=TemplateState.choices(),
        default=TemplateState.PROPOSED.value,
    )
    path = models.CharField("填写方式", max_length=8, default="fast")
    valid_from = models.DateField("施行日期")
    note = models.CharField("说明", max_length=300, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("提出时间")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True)
    reason = models.CharField("不予批准的理由", max_length=300, blank=True)

    class Meta:
        """The newest of an instrument first; one of them is in use."""

        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["instrument", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"],
                condition=models.Q(status="approved"),
                name="template_in_use_once",
            )
        ]

    def __str__(self) -> str:
        """Return number, title and version."""
        return f"{self.instrument} {self.title}（{self.version}）"
