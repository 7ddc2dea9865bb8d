"""Names, sizes and imports that keep the tree readable."""

import ast
import re
import sys

import pytest

from tests.architecture.sources import ROOT, python_files

JUNK_DRAWERS = {"utils", "helpers", "misc", "manager", "common", "util", "helper"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# A function-level import needs one of these reasons in a comment.
REASONS = ("slow import", "optional dependency", "app ready")


def test_no_file_is_a_junk_drawer():
    assert [path for path in python_files() if path.stem in JUNK_DRAWERS] == []


def test_no_file_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_files("assembly", "cms", "notation", "benches")
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files("assembly", "cms", "notation")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        pytest.param("cms/rules", ("cms.rules", "notation"), id="rules"),
        pytest.param("notation", ("notation",), id="notation"),
    ],
)
def test_pure_package_imports_the_standard_library_only(folder, allowed):
    foreign = set()
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and not name.startswith(allowed):
                    foreign.add(f"{path.name}: {name}")

    assert foreign == set()


def test_imports_inside_functions_give_a_reason():
    bare = []
    for path in python_files("assembly", "cms"):
        text = path.read_text()
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    near = " ".join(lines[inner.lineno - 2 : inner.lineno])
                    if not any(reason in near for reason in REASONS):
                        bare.append(f"{path.relative_to(ROOT)}:{inner.lineno}")

    assert bare == []


def test_nothing_tracked_names_this_machine():
    pattern = re.compile(r"(?<![\w.-])/(work|farm|home/\w+)/[A-Za-z.]")
    hits = [
        str(path.relative_to(ROOT))
        for path in [
            *python_files("assembly", "cms", "notation", "benches"),
            *ROOT.glob("docs/**/*.md"),
        ]
        if pattern.search(path.read_text())
    ]

    assert hits == []
