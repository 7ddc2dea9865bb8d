"""`manage.py doctor`: tells in words what is missing or badly set."""

import sys
from typing import Any

from django.core.management import BaseCommand

from cms.core import clock
from cms.core.doctor import Severity, examine


class Command(BaseCommand):
    """Print every finding; exit code 1 where one is a fault."""

    help = "检查设置与运行环境，用文字说明缺什么、错什么"

    def handle(self, *args: Any, **options: Any) -> None:
        """Examine and print."""
        findings = examine(at=clock.now())
        for finding in findings:
            label = Severity(finding.severity).label
            self.stdout.write(f"[{label}] {finding.topic}：{finding.text}")
        if any(finding.is_fault for finding in findings):
            sys.exit(1)
