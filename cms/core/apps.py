"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """公共底座."""

    name = "cms.core"
    label = "core"
    verbose_name = "公共底座"
