"""A unit's own entries, private to it; `achievements.actions` changes their state."""

from django.conf import settings
from django.db import models

from cms.achievements.models.content import PublicContent
from cms.core.encryption import EncryptedTextField
from cms.core.models import PrivateFile
from cms.parties.models import Organization
from cms.rules.achievements import ACHIEVEMENT_TABLE, AchievementStatus


class ImportBatch(models.Model):
    """One Excel file that became draft entries, all or nothing."""

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("导入时间")
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("文件 SHA-256", max_length=64)
    row_count = models.PositiveIntegerField("条数")
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "成果导入"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        """Return file name and number of rows."""
        return f"{self.file_name}（{self.row_count}条）"


class Achievement(PublicContent):
    """A unit's record of one achievement: its draft, and what was published.

    Fields beyond `PublicContent` are private to the unit and the desk; `number`
    is given at the first publication and never changes.
    """

    state_table = ACHIEVEMENT_TABLE

    owner = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="achievements",
        verbose_name="单位",
    )
    name = models.CharField("成果名称", max_length=120)
    number = models.CharField(
        "目录编号", max_length=20, unique=True, null=True, blank=True
    )
    status = models.CharField(
        "状态",
        max_length=20,
        choices=AchievementStatus.choices(),
        default=AchievementStatus.DRAFT.value,
        db_index=True,
    )
    version = models.PositiveIntegerField("版本", default=0)
    contact_name = EncryptedTextField("成果联系人姓名", blank=True)
    contact_phone = EncryptedTextField("成果联系人电话", blank=True)
    contact_email = EncryptedTextField("成果联系人邮箱", blank=True)
    project_source = models.CharField("项目来源", max_length=12, blank=True)
    project_number = models.CharField("项目编号", max_length=60, blank=True)
    internal_note = models.TextField("内部备注", blank=True)
    published_pictures = models.JSONField("已发布图片", default=list)
    page = models.OneToOneField(
        "achievements.AchievementPage",
        null=True,
        on_delete=models.PROTECT,
        related_name="entry",
        verbose_name="公开页面",
    )
    import_batch = models.ForeignKey(
        ImportBatch, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("登记时间")
    updated_at = models.DateTimeField("修改时间")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)

    class Meta:
        """A ledger number is used once by a unit."""

        verbose_name = verbose_name_plural = "科技成果"
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "ledger_number"],
                condition=~models.Q(ledger_number=""),
                name="achievement_ledger_number_once",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="achievement_own_list"),
            models.Index(fields=["status", "submitted_at"], name="achievement_queue"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class AchievementPicture(models.Model):
    """A picture of an entry, in private storage until publication (≤ 6)."""

    achievement = models.ForeignKey(
        Achievement, on_delete=models.CASCADE, related_name="pictures"
    )
    position = models.PositiveSmallIntegerField("次序")
    caption = models.CharField("图片说明", max_length=60)
    file = models.ForeignKey(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name="图片"
    )

    class Meta:
        """In the order of the form."""

        verbose_name = verbose_name_plural = "成果图片"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the caption."""
        return self.caption


class ReviewComment(models.Model):
    """What the desk asked to change, on one field or (empty) on the whole."""

    achievement = models.ForeignKey(
        Achievement, on_delete=models.PROTECT, related_name="comments"
    )
    field = models.CharField("栏目", max_length=40, blank=True)
    text = models.TextField("意见")
    version = models.PositiveIntegerField("退回时版本")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("时间")

    class Meta:
        """In the order written."""

        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["id"]

    def __str__(self) -> str:
        """Return the text."""
        return self.text
