"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AchievementsConfig(AppConfig):
    """科技成果目录."""

    name = "cms.achievements"
    label = "achievements"
    verbose_name = "科技成果目录"

    def ready(self) -> None:
        """Register the timers."""
        import_module("cms.achievements.tasks")
