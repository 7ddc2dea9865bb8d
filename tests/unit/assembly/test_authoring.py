"""The author's desk in its limited process: answers, refusals, limits."""

import io
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document

from assembly.authoring import (
    Limits,
    Source,
    commented,
    deepened,
    differences,
    filled,
    judged,
    outlined,
    tracked,
)
from assembly.dictionary import parse_dictionary
from assembly.drafting import draft
from assembly.errors import AssemblyError
from assembly.manifest import parse_manifest
from assembly.template import Template, load_template
from assembly.toml_file import parse_toml
from notation.numerals import format_numeral
from tests.papers import ROOT
from tests.unit.assembly.hostile_templates import TEMPLATES
from tests.unit.assembly.hostile_uploads import UPLOADS
from tests.unit.assembly.word_files import paragraph, parts, word_file, zipped

LIMITS = Limits()
HOME = ROOT / "templates_docx"
LICENSE = HOME / "use_right" / "one_time_license.docx"
DICTIONARY = (HOME / "variables.toml").read_text("utf-8")
MANIFEST = """
instrument = "D-98"
title = "示例"
version = "1"
valid_from = 2026-01-01
layout = "form"
[variables.note]
type = "text"
label = "备注"
required = true
"""


def source(content: bytes, manifest: str = MANIFEST) -> Source:
    return Source(content, manifest, DICTIONARY)


def small(*lines: str) -> Source:
    return source(word_file("".join(paragraph(line) for line in lines)))


def license_source(more: str = "") -> Source:
    outline = LICENSE.with_suffix(".outline.txt").read_text("utf-8")
    content = draft(f"{outline}\n{more}\n") if more else LICENSE.read_bytes()
    return Source(content, LICENSE.with_suffix(".toml").read_text("utf-8"), DICTIONARY)


def codes(refusal: pytest.ExceptionInfo[AssemblyError]) -> list[str]:
    return [one.code for one in refusal.value.faults]


def test_judgment_tells_what_the_template_is():
    given = small("备注：{{ note }}")

    judgment = judged(given, None, LIMITS)

    assert judgment.faults == ()
    assert judgment.is_readable
    facts = dict(judgment.facts)
    assert len(facts.pop("sha256")) == 64
    assert facts == {
        "instrument": "D-98",
        "title": "示例",
        "version": "1",
        "valid_from": "2026-01-01",
        "path": "fast",
    }


def test_judgment_gives_the_same_hash_as_the_compiler():
    judgment = judged(license_source(), None, LIMITS)

    assert judgment.facts["sha256"] == load_template(LICENSE).version


def test_changes_name_the_clause_the_texts_and_nothing_else():
    newer = license_source("双方确认已经通读全文。")
    outline = LICENSE.with_suffix(".outline.txt").read_text("utf-8")
    last = format_numeral(outline.count("\n§ "))

    changes = differences(license_source(), newer, LIMITS)

    assert changes == {
        "texts": [
            {
                "clause": f"第{last}条　生效",
                "before": "",
                "after": "双方确认已经通读全文。",
            }
        ],
        "asked": [],
        "dropped": [],
        "clauses": [],
    }


@pytest.mark.parametrize("name", list(UPLOADS)[::6])
def test_hostile_upload_is_refused_by_the_child(name):
    build, expected = UPLOADS[name]

    judgment = judged(source(build()), None, LIMITS)

    assert expected <= {one.code for one in judgment.faults}
    assert not judgment.facts.get("sha256")


@pytest.mark.parametrize("name", list(TEMPLATES)[::8])
def test_hostile_template_is_refused_by_the_child(name):
    judgment = judged(source(TEMPLATES[name]()), None, LIMITS)

    assert judgment.faults
    assert "sha256" not in judgment.facts


def test_body_under_another_name_is_refused_in_words():
    members = {
        name.replace("word/document.xml", "word/document2.xml"): (
            content.replace("word/document.xml", "word/document2.xml")
            if isinstance(content, str)
            else content
        )
        for name, content in parts(paragraph("{{ note }}")).items()
    }
    members["word/_rels/document2.xml.rels"] = members.pop(
        "word/_rels/document.xml.rels"
    )

    judgment = judged(source(zipped(members)), None, LIMITS)

    assert [one.code for one in judgment.faults] == ["E-AS-38"]
    assert "sha256" not in judgment.facts


@pytest.mark.parametrize(
    "limits",
    [Limits(cpu_seconds=0), Limits(wait_seconds=0.01)],
    ids=["processor", "wait"],
)
def test_task_beyond_its_time_is_stopped_in_words(limits):
    with pytest.raises(AssemblyError) as refusal:
        judged(license_source(), None, limits)

    assert codes(refusal) == ["E-AS-37"]


def test_task_beyond_its_memory_is_stopped_in_words():
    chance = random.Random(1)
    lines = [f"{{{{ note }}}}{chance.randbytes(60).hex()}" for _ in range(30_000)]

    with pytest.raises(AssemblyError) as refusal:
        judged(small(*lines), None, Limits(memory=96 * 2**20))

    assert codes(refusal) == ["E-AS-37"]


def test_deep_check_tells_its_progress_and_its_findings():
    *steps, last = deepened(license_source())

    assert [step["done"] for step in steps] == [25]
    assert steps[0]["total"] == last["rendered"]
    assert last["faults"] == []


def test_commented_copy_holds_the_faults():
    given = small("｛｛ note ｝｝", "{{ note }}")
    judgment = judged(given, None, LIMITS)

    content = commented(given, judgment.faults, LIMITS)

    assert b"E-AL-03" in _member(content, "word/comments.xml")


def test_sample_holds_invented_values_and_no_tag():
    content = filled(small("备注：{{ note }}"), LIMITS)

    texts = [one.text for one in Document(io.BytesIO(content)).paragraphs]
    assert texts == ["备注：示例备注1"]


def test_outline_keeps_the_tags():
    assert "备注：{{ note }}" in outlined(small("备注：{{ note }}"), LIMITS)


def test_tracked_changes_are_those_of_the_newer_version():
    at = datetime(2026, 11, 20, tzinfo=UTC)

    content = tracked(
        small("备注：{{ note }}"),
        small("附注：{{ note }}"),
        author="甲",
        at=at,
        limits=LIMITS,
    )

    body = _member(content, "word/document.xml").decode()
    assert '<w:ins w:id="' in body
    assert '<w:del w:id="' in body


def test_paper_of_a_child_is_the_paper_of_the_template():
    given = small("备注：{{ note }}")
    dictionary = parse_dictionary(parse_toml(DICTIONARY, "variables.toml"))
    manifest = parse_manifest(parse_toml(MANIFEST, "清单"), dictionary)
    template = Template(given.content, "模板", manifest, dictionary)

    assert filled(given, LIMITS) == template.render({"note": "示例备注1"})


def _member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


@pytest.mark.parametrize(
    "act",
    [
        "open(sys.argv[1], 'w')",
        "os.open(sys.argv[1], os.O_CREAT)",
        "socket.socket()",
        "subprocess.run(['true'])",
        "os.system('true')",
    ],
)
def test_child_writes_connects_and_starts_nothing(act, tmp_path):
    code = (
        "import os, socket, subprocess, sys\n"
        "from assembly.authoring.child import _watch\n"
        f"sys.addaudithook(_watch)\n{act}\n"
    )
    target = tmp_path / "canary"
    done = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.splitlines()[-1].startswith("PermissionError: ")
    assert not target.exists()
