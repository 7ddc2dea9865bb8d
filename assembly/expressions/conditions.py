"""Conditions evaluated over answers that may still be incomplete: yes, no, unknown.

The interview asks a question while the guards of one of its places can still be
true; `bind` computes the clauses of a manifest once everything is known.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import TemplateError, nodes

from assembly.errors import AssemblyError, Fault, fault
from assembly.expressions.dialect import environment, refusals
from assembly.expressions.unparsing import unparse

Truth = bool | None  # None: not known yet


class _Unknown:
    """The value of a question not answered yet."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()
_FAILURES = (TypeError, ValueError, LookupError, ArithmeticError, AttributeError)
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}


@dataclass(frozen=True)
class Condition:
    """An expression of the dialect that answers yes or no."""

    text: str
    node: nodes.Node = field(compare=False, repr=False)

    def truth(self, answers: Mapping[str, Any]) -> Truth:
        """Answer yes, no, or None while an answer it depends on is missing."""
        value = value_of(self.node, answers)
        return None if isinstance(value, _Unknown) else bool(value)

    def holds(self, data: Mapping[str, Any]) -> bool:
        """Answer over complete data; raises AssemblyError when it cannot be told."""
        truth = self.truth(data)
        if truth is None:
            raise AssemblyError(fault("E-AS-21", condition=self.text))
        return truth

    def __str__(self) -> str:
        return self.text


def compile_condition(text: str) -> Condition:
    """Read the `when` of a manifest; raises AssemblyError when the dialect refuses."""
    sandbox = environment()
    try:
        tree = sandbox.parse("{{ " + text + " }}")
    except (TemplateError, RecursionError):
        raise AssemblyError([_refused(text, "写法有误，无法读懂")]) from None
    output = tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise AssemblyError([_refused(text, "只能写一个表达式")])
    reasons = refusals(output.nodes[0], sandbox.filters)
    if reasons:
        raise AssemblyError([_refused(text, reason) for reason in reasons])
    return Condition(unparse(output.nodes[0]), output.nodes[0])


def _refused(text: str, reason: str) -> Fault:
    return fault("E-AS-20", quote=text, tag=text, reason=reason)


@lru_cache(maxsize=1)
def _filters() -> dict[str, Callable[..., Any]]:
    return dict(environment().filters)


def value_of(node: nodes.Node, answers: Mapping[str, Any]) -> Any:
    """Return the value of an expression, UNKNOWN while an answer is missing."""
    return _READERS[type(node)](node, answers)


def _name(node: nodes.Name, answers: Mapping[str, Any]) -> Any:
    return answers.get(node.name, UNKNOWN)


def _dot(node: nodes.Getattr, answers: Mapping[str, Any]) -> Any:
    holder = value_of(node.node, answers)
    return holder.get(node.attr, UNKNOWN) if isinstance(holder, Mapping) else UNKNOWN


def _constant(node: nodes.Const, answers: Mapping[str, Any]) -> Any:
    return node.value


def _listed(node: nodes.List | nodes.Tuple, answers: Mapping[str, Any]) -> Any:
    return [value_of(item, answers) for item in node.items]


def _and(node: nodes.And, answers: Mapping[str, Any]) -> Any:
    left = value_of(node.left, answers)
    if left is not UNKNOWN and not left:
        return left
    right = value_of(node.right, answers)
    if left is not UNKNOWN or (right is not UNKNOWN and not right):
        return right
    return UNKNOWN


def _or(node: nodes.Or, answers: Mapping[str, Any]) -> Any:
    left = value_of(node.left, answers)
    if left is not UNKNOWN and left:
        return left
    right = value_of(node.right, answers)
    if left is not UNKNOWN or (right is not UNKNOWN and right):
        return right
    return UNKNOWN


def _not(node: nodes.Not, answers: Mapping[str, Any]) -> Any:
    value = value_of(node.node, answers)
    return UNKNOWN if value is UNKNOWN else not value


def _choice(node: nodes.CondExpr, answers: Mapping[str, Any]) -> Any:
    test = value_of(node.test, answers)
    if test is UNKNOWN or (not test and node.expr2 is None):
        return UNKNOWN
    chosen = node.expr1 if test or node.expr2 is None else node.expr2
    return value_of(chosen, answers)


def _compare(node: nodes.Compare, answers: Mapping[str, Any]) -> Any:
    left = value_of(node.expr, answers)
    known = True
    for operand in node.ops:
        right = value_of(operand.expr, answers)
        answer = _apply(_OPERATORS[operand.op], left, right)
        if answer is not UNKNOWN and not answer:
            return False
        known = known and answer is not UNKNOWN
        left = right
    return True if known else UNKNOWN


def _apply(function: Callable[..., Any], *values: Any) -> Any:
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    try:
        return function(*values)
    except _FAILURES:
        return UNKNOWN


def _sum(node: nodes.Add, answers: Mapping[str, Any]) -> Any:
    left, right = value_of(node.left, answers), value_of(node.right, answers)
    return _apply(operator.add, left, right)


def _difference(node: nodes.Sub, answers: Mapping[str, Any]) -> Any:
    left, right = value_of(node.left, answers), value_of(node.right, answers)
    return _apply(operator.sub, left, right)


def _negative(node: nodes.Neg, answers: Mapping[str, Any]) -> Any:
    return _apply(operator.neg, value_of(node.node, answers))


def _filter(node: nodes.Filter, answers: Mapping[str, Any]) -> Any:
    subject = UNKNOWN if node.node is None else value_of(node.node, answers)
    arguments = [value_of(argument, answers) for argument in node.args]
    return _apply(_filters()[node.name], subject, *arguments)


def _test(node: nodes.Test, answers: Mapping[str, Any]) -> Any:
    value = value_of(node.node, answers)
    if value is UNKNOWN:
        return UNKNOWN
    return value is None if node.name == "none" else True


_READERS: dict[type[nodes.Node], Callable[[Any, Mapping[str, Any]], Any]] = {
    nodes.Name: _name,
    nodes.Getattr: _dot,
    nodes.Const: _constant,
    nodes.List: _listed,
    nodes.Tuple: _listed,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.CondExpr: _choice,
    nodes.Compare: _compare,
    nodes.Add: _sum,
    nodes.Sub: _difference,
    nodes.Neg: _negative,
    nodes.Filter: _filter,
    nodes.Test: _test,
}
