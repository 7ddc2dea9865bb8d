"""Make a document again from its receipt and say whether it is the same."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from assembly.files import read_file, read_json
from assembly.proof import SUFFIX, Record, read_record, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", type=Path, metavar="FILE.docx", help="待核对的文书")
    parser.add_argument("--receipt", type=Path, help="回执（默认在文书旁）")
    parser.add_argument("--template", type=Path, help="代替回执所写的模板")
    parser.add_argument("--data", type=Path, help="代替回执所存的数据")
    parser.add_argument("--salt", help="代替回执所存的盐")


def run(options: argparse.Namespace) -> int:
    """Print the verdict; 0 when bytes or content are the same, otherwise 1."""
    path: Path = options.document
    content = read_file(path)
    verdict = verify(content, path.name, _record(options, path))
    sys.stdout.write(f"{verdict}\n")
    return 0 if verdict.is_same_content else 1


def _record(options: argparse.Namespace, path: Path) -> Record:
    if options.template and options.data:
        return Record(
            options.template, read_json(options.data), options.salt or "", {}, {}
        )
    record = read_record(options.receipt or path.with_name(path.name + SUFFIX))
    if options.template:
        record = replace(record, template=options.template)
    if options.data:
        record = replace(record, data=read_json(options.data))
    return record if options.salt is None else replace(record, salt=options.salt)
