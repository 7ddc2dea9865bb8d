"""Batches: a document a row, a report, and going on where it was stopped."""

import hashlib
import json

import pytest

from assembly.__main__ import main
from tests.factories.papers import texts, word_file

ROWS = [{"name": "甲"}, {"nobody": 1}, {"name": "丙<&>"}]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "合同.docx").write_bytes(word_file("致{{ name }}"))
    rows = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    (tmp_path / "rows.jsonl").write_text(f"\n{rows}不是 JSON\n")
    return tmp_path


def batch(folder, *more):
    template, rows = str(folder / "合同.docx"), str(folder / "rows.jsonl")
    output = str(folder / "out")
    return main(["batch", template, "--rows", rows, "-o", output, *more])


def report(folder):
    lines = (folder / "out" / "report.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines[1:]]


@pytest.mark.parametrize("more", [(), ("--quick",), ("--cores", "1")])
def test_each_row_is_made_or_refused_with_reasons(folder, capsys, more):
    assert batch(folder, *more) == 1

    made = {path.name: texts(path.read_bytes()) for path in folder.glob("out/*.docx")}
    assert made == {"000002.docx": ["致甲"], "000004.docx": ["致丙<&>"]}
    lines = report(folder)
    assert [line["row"] for line in lines] == [2, 3, 4, 5]
    assert [line.get("file") for line in lines] == [
        "000002.docx",
        None,
        "000004.docx",
        None,
    ]
    content = (folder / "out" / "000002.docx").read_bytes()
    assert lines[0]["sha256"] == hashlib.sha256(content).hexdigest()
    assert [line["errors"][0]["code"] for line in lines if "errors" in line] == [
        "E-AS-06",
        "E-AS-19",
    ]
    assert "生成 2 份，退回 2 行，此前已完成 0 行" in capsys.readouterr().out


def test_batch_goes_on_where_it_was_stopped(folder, capsys):
    batch(folder)
    path = folder / "out" / "report.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    # Killed while the line of the third row was being written.
    path.write_text("".join(lines[:3]) + lines[3][:20])
    (folder / "out" / "000002.docx").write_bytes(b"kept")
    capsys.readouterr()

    batch(folder)

    assert [line["row"] for line in report(folder)] == [2, 3, 4, 5]
    assert (folder / "out" / "000002.docx").read_bytes() == b"kept"
    assert "生成 1 份，退回 1 行，此前已完成 2 行" in capsys.readouterr().out


def test_folder_of_another_batch_is_refused(folder, capsys):
    batch(folder)
    (folder / "rows.jsonl").write_text('{"name": "丁"}\n')
    capsys.readouterr()

    assert batch(folder) == 2

    assert "这个文件夹里是另一批文书" in capsys.readouterr().err


def test_missing_rows_are_refused(folder, capsys):
    (folder / "rows.jsonl").unlink()

    assert batch(folder) == 2

    assert "E-AS-19 输入文件读不出来：rows.jsonl" in capsys.readouterr().err
