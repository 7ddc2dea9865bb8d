"""`manage.py verify_evidence`: recomputes the whole evidence log."""

import sys
from typing import Any

from django.core.management import BaseCommand

from cms.core.evidence.verification import verify


class Command(BaseCommand):
    """Print what does not agree; exit code 1 where anything does not."""

    help = "核验存证：改动、删除、调换、插入、截尾都会指出"

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and print, the lowest number first."""
        report = verify()
        for finding in sorted(report.findings)[:50]:
            self.stdout.write(finding.text)
        seen = f"{report.size}条记录，{report.checkpoints}个检查点"
        first = report.first
        if first is None:
            self.stdout.write(f"{seen}：全部相符。")
            return
        place = f"，自第{first.sequence}号起" if first.sequence else ""
        self.stdout.write(f"{seen}：{len(report.findings)}处不符{place}。")
        sys.exit(1)
