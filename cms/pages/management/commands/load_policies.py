"""`manage.py load_policies`: writes the plan's pages, article by article."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from cms.core import clock
from cms.pages.policies.loading import PLAN_FILE, load_policies


class Command(BaseCommand):
    """Load the plan's text; a second run changes only what differs."""

    help = "装入方案及附件的条文（可重复运行）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the text file, by default the plan in fixtures/."""
        parser.add_argument("file", nargs="?", type=Path, default=PLAN_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        text = options["file"].read_text(encoding="utf-8")
        loaded = load_policies(text, at=clock.now())
        self.stdout.write(
            f"政策文件：新建{loaded.created}，更新{loaded.updated}，"
            f"未变{loaded.unchanged}"
        )
