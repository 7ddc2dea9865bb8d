"""App configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """公示公告."""

    name = "cms.notices"
    label = "notices"
    verbose_name = "公示公告"

    def ready(self) -> None:
        """Register timers, period source, file rights and triggers."""
        from django.db.models.signals import post_migrate  # app ready

        from cms.core.working_calendar import register_period_source  # app ready
        from cms.notices import file_rights, receivers, tasks, triggers  # noqa: F401 # app ready
        from cms.notices.actions import rederivation  # app ready

        register_period_source(
            "公示",
            rederivation.list_open_periods,
            rederivation.move_period,
            rederivation.keep_period,
        )
        post_migrate.connect(triggers.install_after_migrate, sender=self)
