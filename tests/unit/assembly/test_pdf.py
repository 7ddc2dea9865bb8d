"""Word to PDF: hangs, forks and false success of the program; cache; real runs."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from assembly import AssemblyError
from assembly.drafting import draft
from assembly.pdf import (
    Cached,
    ConversionFailed,
    Converter,
    NotAvailable,
    OneShot,
    Warm,
    find_program,
    page_count,
)
from assembly.pdf.ragged import with_ragged_lines
from tests.programs import need

# Where LibreOffice breaks this line after 费, it lost the comma.
COMMA = (
    "履行的计划、地点和方式：2026年11月签约，2026年12月5日前付清许可费，三个月内备案。"
)
PAPER = draft("@layout contract\n# 示例合同\n正文一段。\n")
Program = Callable[[str], str]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Write a converter that is none: a shell script with the given body."""

    def write(body: str) -> str:
        path = tmp_path / "soffice"
        path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        path.chmod(0o700)
        return str(path)

    return write


def running(mark: str) -> list[str]:
    """Return the processes whose command line holds `mark`; killed ones may die."""
    until = time.monotonic() + 3
    while (found := _listed(mark)) and time.monotonic() < until:
        time.sleep(0.02)
    return found


def _listed(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if mark.encode() in line:
            found.append(entry.name)
    return found


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param("sleep 61.25", "E-AS-72", id="hangs"),
        pytest.param("sleep 61.25 & sleep 61.25 & wait", "E-AS-72", id="forks"),
        pytest.param("sleep 61.25 & exit 0", "E-AS-71", id="leaves_a_child"),
        pytest.param("exit 0", "E-AS-71", id="does_nothing"),
        pytest.param("exit 1", "E-AS-71", id="fails"),
        pytest.param(
            "mkdir -p out && head -c 900 /dev/zero > out/in.pdf",
            "E-AS-71",
            id="writes_no_pdf",
        ),
    ],
)
def test_one_shot_tells_what_went_wrong_and_leaves_no_process(
    program: Program, body: str, code: str
) -> None:
    started = time.monotonic()
    with pytest.raises(ConversionFailed) as caught:
        OneShot(program(body), seconds=0.4, tries=2).convert(PAPER)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert time.monotonic() - started < 5
    assert running("61.25") == []


def test_one_shot_four_at_once_leave_no_process(program: Program) -> None:
    converter = OneShot(program("sleep 62.5 & sleep 62.5"), seconds=0.4, tries=1)
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(converter.convert, PAPER) for _ in range(4)]
    assert {type(job.exception()) for job in jobs} == {ConversionFailed}
    assert running("62.5") == []


@pytest.mark.parametrize("kind", [OneShot, Warm])
def test_without_an_office_program_the_words_tell_how(
    kind: Callable[[], Converter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NotAvailable) as caught:
        kind().convert(PAPER)
    assert [fault.code for fault in caught.value.faults] == ["E-AS-70"]
    assert isinstance(caught.value, AssemblyError)


@pytest.mark.parametrize("body", ["sleep 63.75", "sleep 63.75 & exit 0"])
def test_warm_gives_up_on_a_program_that_never_answers(
    program: Program, body: str
) -> None:
    converter = Warm(program(body), seconds=0.4, tries=2)
    with pytest.raises(ConversionFailed):
        converter.convert(PAPER)
    assert running("63.75") == []


class Counting:
    """A converter that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def convert(self, document: bytes) -> bytes:
        self.asked += 1
        return b"%PDF-" + document


def test_cached_asks_once_for_each_file(tmp_path: Path) -> None:
    counting = Counting()
    cached = Cached(counting, tmp_path / "cache")
    assert not cached.has(b"one")
    assert cached.convert(b"one") == cached.convert(b"one") == b"%PDF-one"
    assert cached.convert(b"two") == b"%PDF-two"
    assert counting.asked == 2
    assert cached.has(b"one")
    assert sorted(os.listdir(tmp_path)) == ["cache"]


@pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
def test_warm_converts_and_recovers_after_its_program_is_killed() -> None:
    converter = Warm()
    try:
        assert page_count(converter.convert(PAPER)) == 1
        process = converter._process
        assert process is not None
        os.killpg(process.pid, 9)
        assert page_count(converter.convert(PAPER)) == 1
        last = converter._folder
        with pytest.raises(ConversionFailed):
            converter.convert(b"no Word file")
    finally:
        converter.close()
    assert last is not None
    assert running(str(last)) == []
    assert not last.exists()


def test_copy_for_the_program_has_no_justified_line() -> None:
    document = draft(f"@layout contract\n# 示例合同\n{COMMA}\n")

    copy = with_ragged_lines(document)

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    justified, flush = b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'
    before, after = parts(document), parts(copy)
    assert justified in before["word/styles.xml"]
    assert after == {k: v.replace(justified, flush) for k, v in before.items()}


def test_what_is_no_word_file_is_left_to_the_program() -> None:
    assert with_ragged_lines(b"no zip") == b"no zip"


@pytest.mark.libreoffice
def test_comma_at_the_end_of_a_full_line_is_printed() -> None:
    need("libreoffice")
    lines = "\n".join(COMMA[n:] for n in range(0, 12))

    pdf = OneShot().convert(draft(f"@layout contract\n# 示例合同\n{lines}\n"))

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    printed = text.replace(" ", "").replace("\n", "")
    assert [n for n in range(0, 12) if COMMA[n:] not in printed] == []
