"""Conditions in Chinese words, for “why is this clause here?” and the interview."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from assembly.dictionary import Variable
from assembly.expressions import Condition, Guard
from assembly.expressions.references import path_of
from assembly.filters import printed
from assembly.needs import Guards, Needs

_COMPARISONS = {
    "eq": "为",
    "ne": "不为",
    "gt": "大于",
    "gteq": "不小于",
    "lt": "小于",
    "lteq": "不大于",
    "in": "为",
    "notin": "不为",
}
_DATES = {"gt": "晚于", "gteq": "不早于", "lt": "早于", "lteq": "不晚于"}
_NAMES = {"count": "行数", "total": "合计", "earliest": "最早", "latest": "最晚"}


def guards_in_words(guards: Guards, needs: Needs) -> str:
    """Return the conditions of a place joined by 且; empty when there are none."""
    writer = _Writer(needs)
    parts = []
    for guard in guards:
        words = writer.guard(guard)
        if words and words not in parts:
            parts.append(words)
    return "，且".join(parts)


def condition_in_words(condition: Condition, needs: Needs) -> str:
    """Return one condition in words."""
    return _Writer(needs).words(condition.node)


class _Writer:
    def __init__(self, needs: Needs, scope: Mapping[str, str] | None = None) -> None:
        self.needs = needs
        self.scope: dict[str, str] = dict(scope or {})

    def guard(self, guard: Guard) -> str:
        """Return a guard in words; a loop only gives its variable a meaning."""
        if guard.variable:
            node: nodes.Node | None = guard.condition.node
            while isinstance(node, nodes.Filter):
                node = node.node
            table = path_of(node, self.scope) if node is not None else None
            self.scope[guard.variable] = f"{table}[]"
            return ""
        return self.words(guard.condition.node, negated=not guard.expected)

    def words(self, node: nodes.Node, *, negated: bool = False) -> str:
        """Return a yes-or-no expression in words."""
        if isinstance(node, nodes.Not):
            return self.words(node.node, negated=not negated)
        if isinstance(node, nodes.And | nodes.Or):
            both = isinstance(node, nodes.And) != negated
            left = self.words(node.left, negated=negated)
            right = self.words(node.right, negated=negated)
            return f"（{left}，{'且' if both else '或'}{right}）"
        if isinstance(node, nodes.Compare) and len(node.ops) == 1:
            return self._comparison(node, negated)
        if isinstance(node, nodes.Filter):
            return self._filter(node, negated)
        if isinstance(node, nodes.Test):
            filled = (node.name == "none") == negated
            return f"{self.value(node.node)}{'已填写' if filled else '未填写'}"
        return self._name(node, negated)

    def _name(self, node: nodes.Node, negated: bool) -> str:
        path = path_of(node, self.scope) or ""
        if path.startswith("clause."):
            clause = self.needs.manifest and self.needs.manifest.clause(path[7:])
            title = clause.title if clause else path[7:]
            return f"{'不' if negated else ''}适用“{title}”条款"
        variable = self._variable(path)
        label = self.value(node)
        if variable is not None and variable.type == "boolean":
            return f"{label}为{'否' if negated else '是'}"
        return f"{label}{'未填写' if negated else '已填写'}"

    def _comparison(self, node: nodes.Compare, negated: bool) -> str:
        operator, right = node.ops[0].op, node.ops[0].expr
        variable = self._variable(path_of(node.expr, self.scope) or "")
        is_date = variable is not None and variable.type == "date"
        words = (_DATES if is_date else {}).get(operator, _COMPARISONS[operator])
        text = f"{self.value(node.expr)}{words}{self._constant(right, variable)}"
        return f"并非{text}" if negated else text

    def _constant(self, node: nodes.Node, variable: Variable | None) -> str:
        if isinstance(node, nodes.List | nodes.Tuple):
            return "或".join(self._constant(item, variable) for item in node.items)
        if not isinstance(node, nodes.Const):
            return self.value(node)
        options = dict(variable.choices) if variable is not None else {}
        value = options.get(node.value, node.value)
        return "空" if value is None else f"“{_shown(value)}”"

    def _filter(self, node: nodes.Filter, negated: bool) -> str:
        worded = _FILTERS.get(node.name)
        if worded is None or node.node is None:
            return f"{self.value(node)}{'为空' if negated else '不为空'}"
        text = worded(self, self.value(node.node), node)
        return f"并非{text}" if negated else text

    def codes(self, node: nodes.Filter) -> str:
        """Return “column is one of …” for a filter over the rows of a table."""
        table: nodes.Node | None = node.node
        while isinstance(table, nodes.Filter):
            table = table.node
        path = (path_of(table, self.scope) or "") if table is not None else ""
        first, *rest = node.args
        column = first.value if isinstance(first, nodes.Const) else ""
        variable = self._variable(f"{path}[].{column}")
        label = variable.label if variable is not None else str(column)
        if rest:
            return f"{label}为{'或'.join(self._constant(a, variable) for a in rest)}"
        if variable is not None and variable.type == "boolean":
            return f"{label}为是"
        return f"已填写{label}"

    def value(self, node: nodes.Node) -> str:
        """Return what an expression stands for: a label, a constant, a calculation."""
        if isinstance(node, nodes.Const):
            return _shown(node.value)
        if isinstance(node, nodes.Add | nodes.Sub):
            sign = "加" if isinstance(node, nodes.Add) else "减"
            return f"{self.value(node.left)}{sign}{self.value(node.right)}"
        if isinstance(node, nodes.Filter) and node.node is not None:
            return f"{self.value(node.node)}{_NAMES.get(node.name, '')}"
        path = path_of(node, self.scope)
        return f"“{self.needs.label(path.removesuffix('[]'))}”" if path else "所填内容"

    def _variable(self, path: str) -> Variable | None:
        try:
            return self.needs.dictionary.resolve(path)[-1]
        except LookupError:
            return None


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, float) else printed(value)


def _expiring(writer: _Writer, table: str, node: nodes.Filter) -> str:
    day = writer.value(node.args[0]) if node.args else "期限"
    return f"{table}中有权利在{day}之前届满"


_FILTERS: dict[str, Callable[[_Writer, str, nodes.Filter], str]] = {
    "any_where": lambda writer, table, node: f"{table}中有一行{writer.codes(node)}",
    "all_where": lambda writer, table, node: f"{table}的每一行都{writer.codes(node)}",
    "where": lambda writer, table, node: f"{table}中有一行{writer.codes(node)}",
    "any_expiring_before": _expiring,
    "count": lambda writer, table, node: f"{table}不为空",
}
