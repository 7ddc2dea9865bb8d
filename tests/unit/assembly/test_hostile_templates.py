"""Hostile templates: refused by the desk, and harmless even to the bare engine."""

import json
import subprocess
import sys

import pytest

from tests.papers import ROOT
from tests.unit.assembly.hostile_templates import INERT, TEMPLATES

PEAK_MB = 300
SECONDS = 5


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """What the child process saw of each template; its last line is its memory."""
    secret = tmp_path_factory.mktemp("canary") / "secret.txt"
    secret.write_text("PLANTED-SECRET-7f3a")
    child = subprocess.run(
        [sys.executable, "-m", "tests.unit.assembly.canary", str(secret)],
        cwd=ROOT,
        env={"CANARY": "SECRET-OF-THE-ENVIRONMENT"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    return {line.get("name", "memory"): line for line in lines}


def test_corpus_holds_at_least_forty_templates():
    assert len(TEMPLATES) >= 40


@pytest.mark.parametrize("name", TEMPLATES)
def test_hostile_template_is_refused_and_reaches_nothing(reports, name):
    report = reports[name]

    assert report["lint"] + report["refused"] != []
    assert report["crash"] == ""
    assert report["events"] == []
    assert report["leaks"] is False
    assert report["seconds"] < SECONDS


@pytest.mark.parametrize("name", INERT)
def test_text_that_is_never_filled_is_harmless(reports, name):
    report = reports[name]

    assert report["lint"] == []
    assert report["refused"] == []
    assert report["events"] == []
    assert report["leaks"] is False


def test_memory_stays_bounded(reports):
    assert reports["memory"]["peak_mb"] < PEAK_MB
