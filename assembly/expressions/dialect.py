"""The dialect of templates: what an expression may hold, and the sandbox it runs in.

Everything that is not named here is refused. The sandbox is a second wall: no
globals, no tests but two, filters of our own only, and a dot that reads the key of
a dictionary and never the attribute of an object.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assembly.filters import FILTERS, printed

LOOP_FIELDS = frozenset({"index", "first", "last", "length"})
# Dictionaries that the engine provides; no template or manifest may declare them.
ENGINE_NAMES = frozenset(
    {"article", "ref", "clause", "image", "picture", "picture_id", "subdoc"}
)
RESERVED_NAMES = ENGINE_NAMES | {"loop", "self", "super", "caller", "varargs", "kwargs"}
STATEMENTS = frozenset({"if", "elif", "else", "endif", "for", "endfor"})
NAME = re.compile(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*", re.ASCII)
MAX_TEXT_CONSTANT = 200
MAX_NUMBER_CONSTANT = 10**15
MAX_DEPTH = 24
MAX_LOOPS = 3

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
)
_COMPARISONS = frozenset({"eq", "ne", "gt", "gteq", "lt", "lteq", "in", "notin"})
_TESTS = frozenset({"none", "defined"})
_PLAIN: tuple[type[nodes.Node], ...] = (
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Neg,
    nodes.CondExpr,
)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it: plain data, named filters, strict undefined."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read the key of a dictionary, or one of the three fields of a loop."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Refuse every subscript but a key of a dictionary."""
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing may be called."""
        return False


def escaped(value: object) -> str:
    """Print a value and escape it for the text of a run; undefined raises."""
    if isinstance(value, StrictUndefined):
        return str(value)
    return printed(value).translate(_ESCAPES)


def environment(
    finalize: Callable[[Any], str] = escaped,
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> Sandbox:
    """Return a new sandbox; `filters` replaces the named filters of the library."""
    sandbox = Sandbox(
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=False,
        loader=None,
        cache_size=0,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    sandbox.globals.clear()
    sandbox.filters = dict(FILTERS if filters is None else filters)
    sandbox.tests = {name: sandbox.tests[name] for name in _TESTS}
    return sandbox


def refusals(
    expression: nodes.Node, filters: Iterable[str], depth: int = 0
) -> list[str]:
    """Say in Chinese what the dialect refuses in `expression`; empty when nothing."""
    if depth > MAX_DEPTH:
        return ["表达式嵌套过深"]
    if isinstance(expression, _PLAIN):
        own: list[str] = []
        children = list(expression.iter_child_nodes())
    else:
        own, children = _judge(expression, filters)
    for child in children:
        own += refusals(child, filters, depth + 1)
    return own


def _judge(
    node: nodes.Node, filters: Iterable[str]
) -> tuple[list[str], list[nodes.Node]]:
    """Judge one node that is not plain; return its faults and what to judge next."""
    if isinstance(node, nodes.Filter):
        return _judge_filter(node, filters)
    judge = _JUDGES.get(type(node))
    if judge is None:
        return [f"不支持{_WORDS.get(type(node), '这种写法')}"], []
    return judge(node)


def _judge_plain_name(node: nodes.Name) -> tuple[list[str], list[nodes.Node]]:
    return _judge_name(node.name), []


def _judge_name(name: str) -> list[str]:
    if NAME.fullmatch(name) is None or "__" in name:
        return [f"变量名“{name}”只能用英文字母、汉字、数字和单个下划线"]
    if name in RESERVED_NAMES - ENGINE_NAMES - {"loop"}:
        return [f"“{name}”是保留字"]
    return []


def _judge_dot(node: nodes.Getattr) -> tuple[list[str], list[nodes.Node]]:
    faults = _judge_name(node.attr)
    if not isinstance(node.node, (nodes.Name, nodes.Getattr)):
        return [*faults, "点号只能跟在变量名之后"], [node.node]
    is_loop = isinstance(node.node, nodes.Name) and node.node.name == "loop"
    if is_loop and node.attr not in LOOP_FIELDS:
        faults.append("loop 只有 index、first、last")
    return faults, [node.node]


def _judge_constant(node: nodes.Const) -> tuple[list[str], list[nodes.Node]]:
    value: object = node.value
    if isinstance(value, str) and len(value) > MAX_TEXT_CONSTANT:
        return [f"文字常量超过{MAX_TEXT_CONSTANT}字"], []
    if isinstance(value, (int, float)) and not abs(value) < MAX_NUMBER_CONSTANT:
        return ["数字常量过大"], []
    if value is not None and not isinstance(value, (str, int, float, bool)):
        return ["不支持这种常量"], []
    return [], []


def _judge_comparison(node: nodes.Compare) -> tuple[list[str], list[nodes.Node]]:
    faults: list[str] = []
    following: list[nodes.Node] = [node.expr]
    for operand in node.ops:
        if operand.op not in _COMPARISONS:
            faults.append("不支持这种比较")
        listed = isinstance(operand.expr, (nodes.List, nodes.Tuple))
        if listed and operand.op in {"in", "notin"}:
            items = list(operand.expr.iter_child_nodes())
            if not all(isinstance(item, nodes.Const) for item in items):
                faults.append("in 之后的列表只能写常量")
            following += [item for item in items if isinstance(item, nodes.Const)]
        else:
            following.append(operand.expr)
    return faults, following


def _judge_filter(
    node: nodes.Filter, filters: Iterable[str]
) -> tuple[list[str], list[nodes.Node]]:
    faults = [] if node.name in filters else [f"没有名为“{node.name}”的过滤器"]
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        faults.append("过滤器的参数只能按顺序写")
    plain = (nodes.Const, nodes.Name, nodes.Getattr)
    if not all(isinstance(argument, plain) for argument in node.args):
        faults.append("过滤器的参数只能是常量或变量名")
    following: list[nodes.Node] = [a for a in node.args if isinstance(a, plain)]
    if node.node is None:
        return [*faults, "过滤器缺少对象"], following
    return faults, [node.node, *following]


def _judge_test(node: nodes.Test) -> tuple[list[str], list[nodes.Node]]:
    faults = []
    if node.name not in _TESTS:
        faults.append("is 之后只能写 none 或 defined")
    if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
        faults.append("is 之后不能有参数")
    return faults, [node.node]


_JUDGES: dict[type[nodes.Node], Callable[[Any], tuple[list[str], list[nodes.Node]]]] = {
    nodes.Name: _judge_plain_name,
    nodes.Getattr: _judge_dot,
    nodes.Const: _judge_constant,
    nodes.Compare: _judge_comparison,
    nodes.Test: _judge_test,
}
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Call: "调用",
    nodes.Getitem: "方括号取值",
    nodes.Slice: "切片",
    nodes.Mul: "乘号",
    nodes.Pow: "乘方",
    nodes.Div: "除号",
    nodes.FloorDiv: "整除",
    nodes.Mod: "取余",
    nodes.Concat: "连接号 ~",
    nodes.List: "列表",
    nodes.Tuple: "并列的值",
    nodes.Dict: "字典",
    nodes.Pos: "正号",
}
