"""Uploads: what is refused, in which words, and that a good file passes."""

import io
from pathlib import Path

import pytest

from assembly.errors import AssemblyError
from assembly.package import LIMITS, Limits, read_package
from tests.unit.assembly.canary_runs import run_canary
from tests.unit.assembly.hostile_uploads import HELLO, UPLOADS
from tests.unit.assembly.word_files import (
    PNG,
    field,
    paragraph,
    parts,
    relationships,
    word_file,
    zipped,
)

PEAK_MB = 300
SECONDS = 5


def codes(content: bytes, limits: Limits = LIMITS) -> set[str]:
    with pytest.raises(AssemblyError) as refusal:
        read_package(content, limits)
    return {fault.code for fault in refusal.value.faults}


def test_corpus_holds_at_least_thirty_uploads():
    assert len(UPLOADS) >= 30


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """What a child process saw of each upload; under "memory" what it used."""
    folder = tmp_path_factory.mktemp("uploads")
    for name, (build, _) in UPLOADS.items():
        (folder / name).write_bytes(build())
    return run_canary("uploads", folder)


@pytest.mark.parametrize("name", UPLOADS)
def test_hostile_upload_is_refused_and_reaches_nothing(reports, name):
    report = reports[name]

    assert set(report["codes"]) == UPLOADS[name][1]
    assert report["events"] == []
    assert report["seconds"] < SECONDS


def test_memory_stays_bounded(reports):
    assert reports["memory"]["peak_mb"] < PEAK_MB


def test_good_file_is_read_with_types_and_relationships():
    members = parts(
        HELLO + field("PAGE   \\* MERGEFORMAT") + field("HYPERLINK \\l a"),
        header=paragraph("页眉"),
        title="标题",
    )
    members["word/media/a.png"] = PNG
    members["word/_rels/header.xml.rels"] = relationships(
        ("r1", "image", "media/a.png")
    )

    package = read_package(zipped(members))

    assert package.main == "word/document.xml"
    assert sorted(package.parts) == sorted(members)
    assert package.of_type("header", "document.main") == [
        "word/document.xml",
        "word/header.xml",
    ]
    assert [one.target for one in package.relationships["word/header.xml"]] == [
        "word/media/a.png"
    ]


def test_file_may_be_a_path_bytes_or_a_stream(tmp_path: Path):
    content = word_file(HELLO)
    path = tmp_path / "a.docx"
    path.write_bytes(content)

    packages = [
        read_package(path),
        read_package(content),
        read_package(io.BytesIO(content)),
    ]

    assert len({one.parts["word/document.xml"] for one in packages}) == 1


def test_all_faults_of_an_upload_are_told_at_once():
    members = parts(field("DDE x") + '<w:altChunk r:id="a"/>')
    members["word/vbaProject.bin"] = b"x"

    with pytest.raises(AssemblyError) as refusal:
        read_package(zipped(members))

    found = {(fault.code, fault.part, fault.quote) for fault in refusal.value.faults}
    assert found == {
        ("E-AS-33", "word/document.xml", "DDE x"),
        ("E-AS-32", "word/document.xml", ""),
        ("E-AS-32", "word/vbaProject.bin", ""),
    }


def test_limits_are_configurable():
    assert codes(word_file(HELLO), Limits(entries=3)) == {"E-AS-24"}
    assert codes(word_file(HELLO), Limits(total_size=500)) == {"E-AS-24"}
