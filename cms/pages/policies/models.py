"""Policy pages; written only by `cms.pages.policies.loading`."""

from django.db import models
from wagtail.models import Page

from cms.core.pages import ActionWrittenIndex, ActionWrittenPage


class PolicyIndexPage(ActionWrittenIndex, Page):
    """The list of policies (政策文件)."""

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.PolicyPage"]

    class Meta:
        verbose_name = "政策文件目录"


class PolicyPage(ActionWrittenPage, Page):
    """One document: its mark (附件4), its place, its entries in reading order.

    `entries` holds what `cms.rules.plan_text.Entry` holds, as plain JSON.
    """

    mark = models.CharField("文号", max_length=20)
    position = models.PositiveSmallIntegerField("次序", default=0)
    entries = models.JSONField("条文", default=list)

    class Meta:
        verbose_name = "政策文件"
        ordering = ["position"]
