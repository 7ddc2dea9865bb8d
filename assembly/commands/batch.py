"""Assemble one document for each line of a JSON Lines file, on all cores."""

import argparse
import os
import sys
from pathlib import Path

from assembly.batch import REPORT, Job, run_batch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("template", type=Path, metavar="TEMPLATE", help="模板 .docx")
    parser.add_argument("--rows", type=Path, required=True, help="每行一组 JSON 数据")
    parser.add_argument("-o", "--output", type=Path, required=True, help="输出文件夹")
    parser.add_argument("--salt", default="", help="数据哈希的盐")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="进程数")
    parser.add_argument(
        "--quick", action="store_true", help="更快，文件约大一倍（预览、大批量）"
    )


def run(options: argparse.Namespace) -> int:
    """Make the documents; 0 when all rows were made, 1 when some were refused."""
    job = Job(options.template, options.output, options.salt, options.quick)
    tally = run_batch(job, options.rows, max(1, options.cores), _tell)
    sys.stderr.write("\n")
    sys.stdout.write(
        f"生成 {tally.made} 份，退回 {tally.refused} 行，此前已完成 {tally.kept} 行；"
        f"逐行报告见 {options.output / REPORT}\n"
    )
    return 1 if tally.refused else 0


def _tell(done: int, refused: int) -> None:
    sys.stderr.write(f"\r已处理 {done} 行，退回 {refused} 行")
    sys.stderr.flush()
