"""`manage.py demo_bundles FOLDER`: writes every demo bundle as Word and PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from cms.case_documents.demo_bundles import write_demo_bundles


class Command(BaseCommand):
    """Write the demo bundle of each mode into a folder."""

    help = "把各模式的演示文书写入文件夹（.docx；装有 LibreOffice 时也写 .pdf）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether PDFs are wanted."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--no-pdf", action="store_true", help="不生成 PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the bundles and say how many papers there are."""
        count = write_demo_bundles(
            options["folder"], with_pdf=not options["no_pdf"], say=self.stdout.write
        )
        self.stdout.write(f"共{count}份文书。")
