"""Assembles one document a row, on all cores, and goes on where it was stopped.

Rows are lines of JSON; row 17 becomes `000017.docx`. The
report `report.jsonl` has a line a row: what was made, or why not. A row whose line is
in the report is done and is not made again.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assembly.errors import AssemblyError, fault
from assembly.files import parse_json, write_file
from assembly.template import Template, load_template

REPORT = "report.jsonl"
_ROWS_A_TASK = 50
_LONGEST_ROW = 10_000_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One batch: a template, where documents go, how they are made."""

    template: Path
    folder: Path
    salt: str = ""
    is_quick: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How a batch ended; `kept` were there from an earlier run."""

    made: int
    refused: int
    kept: int


def run_batch(job: Job, rows: Path, cores: int, progress: Progress) -> Tally:
    """Assemble the rows that the report does not have yet.

    `progress` is told rows done and rows refused so far.

    Raises:
        AssemblyError: the template or the file of rows cannot be read, or the report
            in the folder belongs to another template or salt.
    """
    version = load_template(job.template).version
    job.folder.mkdir(parents=True, exist_ok=True)
    report = job.folder / REPORT
    head = {"template": version, "rows": _hash(rows), "quick": job.is_quick}
    done = _done(report, head)
    made = refused = 0
    with report.open("a", encoding="utf-8") as stream:
        if not stream.tell():
            stream.write(f"{json.dumps(head)}\n")
        for lines in _assembled(job, rows, done, cores):
            stream.writelines(f"{line}\n" for line in lines)
            stream.flush()
            refused += sum('"errors"' in line for line in lines)
            made += sum('"sha256"' in line for line in lines)
            progress(made + refused + len(done), refused)
    return Tally(made, refused, len(done))


def _assembled(job: Job, rows: Path, done: set[int], cores: int) -> Iterator[list[str]]:
    """Yield the report's lines, a few rows at a time, in the order of the rows."""
    tasks = _chunks(row for row in _rows(rows) if row[0] not in done)
    with ProcessPoolExecutor(cores, initializer=_prepare, initargs=(job,)) as pool:
        waiting = [pool.submit(_assemble, task) for task in islice(tasks, 2 * cores)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_assemble, task) for task in islice(tasks, 1)]


def _rows(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        reason = "读不出来，应为 UTF-8 编码、每行一组 JSON 数据"
        raise AssemblyError(fault("E-AS-19", name=path.name, reason=reason)) from error


def _chunks(rows: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _ROWS_A_TASK)):
        yield chunk


def _done(report: Path, head: dict[str, Any]) -> set[int]:
    """Return the rows of the report; a last line that was cut off does not count."""
    if not report.is_file():
        return set()
    lines = report.read_bytes().splitlines(keepends=True)
    whole = [line for line in lines if line.endswith(b"\n")]
    if not whole:
        report.unlink()
        return set()
    if json.loads(whole[0]) != head:
        reason = "这个文件夹里是另一批文书（模板、数据或方式不同），请换一个文件夹"
        raise AssemblyError(fault("E-AS-19", name=REPORT, reason=reason))
    if len(whole) < len(lines):
        write_file(report, b"".join(whole))
    return {int(json.loads(line)["row"]) for line in whole[1:]}


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError as error:
        reason = "文件不存在或没有权限"
        raise AssemblyError(fault("E-AS-19", name=path.name, reason=reason)) from error
    return digest.hexdigest()


class _Worker:
    """What a process of the pool keeps: its job and the compiled template."""

    job: Job
    template: Template


def _prepare(job: Job) -> None:
    _Worker.job = job
    _Worker.template = load_template(job.template)


def _assemble(rows: list[tuple[int, str]]) -> list[str]:
    return [_line(number, text) for number, text in rows]


def _line(number: int, text: str) -> str:
    """Assemble one row; return its line of the report."""
    job, template = _Worker.job, _Worker.template
    way = template.assemble_quickly if job.is_quick else template.assemble
    line: dict[str, Any] = {"row": number}
    try:
        if len(text) > _LONGEST_ROW:
            raise AssemblyError(fault("E-AS-19", name="rows", reason="这一行太长"))
        paper = way(parse_json(text.encode(), f"第{number}行"), salt=job.salt)
    except AssemblyError as refusal:
        line |= refusal.as_data()
    else:
        name = f"{number:06d}.docx"
        _write(job.folder / name, paper.content)
        line |= {"file": name, "sha256": paper.sha256, "data": paper.receipt.data}
    return json.dumps(line, ensure_ascii=False)


def _write(path: Path, content: bytes) -> None:
    """Write a document whole: a row is reported only after that."""
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)
