"""Hostile templates: refused by the desk, and harmless even to the bare engine."""

import pytest

from tests.unit.assembly.canary_runs import run_canary
from tests.unit.assembly.hostile_templates import INERT, TEMPLATES

PEAK_MB = 300
SECONDS = 5


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """What the child process saw of each template; its last line is its memory."""
    secret = tmp_path_factory.mktemp("canary") / "secret.txt"
    secret.write_text("PLANTED-SECRET-7f3a")
    return run_canary("templates", secret)


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
