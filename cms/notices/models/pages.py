"""Public pages of notices: only what the public may read, written by actions."""

from django.db import models
from wagtail.models import Page

from cms.core.pages import ActionWrittenIndex, ActionWrittenPage
from cms.rules.notices import NoticeKind, NoticeState


class NoticeIndexPage(ActionWrittenIndex, Page):
    """The parent of all notices and announcements (`/notices/`)."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page", "pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "公示公告栏目"


class NoticePage(ActionWrittenPage, Page):
    """The platform venue of one notice; the unit's own venue has no page.

    Text columns never change (triggers, migration 0002); `state`, times and
    `history` follow the case.
    """

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=24, choices=NoticeKind.choices())
    unit = models.ForeignKey(
        "parties.Organization", on_delete=models.PROTECT, related_name="+"
    )
    unit_name = models.CharField("发布单位", max_length=120)
    facts = models.JSONField(
        "公示内容", default=list, blank=True
    )  # [[label, value], …]
    text = models.TextField("固定文本")
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    code = models.CharField("核验码", max_length=12, unique=True)
    attachments = models.JSONField("附件", default=list, blank=True)
    published_at = models.DateTimeField("发布时间")
    year = models.PositiveSmallIntegerField("年份")
    state = models.CharField("状态", max_length=24, choices=NoticeState.choices())
    close_at = models.DateTimeField("平台公示届满时间")
    # None while a required venue inside the unit has not been opened.
    effective_close_at = models.DateTimeField("届满时间", null=True, blank=True)
    is_provisional = models.BooleanField("届满时间暂定", default=False)
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    rule = models.CharField("期限规则", max_length=24)
    rule_version = models.CharField("规则版本", max_length=24)
    planned_close_on = models.DateField("计划截止日", null=True, blank=True)
    stops = models.JSONField(
        "中止时段", default=list, blank=True
    )  # [[from, to or None], …]
    extensions = models.JSONField("延长日数", default=list, blank=True)
    history = models.JSONField(
        "公开记录", default=list, blank=True
    )  # [{at, title, text}, …]
    predecessor_number = models.CharField("原公示", max_length=20, blank=True)
    successor_number = models.CharField("变更后公示", max_length=20, blank=True)

    class Meta:
        """Indexed for the public list."""

        verbose_name = verbose_name_plural = "公示"
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="noticepage_new"),
            models.Index(
                fields=["state", "effective_close_at", "is_provisional"],
                name="noticepage_state",
            ),
            models.Index(fields=["unit", "-published_at"], name="noticepage_unit"),
            models.Index(fields=["kind", "-published_at"], name="noticepage_kind"),
            models.Index(fields=["year", "-published_at"], name="noticepage_year"),
        ]
