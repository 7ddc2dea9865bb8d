"""Print the questions of a template's interview, with data only those still open."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from assembly.interview import QuestionGroup, next_questions
from assembly.json_data import read_json
from assembly.template import load_template


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE.docx")
    parser.add_argument("--data", type=Path, metavar="FILE.json", help="已有的数据")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace) -> int:
    """Print the questions as a list to read, or as JSON."""
    template = load_template(options.template)
    groups = template.questions()
    if options.data and template.guide:
        answers = read_json(options.data.read_bytes())
        guide = template.guide
        groups = next_questions([(guide.needs, guide.binder)], answers)
    if options.json:
        data = [group.as_data() for group in groups]
        text = json.dumps(data, ensure_ascii=False, indent=2)
    else:
        text = _readable(groups)
    sys.stdout.write(f"{text}\n")
    return 0


def _readable(groups: Sequence[QuestionGroup]) -> str:
    lines = []
    for group in groups:
        lines.append(f"{group.group}　{group.label}")
        for question in group.questions:
            mark = "*" if question.required else " "
            when = f"（{question.when}时）" if question.when else ""
            lines.append(f"  {mark} {question.label}［{question.path}］{when}")
            lines += [
                f"      - {column.label}［{column.path}］"
                for column in question.columns
            ]
    return "\n".join(lines)
