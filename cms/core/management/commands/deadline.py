"""`manage.py deadline RULE OPENED_AT`: the deadline calculator on a terminal."""

import json
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from cms.core.working_calendar import compute_answer
from cms.rules.deadline_calculator import Question, as_data
from cms.rules.violations import RuleViolation


class Command(BaseCommand):
    """Print the answer as JSON; a refusal is JSON too, with exit code 2."""

    help = "计算期限，输出JSON；被拒绝时输出错误JSON，退出码为2"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the rule, the instant, and any number of stops and extensions."""
        parser.add_argument("rule", metavar="RULE", help="期限规则，如 NOTICE_LISTING")
        parser.add_argument(
            "opened_at", metavar="OPENED_AT", help="开始时间（ISO 8601）"
        )
        for name, metavar, text in (
            ("suspend", "FROM..TO", "中止时段，可多次"),
            ("extend", "DAYS", "延长天数，可多次"),
        ):
            parser.add_argument(
                f"--{name}", metavar=metavar, action="append", default=[], help=text
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and print."""
        question = Question(
            options["rule"],
            options["opened_at"],
            tuple(options["suspend"]),
            tuple(options["extend"]),
        )
        try:
            self._print(as_data(compute_answer(question)))
        except RuleViolation as refusal:
            self._print(refusal.as_data())
            sys.exit(2)

    def _print(self, data: dict[str, object]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
