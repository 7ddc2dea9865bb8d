"""App configuration."""

from django.apps import AppConfig


class AchievementsConfig(AppConfig):
    """科技成果目录."""

    name = "cms.achievements"
    label = "achievements"
    verbose_name = "科技成果目录"
