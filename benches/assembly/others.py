"""The rest of the bench: large tables, uploads, batches; and what the engines share."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from lxml import etree

from assembly.batch import Job, run_batch
from assembly.dictionary import read_dictionary
from assembly.lint import lint
from assembly.manifest import read_manifest
from assembly.template import Template, load_template
from benches.assembly import contract

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAVED = "Word 保存过的六页合同"
ROWS = 3_000
BATCH = 10_000


def paragraphs(path: Path) -> list[str]:
    """Return the texts of a document's paragraphs, line breaks as such."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [
        "".join(
            "\n" if piece.tag == f"{W}br" else piece.text or ""
            for piece in paragraph.iter(f"{W}t", f"{W}br")
        )
        for paragraph in root.iter(f"{W}p")
    ]


def install_docxtemplater(folder: Path) -> bool:
    """Install docxtemplater with npm in a folder of its own; say if it cannot be."""
    if (folder / "node_modules").is_dir():
        return True
    if not (shutil.which("npm") and shutil.which("node")):
        print("没有 npm 和 node，不与 docxtemplater 比较")
        return False
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
    done = subprocess.run(
        [*command, "--prefix", str(folder), "docxtemplater@3", "pizzip@3"],
        capture_output=True,
    )
    if done.returncode:
        print("npm 装不上 docxtemplater，不与它比较")
    return done.returncode == 0


def run(folder: Path) -> int:
    """Time a large table, an upload and a batch; print what each took."""
    print("== 大表、上传、批量 ==")
    _large_table()
    _stitching()
    _upload()
    _batch(folder)
    return 0


def _large_table() -> None:
    """Time one document with thousands of rows in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benches.assembly.others"],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    print(
        f"{ROWS} 行的表：CPU {figures['cpu']:.0f} ms（要求 100），其中核对数据 "
        f"{figures['bind']:.0f} ms；拼接压缩 {figures['quick']:.0f} ms；"
        f"内存峰值 {figures['rss']:.0f} MB（要求 80）"
    )


def _time_large_table() -> None:
    template = contract.compiled(contract.as_word_saves_it(contract.drafted()))
    assert template.guide is not None
    data = contract.answers(1, ROWS)
    ways = {
        "cpu": template.assemble,
        "quick": template.assemble_quickly,
        "bind": template.guide.bind,
    }
    figures = {}
    for name, way in ways.items():
        taken = []
        for _ in range(7):
            start = time.process_time()
            way(data)
            taken.append((time.process_time() - start) * 1e3)
        figures[name] = statistics.median(taken)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures | {"rss": rss}))


def _stitching() -> None:
    """Time previews, and what they take besides reading the data."""
    template = contract.compiled(contract.as_word_saves_it(contract.drafted()))
    assert template.guide is not None
    rows = [contract.answers(seed) for seed in range(40)]
    whole, reading = [], []
    for turn in range(800):
        start = time.perf_counter()
        template.preview(rows[turn % len(rows)])
        whole.append((time.perf_counter() - start) * 1e3)
        start = time.perf_counter()
        template.guide.bind(rows[turn % len(rows)])
        reading.append((time.perf_counter() - start) * 1e3)
    p50, bound = statistics.median(whole), statistics.median(reading)
    print(
        f"预览：p50 {p50:.2f} ms，{1000 / p50:.0f} 份/秒·核；"
        f"除核对数据 {bound:.2f} ms 外 "
        f"{p50 - bound:.2f} ms，{1000 / (p50 - bound):.0f} 份/秒·核（目标 5000）"
    )


def _upload() -> None:
    """Time lint, schema and compilation of an uploaded template."""
    content = contract.as_word_saves_it(contract.drafted())
    shared = contract.HERE.parents[1] / "templates_docx" / "variables.toml"
    dictionary = read_dictionary(shared)
    manifest = read_manifest(contract.HERE / "contract.toml", dictionary)
    taken: dict[str, list[float]] = {"检查": [], "编译": [], "数据格式": []}
    for _ in range(7):
        instants = [time.process_time()]
        lint(content, manifest, dictionary)
        instants.append(time.process_time())
        template = Template(content, "contract.docx", manifest, dictionary)
        instants.append(time.process_time())
        template.schema()
        instants.append(time.process_time())
        for name, start, end in zip(taken, instants, instants[1:], strict=False):
            taken[name].append((end - start) * 1e3)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    parts = "，".join(f"{name} {time:.0f} ms" for name, time in medians.items())
    print(f"上传一份模板：CPU {sum(medians.values()):.0f} ms（要求 250）：{parts}")


def _batch(folder: Path) -> None:
    """Time a batch of contracts on all cores."""
    home = folder / SAVED
    rows = folder / "rows.jsonl"
    with rows.open("w") as stream:
        for seed in range(BATCH):
            stream.write(json.dumps(contract.answers(seed), ensure_ascii=False) + "\n")
    template = home / "contract.docx"
    load_template(template)
    cores = os.cpu_count() or 1
    for quick in (False, True):
        job = Job(template, folder / f"batch-{quick}", is_quick=quick)
        start = time.perf_counter()
        tally = run_batch(job, rows, cores, lambda done, refused: None)
        seconds = time.perf_counter() - start
        way = "拼接压缩" if quick else "整体压缩"
        print(
            f"批量（{way}）{tally.made} 份，{cores} 核：{seconds:.1f} 秒，"
            f"{tally.made / seconds:.0f} 份/秒，退回 {tally.refused} 行"
        )


if __name__ == "__main__":
    _time_large_table()
