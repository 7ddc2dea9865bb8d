"""`manage.py load_calendar`: stores the shipped years that the calendar lacks."""

from typing import Any

from django.core.management import BaseCommand

from cms.core import clock
from cms.core.calendar_actions import load_shipped_years, schedule_warning


class Command(BaseCommand):
    """Idempotent: years that are there are never touched."""

    help = "装入随产品提供的工作日历（已有的年份不变），并设定缺年警示"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and set the due row of the warning."""
        now = clock.now()
        added = load_shipped_years(at=now)
        schedule_warning(at=now)
        years = f"{added[0]}至{added[-1]}年" if added else "无新增年份"
        self.stdout.write(f"工作日历：{years}")
