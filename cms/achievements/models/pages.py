"""Public catalogue pages: only public fields; `achievements.actions` writes them."""

from django.db import models
from wagtail.models import Page

from cms.achievements.models.content import PublicContent
from cms.core.pages import ActionWrittenIndex, ActionWrittenPage
from cms.parties.models import Organization
from cms.rules.achievements import PublicStatus


class AchievementIndexPage(ActionWrittenIndex, Page):
    """The catalogue at /achievements/, parent of all achievement pages."""

    max_count = 1
    subpage_types = ["achievements.AchievementPage"]

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "科技成果目录"


class AchievementPage(ActionWrittenPage, PublicContent, Page):
    """The public snapshot of an achievement; `title` is the name (附件4六).

    `source` names what it was published from (an entry or an application);
    `ip_kinds` repeats the kinds in `ip_items` for the list's filter.
    """

    parent_page_types = ["achievements.AchievementIndexPage"]
    subpage_types: list[str] = []

    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name="单位"
    )
    number = models.CharField("目录编号", max_length=20, unique=True)
    source = models.CharField("来源", max_length=80, db_index=True)
    public_status = models.CharField(
        "状态",
        max_length=12,
        choices=PublicStatus.choices(),
        default=PublicStatus.PUBLISHED.value,
    )
    ip_kinds = models.JSONField("知识产权类型", default=list, blank=True)
    published_at = models.DateTimeField("首次发布时间", db_index=True)
    revised_at = models.DateTimeField("最近更新时间")
    valid_until = models.DateTimeField("有效期至")
    closed_at = models.DateTimeField("下架时间", null=True, blank=True)
    close_reason = models.CharField("下架原因", max_length=200, blank=True)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "科技成果页面"
        indexes = [
            models.Index(fields=["unit", "ledger_number"], name="achievement_page_own")
        ]


class PublishedPicture(models.Model):
    """A public picture, encoded anew without metadata."""

    page = models.ForeignKey(
        AchievementPage, on_delete=models.CASCADE, related_name="pictures"
    )
    position = models.PositiveSmallIntegerField("次序")
    caption = models.CharField("图片说明", max_length=60)
    file_name = models.CharField("存储名", max_length=120, unique=True)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")

    class Meta:
        """In the order of the entry."""

        verbose_name = verbose_name_plural = "公开图片"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the caption."""
        return self.caption


class CatalogChange(models.Model):
    """One change of the public rows, written in the publishing transaction.

    Versions have no gaps; `page_id` is empty where all rows must be read anew.
    `stamp` tells two histories with the same version apart (a rolled-back
    transaction, a restored database).
    """

    version = models.PositiveBigIntegerField("版本", unique=True)
    stamp = models.CharField("标记", max_length=32)
    page_id = models.BigIntegerField("页面", null=True)
    changed_at = models.DateTimeField("时间")

    class Meta:
        """As appended."""

        verbose_name = verbose_name_plural = "目录变更"
        ordering = ["version"]

    def __str__(self) -> str:
        """Return version and page."""
        return f"{self.version} {self.page_id or '全部'}"
