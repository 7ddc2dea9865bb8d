"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """公开网页."""

    name = "cms.pages"
    label = "pages"
    verbose_name = "公开网页"
