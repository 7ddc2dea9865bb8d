"""`make bench-assembly`: our engine beside docxtpl and docxtemplater, interleaved.

Each engine is a process pinned to one core; they take turns in shuffled rounds. All
outputs are compared with ours, paragraph by paragraph, before anything is timed.
"""

import json
import os
import pickle
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benches.assembly import contract, others
from benches.assembly.docxtemplater import TAG, context_of, converted, flattened

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 12
DOCUMENTS = {"ours": 100, "quick": 100, "docxtpl": 4, "docxtemplater": 15}
TITLES = {
    "ours": "本引擎",
    "quick": "本引擎（拼接压缩）",
    "docxtpl": "docxtpl",
    "docxtemplater": "docxtemplater",
}
SEEDS = 40
Way = Callable[..., bytes]


@dataclass
class Figures:
    """What one engine's documents cost: milliseconds each, peak memory in MB."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rss: float = 0.0

    def add(self, answer: dict[str, Any]) -> None:
        """Add one turn."""
        self.wall += answer["wall"]
        self.cpu.append(answer["cpu"] / len(answer["wall"]))
        self.rss = max(self.rss, answer["rss"])


def main() -> int:
    """Time everything; 1 when a ratio is missed."""
    with tempfile.TemporaryDirectory(prefix="bench-assembly-") as name:
        folder = Path(name)
        failed = _compare_engines(folder)
        failed |= others.run(folder)
    return failed


def _compare_engines(folder: Path) -> int:
    missed = False
    ways: tuple[tuple[str, Way], ...] = (
        (others.SAVED, contract.as_word_saves_it),
        ("大纲起草的六页合同", lambda content, tag="": content),
    )
    for title, way in ways:
        print(f"== {title} ==")
        home = folder / title
        commands = _prepare(home, way)
        workers = {name: _start(command) for name, command in commands.items()}
        try:
            _check_texts(home, list(workers))
            figures = _take_turns(workers)
        finally:
            for worker in workers.values():
                worker.kill()
                worker.wait()
        is_measure = title == others.SAVED
        missed |= _report(figures, home) and is_measure
    return int(missed)


def _prepare(home: Path, way: Way) -> dict[str, list[str]]:
    """Write templates and data of each engine; return how it is started."""
    home.mkdir()
    drafted = contract.drafted()
    content = way(drafted)
    template = home / "contract.docx"
    template.write_bytes(content)
    shutil.copy(contract.HERE / "contract.toml", home)
    shutil.copy(ROOT / "templates_docx" / "variables.toml", home)
    compiled = contract.compiled(content)
    rows = [contract.answers(seed) for seed in range(SEEDS)]
    contexts = [context_of(compiled, row) for row in rows]
    (home / "rows.pickle").write_bytes(pickle.dumps(rows))
    (home / "contexts.pickle").write_bytes(pickle.dumps(contexts))
    commands = {
        name: [
            *(sys.executable, "-m", "benches.assembly.worker", name, str(template)),
            *(str(home / file), str(home / name)),
        ]
        for name, file in (
            ("ours", "rows.pickle"),
            ("quick", "rows.pickle"),
            ("docxtpl", "contexts.pickle"),
        )
    }
    if others.install_docxtemplater(home.parent):
        other, values, conditions = converted(drafted)
        (home / "other.docx").write_bytes(way(other, TAG))
        flat = [flattened(context, values, conditions) for context in contexts]
        (home / "flat.json").write_text(json.dumps(flat))
        script = shutil.copy(contract.HERE / "docxtemplater.cjs", home.parent)
        commands["docxtemplater"] = [
            *("node", str(script), str(home / "other.docx")),
            *(str(home / "flat.json"), str(home / "docxtemplater")),
        ]
    return commands


def _start(command: list[str]) -> "subprocess.Popen[str]":
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})  # which the worker inherits
    worker = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    os.sched_setaffinity(0, cores)
    assert worker.stdout is not None
    worker.stdout.readline()
    return worker


def _take_turns(workers: dict[str, "subprocess.Popen[str]"]) -> dict[str, Figures]:
    figures = {name: Figures() for name in workers}
    order = list(workers)
    shuffle = random.Random(1).shuffle
    for turn in range(ROUNDS + 1):
        shuffle(order)
        for name in order:
            worker = workers[name]
            assert worker.stdin is not None
            assert worker.stdout is not None
            worker.stdin.write(f"{DOCUMENTS[name]}\n")
            worker.stdin.flush()
            answer = json.loads(worker.stdout.readline())
            if turn:  # the first turn warms up
                figures[name].add(answer)
    return figures


def _check_texts(home: Path, names: list[str]) -> None:
    for number in range(4):
        expected = others.paragraphs(home / f"ours-{number}.docx")
        for name in names:
            if others.paragraphs(home / f"{name}-{number}.docx") != expected:
                raise SystemExit(f"{name} 的文书与本引擎不同（第 {number} 份）")
    print(f"各引擎的 4 份文书逐段相同，每份 {len(expected)} 段")


def _report(figures: dict[str, Figures], home: Path) -> bool:
    ours = statistics.median(figures["ours"].cpu)
    missed = False
    for name, taken in figures.items():
        cpu = statistics.median(taken.cpu)
        size = (home / f"{name}-0.docx").stat().st_size
        print(
            f"{TITLES[name]:<14}CPU {cpu:7.2f} ms/份  "
            f"p50 {statistics.median(taken.wall):7.2f}  最快 {min(taken.wall):7.2f}  "
            f"{1000 / cpu:7.0f} 份/秒·核  {cpu / ours:6.1f} ×  "
            f"{size / 1000:5.1f} kB  内存 {taken.rss:4.0f} MB"
        )
    for name, wanted in (("docxtpl", 80), ("docxtemplater", 12)):
        if name in figures:
            ratio = statistics.median(figures[name].cpu) / ours
            verdict = "达到" if ratio >= wanted else "未达到"
            print(f"比 {name} 快 {ratio:.0f} 倍（要求 {wanted} 倍）：{verdict}")
            missed |= ratio < wanted
    p50 = statistics.median(figures["ours"].wall)
    print(f"p50 {p50:.2f} ms（要求 1.3）：{'达到' if p50 <= 1.3 else '未达到'}")
    rss = figures["ours"].rss
    print(f"内存峰值 {rss:.0f} MB（要求 80）：{'达到' if rss < 80 else '未达到'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
