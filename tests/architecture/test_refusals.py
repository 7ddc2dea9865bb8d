"""Every refusal raised in the code names a code of the register and fills its text."""

import ast
import string

import pytest

from cms.rules.messages import MESSAGES
from tests.architecture.sources import ROOT, python_files

DOORS = {"RuleViolation"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def refusals() -> list[tuple[str, str, set[str] | None]]:
    """Return place, code and parameter names (None where ** hides them)."""
    found = []
    for path in python_files("cms"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in DOORS or not node.args:
                continue
            code = node.args[0]
            if not isinstance(code, ast.Constant):
                continue
            names = {word.arg for word in node.keywords if word.arg}
            hidden = any(word.arg is None for word in node.keywords)
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            found.append((place, code.value, None if hidden else names - {"field"}))
    return found


REFUSALS = refusals()


@pytest.mark.parametrize(
    ("place", "code", "names"), REFUSALS, ids=[f"{p} {c}" for p, c, _ in REFUSALS]
)
def test_refusal_fills_a_text_of_the_register(
    place: str, code: str, names: set[str] | None
) -> None:
    assert code in MESSAGES
    assert names is None or names == placeholders(MESSAGES[code].text)


def test_refusals_are_found() -> None:
    assert {"E-ST-01", "E-ST-03"} <= {code for _, code, _ in REFUSALS}
