"""Tags of a template's text: finding them, and judging each one by itself."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from assembly.expressions.dialect import (
    MAX_LOOPS,
    RESERVED_NAMES,
    STATEMENTS,
    Sandbox,
    refusals,
)

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# docxtpl takes away the paragraph, row, cell or run around a tag with a prefix.
PREFIX = re.compile(r"(\{[{%#])(p|r|tr|tc)(?=\s)")
MAX_TAG = 1_000
_HEAD = re.compile(r"\{%[-+]?\s*(\w+)")
_CLOSERS = {"if": "{% endif %}", "elif": "{% endif %}", "for": "{% endfor %}"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as it stands: its text, its place, and its statement ('' for a value)."""

    text: str
    start: int
    end: int
    keyword: str = ""

    @property
    def is_value(self) -> bool:
        """Whether the tag prints a value."""
        return self.text.startswith("{{")

    @property
    def is_comment(self) -> bool:
        """Whether the tag is a comment."""
        return self.text.startswith("{#")


def tags(source: str) -> Iterator[Tag]:
    """Yield the tags of `source` in order, with docxtpl's prefixes still on them."""
    for match in TAG.finditer(source):
        text = match.group()
        head = _HEAD.match(PREFIX.sub(r"\1", text))
        yield Tag(text, match.start(), match.end(), head.group(1) if head else "")


def parse_tag(tag: Tag, sandbox: Sandbox) -> nodes.Node | None:
    """Return the tag's own node, None for `else` and the closing tags.

    Raises TemplateSyntaxError when Jinja cannot read it.
    """
    text = PREFIX.sub(r"\1", tag.text)
    if tag.is_value:
        output = sandbox.parse(text).body[0]
        assert isinstance(output, nodes.Output)  # noqa: S101 - a value prints
        return output.nodes[0]
    if tag.keyword not in _CLOSERS:
        return None
    if tag.keyword == "elif":
        text = re.sub(r"(\{%[-+]?\s*)elif\b", r"\1if", text, count=1)
    return sandbox.parse(text + _CLOSERS[tag.keyword]).body[0]


def judge_tag(tag: Tag, sandbox: Sandbox, filters: Collection[str]) -> list[str]:
    """Say in Chinese what is wrong with one tag; empty when nothing is."""
    if tag.is_comment:
        return []
    if len(tag.text) > MAX_TAG:
        return [f"标签超过{MAX_TAG}个字符"]
    if not tag.is_value and tag.keyword not in STATEMENTS:
        return [f"不支持语句“{tag.keyword}”" if tag.keyword else "空标签"]
    try:
        node = parse_tag(tag, sandbox)
    except (TemplateSyntaxError, IndexError):
        return ["写法有误，无法读懂"]
    except RecursionError:
        return ["表达式嵌套过深"]
    return [] if node is None else judge_node(node, filters)


def judge_node(node: nodes.Node, filters: Collection[str]) -> list[str]:
    """Judge a value, an `if` or a `for` by the dialect, without its body."""
    if isinstance(node, nodes.If):
        return refusals(node.test, filters)
    if isinstance(node, nodes.For):
        return _judge_loop(node, filters)
    return refusals(node, filters)


def _judge_loop(node: nodes.For, filters: Collection[str]) -> list[str]:
    faults = refusals(node.iter, filters)
    if not isinstance(node.iter, (nodes.Name, nodes.Getattr, nodes.Filter)):
        faults.append("for 只能逐行读取表格变量")
    if not isinstance(node.target, nodes.Name):
        return [*faults, "for 之后只能写一个变量名"]
    if node.target.name in RESERVED_NAMES:
        faults.append(f"“{node.target.name}”是保留字")
    reading = nodes.Name(node.target.name, "load")
    faults += refusals(reading, filters) if not faults else []
    if node.test is not None:
        faults.append("for 里不能再写 if")
    if node.recursive:
        faults.append("for 不能递归")
    if node.else_:
        faults.append("for 不能带 else")
    return faults


def judge_nesting(node: nodes.For, loops: tuple[str, ...]) -> list[str]:
    """Judge a loop inside `loops` (the names of their rows, the outermost first).

    A loop in a loop walks a table of the outer row, so that the work grows with the
    data and not with its square or cube.
    """
    faults = []
    table: nodes.Node | None = node.iter
    while isinstance(table, (nodes.Filter, nodes.Getattr)):
        table = table.node
    root = table.name if isinstance(table, nodes.Name) else ""
    if isinstance(node.target, nodes.Name) and node.target.name in loops:
        faults.append(f"内外两层循环都用了变量名“{node.target.name}”")
    if len(loops) >= MAX_LOOPS:
        faults.append(f"循环嵌套超过{MAX_LOOPS}层")
    if loops and root != loops[-1]:
        faults.append(f"内层循环只能读外层这一行的表格（{loops[-1]}.…）")
    return faults
