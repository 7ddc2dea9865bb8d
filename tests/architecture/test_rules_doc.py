"""docs/rules.md tells the truth: functions, tests and articles all exist."""

import ast
import pkgutil
from functools import cache

import pytest

from cms.pages.policies.loading import PLAN_FILE
from cms.pages.policies.rules_table import RuleRow, read_rules
from cms.rules.articles import parse_citations
from cms.rules.plan_text import parse_plan
from tests.architecture.sources import ROOT

ROWS = read_rules()
ANCHORS = {
    document.slug: set(document.anchors)
    for document in parse_plan(PLAN_FILE.read_text(encoding="utf-8"))
}
COVERED = {
    "T": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15",
    "CC": "01 05 07 08 09 10",
    "PL": "01",
    "FP": "01 02 03 04 05 06 07 08 13 14",
    "OT": "04 20 21 23",
    "E-NT": "01 02 03 04 05 06",
}


@cache
def names_of_tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef))


def test_every_rule_of_this_stage_has_a_row() -> None:
    rules = [row.rule for row in ROWS]

    assert len(rules) == len(set(rules))
    covered = {f"{kind}-{n}" for kind, row in COVERED.items() for n in row.split()}
    assert covered - set(rules) == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_rule_names_functions_tests_and_articles_that_exist(row: RuleRow) -> None:
    assert row.summary
    assert row.functions
    assert row.tests
    for function in row.functions:
        assert function.startswith(("cms.", "notation.", "assembly."))
        assert pkgutil.resolve_name(function) is not None
    for test in row.tests:
        path, name = test.split("::")
        assert name in names_of_tests(path)
    for citation in parse_citations(row.articles) if row.articles else ():
        if citation.document:
            assert citation.anchor in ANCHORS[citation.document]
