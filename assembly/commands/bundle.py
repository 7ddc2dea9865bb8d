"""Assemble all papers of a mode (M1 … M6) into a folder."""

import argparse
import sys
from pathlib import Path

from assembly.bundles import data_for
from assembly.files import read_json, write_file
from assembly.library import Library
from assembly.proof import SUFFIX, Record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("mode", metavar="MODE", help="方式：M1 … M6、USE_THEN_PAY")
    parser.add_argument("--data", type=Path, required=True, help="数据 .json")
    parser.add_argument("-o", "--output", type=Path, required=True, help="输出文件夹")
    parser.add_argument("--pdf", action="store_true", help="同时生成 PDF")
    parser.add_argument("--salt", default="", help="数据哈希的盐")
    parser.add_argument(
        "--library", type=Path, default=Path("templates_docx"), help="模板库"
    )


def run(options: argparse.Namespace) -> int:
    """Write every paper that the data call for, or none if one is refused."""
    library = Library(options.library)
    data = read_json(options.data)
    bundle = library.bundle(options.mode)
    bundle.check(data)
    papers = list(bundle.assemble(data, salt=options.salt))
    for number, (listed, paper) in enumerate(papers, 1):
        entry = library.find(listed.instrument)
        name = f"{number:02d}-{listed.instrument}-{entry.manifest.title}"
        output = options.output / f"{name}.docx"
        own = data_for(data, listed.instrument)
        record = Record(entry.path, own, options.salt, {}, {})
        write_file(output, paper.content)
        write_file(output.with_name(output.name + SUFFIX), record.as_json(paper))
        sys.stdout.write(f"{output}\n")
        if options.pdf:
            from assembly.pdf import to_pdf  # slow import: only where a PDF is wanted

            write_file(output.with_suffix(".pdf"), to_pdf(paper.content))
    return 0
