"""App configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """公示公告."""

    name = "cms.notices"
    label = "notices"
    verbose_name = "公示公告"
