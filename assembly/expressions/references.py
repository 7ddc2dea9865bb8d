"""Which data a template reads, and under which conditions it reads them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from assembly.expressions.conditions import UNKNOWN, Condition, Truth, value_of
from assembly.expressions.dialect import environment
from assembly.expressions.unparsing import unparse
from assembly.filters import COLUMNS


@dataclass(frozen=True)
class Guard:
    """What must be so before a place is printed.

    A condition that must give `expected`, or, with `variable`, a row of a table.
    """

    condition: Condition
    expected: bool = True
    variable: str = ""

    def __str__(self) -> str:
        if self.variable:
            return f"{self.variable} in {self.condition.text}"
        return self.condition.text if self.expected else f"not ({self.condition.text})"


@dataclass(frozen=True)
class Reference:
    """One reading of a path of the data, such as `ip_items[].number`.

    `use` is "print", "condition" (an `if` reads it) or "loop" (a `for` walks it);
    `line` is the line of the Jinja source; `article` names the clause (第X条) in
    whose text the reading stands, empty outside of them.
    """

    path: str
    guards: tuple[Guard, ...]
    line: int
    use: str = "print"
    tag: str = field(default="", compare=False)
    article: str = field(default="", compare=False)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The named clauses around the reading: the 第X条, then the conditions."""
        named = [self.article] if self.article else []
        for guard in self.guards:
            if guard.expected and not guard.variable:
                paths = read_paths(guard.condition.node, {})
                named += [path[7:] for path in paths if path.startswith("clause.")]
        return tuple(dict.fromkeys(named))

    @property
    def root(self) -> str:
        """The first name of the path."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


def possible(guards: tuple[Guard, ...], answers: Mapping[str, Any]) -> Truth:
    """Say whether a place behind `guards` is printed: yes, no, or None (open)."""
    if not guards:
        return True
    first, rest = guards[0], guards[1:]
    if first.variable:
        return _possible_row(first, rest, answers)
    truth = first.condition.truth(answers)
    if truth is not None and truth != first.expected:
        return False
    following = possible(rest, answers)
    return following if truth is not None or following is False else None


def _possible_row(
    loop: Guard, rest: tuple[Guard, ...], answers: Mapping[str, Any]
) -> Truth:
    rows = value_of(loop.condition.node, answers)
    if rows is UNKNOWN:
        return None
    found: Truth = False
    for row in rows or ():
        truth = possible(rest, {**answers, loop.variable: row})
        if truth:
            return True
        found = None if truth is None else found
    return found


def references(source: str | nodes.Template) -> list[Reference]:
    """Return every reading in a template's Jinja source, in the order of the text.

    Names of loops are resolved to their table: `item.number` inside
    `for item in ip_items` reads `ip_items[].number`.
    """
    tree = environment().parse(source) if isinstance(source, str) else source
    return list(_walk(tree.body, (), {}))


def read_paths(expression: nodes.Node, scope: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths an expression reads; `scope` maps loop names to their rows."""
    if isinstance(expression, (nodes.Name, nodes.Getattr)):
        path = path_of(expression, scope)
        if path is not None:
            yield path
        return
    if isinstance(expression, nodes.Filter) and expression.node is not None:
        yield from _columns(expression, scope)
    for child in expression.iter_child_nodes():
        if isinstance(child, nodes.Operand):
            yield from read_paths(child.expr, scope)
        elif isinstance(child, nodes.Expr):
            yield from read_paths(child, scope)


def path_of(expression: nodes.Node, scope: Mapping[str, str]) -> str | None:
    """Return the path of a dotted name, None for the fields of `loop`."""
    if isinstance(expression, nodes.Name):
        if expression.name == "loop":
            return None
        return scope.get(expression.name, expression.name)
    if isinstance(expression, nodes.Getattr):
        holder = path_of(expression.node, scope)
        return None if holder is None else f"{holder}.{expression.attr}"
    return None


def _columns(node: nodes.Filter, scope: Mapping[str, str]) -> Iterator[str]:
    """Yield the columns that a filter over a table reads from its rows."""
    table = table_of(node, scope)
    if table is None:
        return
    for column in COLUMNS.get(node.name, ()):
        named: object = column
        if isinstance(column, int):  # the filter's own argument names the column
            argument = node.args[column] if column < len(node.args) else None
            named = argument.value if isinstance(argument, nodes.Const) else None
        if isinstance(named, str):
            yield f"{table}[].{named}"


def table_of(node: nodes.Node | None, scope: Mapping[str, str]) -> str | None:
    """Return the path of the table behind the filters of an expression."""
    while isinstance(node, nodes.Filter):
        node = node.node
    return None if node is None else path_of(node, scope)


def _walk(
    body: Sequence[nodes.Node], guards: tuple[Guard, ...], scope: Mapping[str, str]
) -> Iterator[Reference]:
    for node in body:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                tag = unparse(child)
                for path in read_paths(child, scope):
                    yield Reference(path, guards, child.lineno, "print", tag)
        elif isinstance(node, nodes.If):
            yield from _walk_if(node, guards, scope)
        elif isinstance(node, nodes.For):
            yield from _walk_for(node, guards, scope)


def _walk_if(
    node: nodes.If, guards: tuple[Guard, ...], scope: Mapping[str, str]
) -> Iterator[Reference]:
    passed = guards
    for branch in [node, *node.elif_]:
        condition = Condition(unparse(branch.test), branch.test)
        for path in read_paths(branch.test, scope):
            yield Reference(path, passed, branch.lineno, "condition", condition.text)
        yield from _walk(branch.body, (*passed, Guard(condition)), scope)
        passed = (*passed, Guard(condition, expected=False))
    yield from _walk(node.else_, passed, scope)


def _walk_for(
    node: nodes.For, guards: tuple[Guard, ...], scope: Mapping[str, str]
) -> Iterator[Reference]:
    text = unparse(node.iter)
    for path in read_paths(node.iter, scope):
        yield Reference(path, guards, node.lineno, "loop", text)
    if not isinstance(node.target, nodes.Name):
        return
    rows = table_of(node.iter, scope) or text
    loop = Guard(Condition(text, node.iter), variable=node.target.name)
    inner = {**scope, node.target.name: f"{rows}[]"}
    yield from _walk(node.body, (*guards, loop), inner)
