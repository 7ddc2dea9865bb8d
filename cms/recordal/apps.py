"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class RecordalConfig(AppConfig):
    """登记备案."""

    name = "cms.recordal"
    label = "recordal"
    verbose_name = "登记备案"

    def ready(self) -> None:
        """Register timers, period source, file rights and the empowerment guard."""
        from cms.core.working_calendar import register_period_source  # app ready
        from cms.recordal.actions import rederivation  # app ready

        for module in ("tasks", "file_rights", "receivers", "reported_rows"):
            import_module(f"cms.recordal.{module}")
        register_period_source(
            "登记备案",
            rederivation.list_open_periods,
            rederivation.move_period,
        )
