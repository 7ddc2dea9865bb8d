"""`manage.py export_evidence FILE.zip`: the log with its offline verifier."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from cms.core import clock
from cms.core.evidence.export import export


class Command(BaseCommand):
    """Write entries, checkpoints and the verifier into one zip file."""

    help = "导出存证及独立核验程序（zip）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and say how much."""
        size = export(options["file"], at=clock.now())
        self.stdout.write(f"已导出{size}条记录：{options['file']}")
