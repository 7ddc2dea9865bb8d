"""Assemble one document from a template and a JSON file."""

import argparse
import sys
from pathlib import Path

from assembly.files import named_files, read_json, write_file
from assembly.proof import SUFFIX, Record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="模板 .docx")
    parser.add_argument("--data", type=Path, required=True, help="数据 .json")
    parser.add_argument("-o", "--output", type=Path, required=True, help="输出 .docx")
    parser.add_argument("--pdf", action="store_true", help="同时生成 PDF")
    parser.add_argument("--salt", default="", help="数据哈希的盐")
    for name, text in (("image", "图片"), ("document", "附件文书")):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="NAME=FILE", help=text
        )


def run(options: argparse.Namespace) -> int:
    """Write the document, its record, and its PDF if asked."""
    record = Record(
        options.template,
        read_json(options.data),
        options.salt,
        named_files(options.image),
        named_files(options.document),
    )
    paper = record.assemble()
    output: Path = options.output
    write_file(output, paper.content)
    write_file(output.with_name(output.name + SUFFIX), record.as_json(paper))
    sys.stdout.write(f"{output}\n")
    if options.pdf:
        from assembly.pdf import to_pdf  # slow import: only where a PDF is wanted

        pdf = output.with_suffix(".pdf")
        write_file(pdf, to_pdf(paper.content))
        sys.stdout.write(f"{pdf}\n")
    return 0
