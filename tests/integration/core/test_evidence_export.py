"""The exported log is verified without the product."""

import json
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.core.evidence.checkpoints import published
from cms.core.evidence.export import export
from tests.factories.evidence import (
    AT,
    DAY,
    append,
    checkpoint,
    make_log,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(db) -> None:
    make_log()


def verify_offline(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def exported(log, tmp_path: Path) -> Path:
    """The log, exported and unpacked."""
    checkpoint(at=AT + DAY)
    call_command("export_evidence", str(tmp_path / "log.zip"), stdout=StringIO())
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(tmp_path / "log.zip") as archive:
        archive.extractall(folder)
    return folder


SOUND = "12条记录，2个检查点，sha256、sm3，已核验签名：全部相符。"


def test_offline_verifier_confirms_the_export(exported: Path) -> None:
    assert verify_offline(exported) == (0, [SOUND])
    assert "张示例" not in (exported / "entries.jsonl").read_text("utf-8")


def edit_lines(path: Path, change) -> None:
    lines = path.read_text("utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        (
            "entries",
            lambda lines: [line.replace("第3项", "第8项") for line in lines],
            "第3号记录的内容与其sha256哈希不符。",
        ),
        (
            "entries",
            lambda lines: [*lines[:4], *lines[5:]],
            "第5号记录缺失或次序有误。",
        ),
        (
            "entries",
            lambda lines: [lines[1], lines[0], *lines[2:]],
            "第1号记录缺失或次序有误。",
        ),
        (
            "entries",
            lambda lines: lines[:10],
            "第11号起的记录被截去：检查点登记12条。",
        ),
        (
            "checkpoints",
            lambda lines: [line.replace('"size": 8', '"size": 7') for line in lines],
            "检查点（2026-11-03T01:30:00.000000Z）的签名不符。",
        ),
    ],
    ids=["changed", "removed", "swapped", "cut", "checkpoint"],
)
def test_offline_verifier_finds_tampering(exported, file, change, words) -> None:
    edit_lines(exported / f"{file}.jsonl", change)

    code, lines = verify_offline(exported)

    assert (code, lines[0]) == (1, words)


def test_offline_verifier_holds_against_a_checkpoint_kept_elsewhere(
    exported, log, tmp_path
) -> None:
    append(13)
    later = published(checkpoint(at=AT + 2 * DAY))
    kept = tmp_path / "kept.jsonl"
    kept.write_text(json.dumps(later, ensure_ascii=False) + "\n", "utf-8")

    code, lines = verify_offline(exported, str(kept))

    assert code == 1
    assert lines[0] == "第13号起的记录被截去：检查点登记13条。"


def test_export_counts_its_entries(log, tmp_path) -> None:
    assert export(tmp_path / "log.zip", at=AT) == 12
