"""Whether a place of a template is printed, for the whole paper or for one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from assembly.expressions import UNKNOWN, Condition, Guard, Truth, possible
from assembly.expressions.conditions import value_of
from assembly.expressions.references import path_of

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """The guards of a place; `own` marks loops over the tables of the path itself."""

    guards: tuple[Guard, ...]
    own: tuple[bool, ...]

    def truth(self, answers: Answers, rows: tuple[Any, ...], known: "Known") -> Truth:
        """Say whether the place is printed for `rows`, the rows that the path is in."""
        return _truth(self.guards, self.own, answers, rows, known)


class Known:
    """Truths of conditions outside of loops, each worked out once a binding."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._truths: dict[str, Truth] = {}

    def truth(self, condition: Condition, answers: Answers) -> Truth:
        """Return the truth of a condition over the answers of the whole paper."""
        key = condition.text
        if key not in self._truths:
            self._truths[key] = condition.truth(answers)
        return self._truths[key]


def place_of(guards: tuple[Guard, ...], path: str) -> Place:
    """Return the place of a path with the loops over its own tables marked."""
    tables = [part.rstrip(".") for part in path.split("[]")[:-1]]
    tables = ["[]".join(tables[: n + 1]) for n in range(len(tables))]
    scope: dict[str, str] = {}
    own = []
    for guard in guards:
        table = _table_of(guard, scope) if guard.variable else ""
        if guard.variable:
            scope[guard.variable] = f"{table}[]"
        own.append(bool(table) and table in tables)
    return Place(guards, tuple(own))


def _table_of(guard: Guard, scope: Mapping[str, str]) -> str:
    node: nodes.Node | None = guard.condition.node
    while isinstance(node, nodes.Filter):
        node = node.node
    return (path_of(node, scope) or "") if node is not None else ""


def _truth(
    guards: tuple[Guard, ...],
    own: tuple[bool, ...],
    answers: Answers,
    rows: tuple[Any, ...],
    known: Known | None,
) -> Truth:
    truth: Truth = True
    for number, guard in enumerate(guards):
        if guard.variable and own[number] and rows:
            held = _holds_row(guard, answers, rows[0])
            answers, rows, known = {**answers, guard.variable: rows[0]}, rows[1:], None
        elif guard.variable:
            rest = possible(guards[number:], answers)
            return rest if truth or rest is False else None
        elif known is not None:
            held = _as_expected(known.truth(guard.condition, answers), guard)
        else:
            held = _as_expected(guard.condition.truth(answers), guard)
        if held is False:
            return False
        truth = truth if held else None
    return truth


def _as_expected(truth: Truth, guard: Guard) -> Truth:
    return None if truth is None else truth == guard.expected


def _holds_row(guard: Guard, answers: Answers, row: object) -> Truth:
    table = value_of(guard.condition.node, answers)
    if table is UNKNOWN:
        return None
    return any(one is row for one in table or ())
