"""An expression of the dialect as text again, for messages and reasons."""

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

_WORDS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}
_BINARY: dict[type[nodes.Node], str] = {
    nodes.And: "and",
    nodes.Or: "or",
    nodes.Add: "+",
    nodes.Sub: "-",
}


def unparse(node: nodes.Node | None) -> str:
    """Return the text of an expression; what the dialect lacks prints as …."""
    if isinstance(node, nodes.BinExpr) and type(node) in _BINARY:
        return f"{_inner(node.left)} {_BINARY[type(node)]} {_inner(node.right)}"
    writer = _WRITERS.get(type(node))
    return "…" if writer is None else writer(node)


def _comparison(node: nodes.Compare) -> str:
    rest = [f"{_WORDS[one.op]} {_inner(one.expr)}" for one in node.ops]
    return " ".join([_inner(node.expr), *rest])


def _filter(node: nodes.Filter) -> str:
    arguments = ", ".join(unparse(argument) for argument in node.args)
    call = f"({arguments})" if arguments else ""
    return f"{_inner(node.node)}|{node.name}{call}"


def _choice(node: nodes.CondExpr) -> str:
    chosen, other = _inner(node.expr1), _inner(node.expr2)
    return f"{chosen} if {_inner(node.test)} else {other}"


def _listed(node: nodes.List | nodes.Tuple) -> str:
    return "[" + ", ".join(unparse(item) for item in node.items) + "]"


def _constant(node: nodes.Const) -> str:
    value: object = node.value
    if isinstance(value, str):
        quote = "'" if '"' in value else '"'
        return f"{quote}{value}{quote}"
    if value is None or isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _inner(node: nodes.Node | None) -> str:
    """Put an operand into brackets where its reading would change without them."""
    loose = (
        nodes.And,
        nodes.Or,
        nodes.Not,
        nodes.Compare,
        nodes.CondExpr,
        nodes.Add,
        nodes.Sub,
        nodes.Test,
    )
    return f"({unparse(node)})" if isinstance(node, loose) else unparse(node)


_WRITERS: dict[type[nodes.Node] | type[None], Callable[[Any], str]] = {
    nodes.Name: lambda node: str(node.name),
    nodes.Getattr: lambda node: f"{unparse(node.node)}.{node.attr}",
    nodes.Const: _constant,
    nodes.Not: lambda node: f"not {_inner(node.node)}",
    nodes.Neg: lambda node: f"-{_inner(node.node)}",
    nodes.Compare: _comparison,
    nodes.Filter: _filter,
    nodes.Test: lambda node: f"{_inner(node.node)} is {node.name}",
    nodes.CondExpr: _choice,
    nodes.List: _listed,
    nodes.Tuple: _listed,
}
