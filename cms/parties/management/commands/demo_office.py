"""`manage.py demo_office`: load the demo data of every feature, once."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.core import clock


class Command(BaseCommand):
    """Calls `load_demo(at=)` of each `cms/<feature>/demo.py`, lowest layer first."""

    help = "装入演示机关：主体、人员、成果、公示等（可重复执行）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all demo data; refused in production (known passwords)."""
        if settings.SETTINGS_MODULE == "cms.settings.production":
            raise CommandError("演示账号的密码是公开的，不得装入生产环境。")
        at = clock.now()
        for config in reversed(list(apps.get_app_configs())):
            name = f"{config.name}.demo"
            if config.name.startswith("cms.") and find_spec(name):
                import_module(name).load_demo(at=at)
                if options["verbosity"]:
                    self.stdout.write(f"已装入：{config.verbose_name}")
