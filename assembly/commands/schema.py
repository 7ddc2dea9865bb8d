"""Print the JSON Schema of a template's data."""

import argparse
import json
import sys
from pathlib import Path

from assembly.template import load_template


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE.docx")


def run(options: argparse.Namespace) -> int:
    """Print the schema (2020-12) with two blanks of indent."""
    schema = load_template(options.template).schema()
    sys.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    return 0
