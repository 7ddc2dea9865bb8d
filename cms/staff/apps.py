"""App configuration."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """工作人员后台."""

    name = "cms.staff"
    label = "staff"
    verbose_name = "工作人员后台"
