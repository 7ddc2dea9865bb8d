"""`manage.py seed`: invented data for trying the product at scale."""

import time
from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand

from cms.achievements.seed import seed_achievements
from cms.core import clock


class Command(BaseCommand):
    """Adds invented public achievements and notices."""

    help = "生成规模数据：--achievements 成果条数 --notices 公示条数"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two counts."""
        parser.add_argument("--achievements", type=int, default=0)
        parser.add_argument("--notices", type=int, default=0)

    def handle(self, **options: Any) -> None:
        """Seed each kind and tell how long it took."""
        at = clock.now()
        for label, count, seed in (
            ("成果", options["achievements"], seed_achievements),
            ("公示", options["notices"], _notice_seeder()),
        ):
            if not count:
                continue
            if seed is None:
                self.stderr.write(f"{label}：没有可用的生成程序")
                continue
            start = time.perf_counter()
            seed(count, at)
            seconds = time.perf_counter() - start
            self.stdout.write(f"{label}：{count} 条，{seconds:.1f} 秒")


def _notice_seeder() -> Any:
    """Return the notices' seeder, or None where that feature has none."""
    if find_spec("cms.notices.seed") is None:
        return None
    return import_module("cms.notices.seed").seed_notices
