"""`manage.py clean_private_files [--delete] [--hours N]`: bytes without a row."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError

from cms.core import clock
from cms.core.orphan_files import delete_orphans, find_orphans


class Command(BaseCommand):
    """List what no row refers to; delete it where told to."""

    help = "列出未被引用的非公开文件；--delete 才删除"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the mode and the least age."""
        parser.add_argument("--delete", action="store_true", help="删除所列文件")
        parser.add_argument(
            "--hours", type=int, default=24, help="只看多少小时以前的（至少24）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """List or delete, and say how much."""
        act = delete_orphans if options["delete"] else find_orphans
        try:
            orphans = act(at=clock.now(), age=timedelta(hours=options["hours"]))
        except ValueError as error:
            raise CommandError(str(error)) from error
        for orphan in orphans:
            self.stdout.write(f"{orphan.name}　{orphan.size}字节")
        total = sum(orphan.size for orphan in orphans) / 2**20
        done = "已删除" if options["delete"] else "未被引用（未删除）"
        self.stdout.write(f"{done}：{len(orphans)}个文件，{total:.1f} MB。")
