"""`manage.py compile_catalogs`: writes each .mo beside its .po in cms/locale."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from cms.staff.catalogs import compile_catalog, read_catalog


class Command(BaseCommand):
    """Compile our translations; run it after editing a .po file."""

    help = "编译 cms/locale 下的译文（不需要 gettext 程序）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile every catalog and say how many messages each holds."""
        for folder in map(Path, settings.LOCALE_PATHS):
            for path in sorted(folder.rglob("*.po")):
                entries = read_catalog(path)
                path.with_suffix(".mo").write_bytes(compile_catalog(entries))
                self.stdout.write(f"{path.name}：{len(entries) - 1} 条")
