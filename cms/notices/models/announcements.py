"""Announcements (公告): they inform and have no period; fixed once published."""

from django.conf import settings
from django.db import models
from wagtail.models import Page

from cms.core.models import Case
from cms.core.pages import ActionWrittenPage
from cms.notices.models.immutable import PublishedGuard
from cms.rules.notices import ANNOUNCEMENT, AnnouncementKind


class Announcement(PublishedGuard, Case):
    """The draft of an announcement, written at the bureau's desk."""

    state_table = ANNOUNCEMENT
    FIXED_FIELDS = (
        "kind",
        "title",
        "body",
        "number",
        "text",
        "sha256",
        "sm3",
        "code",
        "published_at",
        "corrects_id",
    )

    kind = models.CharField("种类", max_length=16, choices=AnnouncementKind.choices())
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    return_reason = models.TextField("退回意见", blank=True)
    number = models.CharField("编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - empty until publication, and unique
    text = models.TextField("固定文本", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    sm3 = models.CharField("SM3", max_length=64, blank=True)
    code = models.CharField("核验码", max_length=12, unique=True, null=True)  # noqa: DJ001 - empty until publication, and unique
    published_at = models.DateTimeField("发布时间", null=True)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )

    class Meta:
        """Newest first."""

        verbose_name = verbose_name_plural = "公告"
        ordering = ["-id"]

    def __str__(self) -> str:
        """Return number and title; a draft has no number yet."""
        return f"{self.number or '草稿'} {self.title}"


class AnnouncementPage(ActionWrittenPage, Page):
    """A published announcement; a mistake is answered by a linked correction."""

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=16, choices=AnnouncementKind.choices())
    issuer = models.CharField("发布机构", max_length=120)
    body = models.TextField("正文")
    text = models.TextField("固定文本")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    code = models.CharField("核验码", max_length=12, unique=True)
    published_at = models.DateTimeField("发布时间", db_index=True)
    corrects_number = models.CharField("更正的公告", max_length=20, blank=True)
    corrected_by = models.JSONField("更正公告", default=list, blank=True)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "公告"
