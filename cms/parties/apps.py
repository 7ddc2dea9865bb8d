"""App configuration."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """主体与人员."""

    name = "cms.parties"
    label = "parties"
    verbose_name = "主体与人员"
