"""The case of a notice, its venues and attachments; `notices.actions` writes them."""

from typing import Any

from django.conf import settings
from django.db import models

from cms.core.models import Case
from cms.notices.models.immutable import PublishedGuard
from cms.parties.models import Organization
from cms.rules.notices import NOTICE, NoticeKind, Venue


class Notice(PublishedGuard, Case):
    """A public notice (公示) of one unit; its text is fixed at publication."""

    state_table = NOTICE
    FIXED_FIELDS = (
        "owner_id",
        "kind",
        "title",
        "values",
        "number",
        "text",
        "sha256",
        "sm3",
        "code",
        "published_at",
        "planned_close_on",
        "predecessor_id",
    )

    owner = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField("种类", max_length=24, choices=NoticeKind.choices())
    title = models.CharField("标题", max_length=120, blank=True)
    values = models.JSONField("公示内容", default=dict)
    planned_close_on = models.DateField("计划截止日", null=True, blank=True)
    # The trade, grant or other case behind the notice, as `app.Model:pk`.
    case_subject = models.CharField("所属事项", max_length=80, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField("更新时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    review_due_at = models.DateTimeField("审查期限", null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField("审查时间", null=True)
    review_reason = models.TextField("审查意见", blank=True)
    number = models.CharField("编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - empty until publication, and unique
    text = models.TextField("固定文本", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    sm3 = models.CharField("SM3", max_length=64, blank=True)
    code = models.CharField("核验码", max_length=12, unique=True, null=True)  # noqa: DJ001 - empty until publication, and unique
    published_at = models.DateTimeField("发布时间", null=True)
    close_at = models.DateTimeField("届满时间", null=True)
    is_provisional = models.BooleanField("届满时间暂定", default=False)
    closed_at = models.DateTimeField("届满确认时间", null=True)
    terminated_at = models.DateTimeField("终止时间", null=True)
    predecessor = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="successor"
    )

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "公示"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["owner", "-id"], name="notice_owner"),
            models.Index(fields=["status", "submitted_at"], name="notice_queue"),
        ]

    def __str__(self) -> str:
        """Return number and title; a draft has no number yet."""
        return f"{self.number or '草稿'} {self.title}"


class NoticeVenue(PublishedGuard, models.Model):
    """One place where a notice is shown, with its own period (T-12)."""

    FIXED_FIELDS = ("notice_id", "venue", "opened_at", "rule", "rule_version")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="venues")
    venue = models.CharField("渠道", max_length=12, choices=Venue.choices())
    rule = models.CharField("期限规则", max_length=24)
    rule_version = models.CharField("规则版本", max_length=24)
    opened_at = models.DateTimeField("发布时间")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    close_at = models.DateTimeField("届满时间")
    is_provisional = models.BooleanField("暂定", default=False)
    provisional_year = models.PositiveSmallIntegerField("缺少日历的年份", null=True)
    calendar_version = models.CharField("工作日历版本", max_length=64, blank=True)
    # Told to the public and kept, although a corrected calendar would end sooner.
    told_last_day = models.DateField("已公布的最后一日", null=True)

    class Meta:
        """A venue shows a notice once."""

        verbose_name = verbose_name_plural = "公示渠道"
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "venue"], name="notice_venue_once"
            )
        ]

    def __str__(self) -> str:
        """Return the venue's label."""
        return Venue(self.venue).label

    def is_published(self) -> bool:
        """A venue row exists only once it is open."""
        return True


class NoticeAttachment(PublishedGuard, models.Model):
    """A file of a notice; private until the notice is published."""

    FIXED_FIELDS = ("notice_id", "file_id", "name", "size", "sha256", "sm3", "position")

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="attachments"
    )
    file = models.ForeignKey(
        "core.PrivateFile", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField("文件名", max_length=160)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        """In the order in which they are printed."""

        verbose_name = verbose_name_plural = "公示附件"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a new attachment to a published notice, too (E-NT-02)."""
        self.refuse_if_published()
        super().save(*args, **kwargs)

    def is_published(self) -> bool:
        """Attachments are fixed with their notice."""
        return Notice.objects.filter(
            pk=self.notice_id, published_at__isnull=False
        ).exists()
