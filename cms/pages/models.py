"""The home page and the identity that every page shows."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from cms.pages.policies.models import PolicyIndexPage, PolicyPage

__all__ = ["HomePage", "PolicyIndexPage", "PolicyPage", "SiteIdentity"]


class HomePage(Page):
    """The root of the public tree; its view is `cms.pages.site.home`."""

    lede = models.CharField("导语", max_length=200, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("lede")]

    class Meta:
        verbose_name = "首页"


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """Name, sponsor and record numbers (国办发〔2017〕47号 footer items)."""

    name = models.CharField("网站名称", max_length=40, default="成转")
    tagline = models.CharField(
        "副标题", max_length=60, default="科技成果转化综合改革试点服务平台"
    )
    sponsor = models.CharField("主办单位", max_length=60, default="示例市科学技术局")
    telephone = models.CharField("联系电话", max_length=40, default="0000-0000000")
    address = models.CharField("地址", max_length=120, default="示例市示例路1号")
    site_code = models.CharField("网站标识码", max_length=20, default="0000000000")
    icp = models.CharField("ICP备案号", max_length=60, default="示例ICP备00000000号")
    police = models.CharField(
        "公安备案号", max_length=60, default="示例公网安备00000000000000号"
    )

    class Meta:
        verbose_name = "网站信息"
