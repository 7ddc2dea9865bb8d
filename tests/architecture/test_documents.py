"""README and docs say what is there."""

import re

from tests.architecture.sources import ROOT

LONGEST_README = 120


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= LONGEST_README


def test_make_targets_in_readme_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))

    named = set(re.findall(r"`?make ([a-z]+)`?", (ROOT / "README.md").read_text()))

    assert named - targets == set()


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_lock_files_name_no_host_and_pin_hashes():
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pins = len(re.findall(r"^[a-z0-9].*==", text, re.M | re.I))
        hashed = len(re.findall(r"==.*\\\n\s+--hash=sha256:", text))

        assert "://" not in text
        assert hashed == pins > 0
