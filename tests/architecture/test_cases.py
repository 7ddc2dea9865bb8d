"""Every acceptance case is proved by tests that bear its number (tests/cases.toml)."""

import ast
import re
import tomllib
from functools import cache

import pytest

from tests.architecture.sources import ROOT, python_files

NUMBERS = {
    "A": "01 02 04 05 07 08 10 11 13 14 16 17 19 20 22 23 25 26 27 28 29",
    "C": "01 02 04 05 07 08 10 11 13",
    "G": "01 02 04 05 07 08 10 11 13 14 16 17 19 20 22 23 25 26 28 29 31 32 34 35",
    "H": "01 02 04 05 07 08 10 11 13 14 16 17 19 20 22 23",
    "J": "01 02 04 05 07 08 10 11 13 14 16 17 19 20",
}
PARTS = ("papers", "rewards", "search", "trading")
TABLE = tomllib.loads((ROOT / "tests" / "cases.toml").read_text("utf-8"))
PROVED = [(case, test) for case, row in TABLE.items() for test in row.get("tests", ())]
NODE = re.compile(r"(?P<file>[\w/]+\.py)::(?P<function>\w+)(?:\[(?P<id>[^]]+)\])?")


@cache
def names_in(file: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the functions of a test file and the texts that may be ids in it."""
    nodes = list(ast.walk(ast.parse((ROOT / "tests" / file).read_text("utf-8"))))
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    texts = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return frozenset(functions), frozenset(texts)


def bears(name: str, case: str) -> bool:
    """Whether a function's name or an id tells the number of a case."""
    return case.lower() in re.split(r"[^a-z0-9]", name.lower())


def test_every_case_is_proved_or_comes_later():
    assert list(TABLE) == [
        f"{section}{number}"
        for section, numbers in NUMBERS.items()
        for number in numbers.split()
    ]
    for case, row in TABLE.items():
        assert list(row) in (["tests"], ["later"]), case
        assert all(row.values()), case


@pytest.mark.parametrize(("case", "test"), PROVED, ids=[" ".join(p) for p in PROVED])
def test_proof_exists_and_bears_the_number(case, test):
    node = NODE.fullmatch(test)
    assert node is not None
    functions, texts = names_in(node["file"])

    assert node["function"] in functions
    assert node["id"] is None or node["id"] in texts
    assert bears(node["id"] or node["function"], case)


def test_what_comes_later_names_its_part_and_has_no_test_yet():
    later = {case: row["later"] for case, row in TABLE.items() if "later" in row}
    names = [
        name
        for path in python_files("tests")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    ]

    assert [text for text in later.values() if text.split(":")[0] not in PARTS] == []
    assert [n for n in names if any(bears(n, case) for case in later)] == []


def test_a_number_is_read_whole():
    assert bears("test_a10_a11_auction", "A11")
    assert bears("h07-due", "H07")
    assert not bears("test_a1_or_a110", "A11")
