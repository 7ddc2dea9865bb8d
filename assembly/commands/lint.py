"""Tell all faults of a template, with part, paragraph and text."""

import argparse
import sys
from pathlib import Path

from assembly.coverage import cover
from assembly.dictionary import Dictionary
from assembly.errors import AssemblyError, Fault, fault
from assembly.guide import manifest_beside
from assembly.lint import commented_copy, lint
from assembly.manifest import Manifest

REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", type=Path, metavar="FILE.docx")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="COMMENTED.docx", help="批注副本"
    )
    parser.add_argument("--deep", action="store_true", help="逐一组装各种情形")


def run(options: argparse.Namespace) -> int:
    """Print the faults; 2 when there are any but warnings."""
    path: Path = options.document
    if not path.is_file():
        raise AssemblyError(fault("E-AS-04", name=path.name))
    manifest, dictionary = manifest_beside(path) or (None, None)
    content = path.read_bytes()
    faults = lint(content, manifest, dictionary)
    if options.deep and not _errors(faults):
        faults += _covered(content, manifest, dictionary)
    for one in faults:
        quote = f"：{one.quote}" if one.quote else ""
        sys.stdout.write(f"{one}{quote}\n")
    if options.output is not None:
        options.output.write_bytes(commented_copy(content, faults))
    sys.stdout.write(f"{path.name}：{len(faults)} 处问题。\n")
    return REFUSED if _errors(faults) else 0


def _errors(faults: list[Fault]) -> list[Fault]:
    return [one for one in faults if one.code.startswith("E-")]


def _covered(
    content: bytes, manifest: Manifest | None, dictionary: Dictionary | None
) -> list[Fault]:
    """Render every combination; only a template with a manifest can be tried."""
    if manifest is None or dictionary is None:
        sys.stdout.write("没有说明文件（.toml），不能逐一组装。\n")
        return []
    result = cover(content, manifest, dictionary)
    every = "全部情形" if result.is_complete else "任意两项的全部搭配"
    sys.stdout.write(f"已组装 {result.rendered} 份（{every}）。\n")
    return list(result.faults)
