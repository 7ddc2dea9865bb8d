"""App configuration."""

from importlib import import_module

from django.apps import AppConfig

# Each module registers its queues or its admin entries when imported.
ROOM_MODULES = ("parties.queue", "demands.queues")


class StaffConfig(AppConfig):
    """工作人员后台."""

    name = "cms.staff"
    label = "staff"
    verbose_name = "工作人员后台"

    def ready(self) -> None:
        """Import the modules that register queues."""
        for module in ROOM_MODULES:
            import_module(f"cms.staff.{module}")
