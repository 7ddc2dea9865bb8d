"""App configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Each module registers its queues or its admin entries when imported.
ROOM_MODULES = (
    "calendar.queue",
    "parties.queue",
    "demands.queues",
    "achievements.queues",
    "applications.queue",
    "notices.queues",
    "instruments.queue",
    "contracts.queue",
    "filed.queues",
)


class StaffConfig(AppConfig):
    """工作人员后台."""

    name = "cms.staff"
    label = "staff"
    verbose_name = "工作人员后台"

    def ready(self) -> None:
        """Import the modules that register queues; name things in Chinese."""
        for module in ROOM_MODULES:
            import_module(f"cms.staff.{module}")
        names = import_module("cms.staff.chinese_names")  # app ready
        names.name_parts_of_the_admin()
        import_module("cms.staff.chooser_marks").mark_choosers()  # app ready
        post_migrate.connect(names.name_in_chinese)
