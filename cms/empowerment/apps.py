"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class EmpowermentConfig(AppConfig):
    """赋权."""

    name = "cms.empowerment"
    label = "empowerment"
    verbose_name = "赋权"

    def ready(self) -> None:
        """Register timers, and follow the notices of the cases."""
        import_module("cms.empowerment.tasks")
        import_module("cms.empowerment.receivers")
        import_module("cms.empowerment.file_rights")
