"""`manage.py state_diagrams`: writes docs/states/ from the state tables."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from cms.core.state_diagrams import write


class Command(BaseCommand):
    """Write one document for each state table."""

    help = "由状态表生成 docs/states/"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and count."""
        names = write(settings.ROOT / "docs" / "states")
        self.stdout.write(f"已生成{len(names)}个文件。")
