"""The glossary names only what the code has; what is to come says so."""

import io
import re
import tokenize
from functools import cache

import pytest

from tests.architecture.sources import ROOT, python_files

GLOSSARY = ROOT / "docs" / "glossary.md"
LATER = "后续"


def rows() -> list[tuple[str, str, bool]]:
    """Return term, identifier and whether it is marked as still to come."""
    found = []
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4:
            term, _, code, note = cells
            names = re.findall(r"`([^`]+)`", code)
            found += [(term, name, LATER in note) for name in names]
    return found


ROWS = rows()


@cache
def identifiers() -> frozenset[str]:
    names: set[str] = set()
    for path in python_files("cms", "notation", "assembly"):
        names.update(path.relative_to(ROOT).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME:
                names.add(token.string)
            elif token.type == tokenize.STRING:  # names of fields are texts
                names.add(token.string.strip("\"'"))
    return frozenset(names)


@pytest.mark.parametrize(
    ("term", "name", "later"), ROWS, ids=[f"{t} {n}" for t, n, _ in ROWS]
)
def test_identifier_is_in_the_code_unless_marked(
    term: str, name: str, later: bool
) -> None:
    assert later or name in identifiers()


def test_every_identifier_is_explained_once() -> None:
    names = [name for _, name, _ in ROWS]

    assert sorted(names) == sorted(set(names))
    assert len(names) > 100
