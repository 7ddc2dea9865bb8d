"""Write the Word file of an outline."""

import argparse
import sys
from pathlib import Path

from assembly.drafting import draft

ENDING = ".outline.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("outlines", nargs="+", type=Path, metavar="FILE.outline.txt")
    parser.add_argument("-o", "--output", type=Path, help="only with one outline")


def run(options: argparse.Namespace) -> int:
    """Write each .docx beside its outline, or to --output."""
    if options.output and len(options.outlines) > 1:
        sys.stderr.write("--output 只能用于一个大纲文件。\n")
        return 2
    for source in options.outlines:
        content = draft(source.read_text(encoding="utf-8"))
        name = source.name.removesuffix(ENDING).removesuffix(".txt")
        target = options.output or source.with_name(f"{name}.docx")
        target.write_bytes(content)
        sys.stdout.write(f"{target}\n")
    return 0
