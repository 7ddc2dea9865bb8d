"""What the conditions of tags and clauses ask of each path of the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from assembly.expressions import (
    ENGINE_NAMES,
    Guard,
    Reference,
    compile_condition,
)
from assembly.expressions.references import path_of, table_of
from assembly.needs import Needs


@dataclass
class Noted:
    """What conditions ask of one path."""

    constants: list[Any] = field(default_factory=list)
    is_compared: bool = False
    is_tested_empty: bool = False


class Notes:
    """Collects what the conditions of tags and clauses ask."""

    def __init__(self, needs: Needs) -> None:
        """Take the clauses whose conditions count as well."""
        self._clauses = {one.name: one.when for one in needs.clauses}
        self._found: dict[str, Noted] = {}
        self._seen: set[str] = set()

    def of(self, read: Iterable[Reference]) -> dict[str, Noted]:
        """Return the notes of every guard, clause and loop behind `read`."""
        for reference in read:
            scope: dict[str, str] = {}
            for guard in reference.guards:
                self._guard(guard, scope)
            if reference.use == "condition":  # both its branches may read nothing
                self._read(compile_condition(reference.tag).node, scope)
            if reference.use == "loop":
                self._note(reference.path)
        for condition in self._clauses.values():
            if condition is not None:
                self._read(condition.node, {})
        return self._found

    def _guard(self, guard: Guard, scope: dict[str, str]) -> None:
        if guard.variable:
            table = table_of(guard.condition.node, scope)
            self._read(guard.condition.node, scope)
            scope[guard.variable] = f"{table}[]"
        else:
            self._read(guard.condition.node, scope)

    def _read(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        if isinstance(node, (nodes.Name, nodes.Getattr)):
            self._note(path_of(node, scope))
        elif isinstance(node, nodes.Compare):
            self._comparison(node, scope)
        elif isinstance(node, nodes.Test):
            noted = self._note(path_of(node.node, scope))
            if noted is not None:
                noted.is_tested_empty = True
        elif isinstance(node, nodes.Filter):
            self._filter(node, scope)
        else:
            for child in node.iter_child_nodes():
                self._read(child, scope)

    def _comparison(self, node: nodes.Compare, scope: Mapping[str, str]) -> None:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        constants = [value for side in sides for value in _constants(side)]
        for side in sides:
            noted = None
            if isinstance(side, (nodes.Name, nodes.Getattr)):
                noted = self._note(path_of(side, scope))
            else:
                self._read(side, scope)
            if noted is not None:
                noted.constants += [c for c in constants if c not in noted.constants]
                noted.is_compared = noted.is_compared or not constants

    def _filter(self, node: nodes.Filter, scope: Mapping[str, str]) -> None:
        table = table_of(node, scope)
        self._note(table)
        constants = [a.value for a in node.args if isinstance(a, nodes.Const)]
        if table is not None and constants and isinstance(constants[0], str):
            noted = self._note(f"{table}[].{constants[0]}")
            if noted is not None:
                noted.constants += constants[1:]
        if node.name == "any_expiring_before":
            noted = self._note(f"{table}[].expires_on")
            if noted is not None:
                noted.is_compared = True
        if node.node is not None:
            self._read(node.node, scope)
        for argument in node.args:
            if not isinstance(argument, nodes.Const):
                self._read(argument, scope)

    def _note(self, path: str | None) -> Noted | None:
        if path is None or path.split(".")[0] in ENGINE_NAMES:
            return None
        return self._found.setdefault(path, Noted())


def _constants(node: nodes.Node) -> list[Any]:
    if isinstance(node, nodes.Const):
        return [node.value]
    if isinstance(node, (nodes.List, nodes.Tuple)):
        return [one.value for one in node.items if isinstance(one, nodes.Const)]
    return []
