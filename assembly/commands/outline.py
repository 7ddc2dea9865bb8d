"""Print the outline of a Word file."""

import argparse
import sys
from pathlib import Path

from assembly.outline import outline


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", type=Path, metavar="FILE.docx")


def run(options: argparse.Namespace) -> int:
    """Print the outline in normal form."""
    sys.stdout.write(outline(options.document))
    return 0
