"""The gate in front of the compiler: a source passes only if all of it is allowed.

The tree that Jinja would compile is walked whole. When it is refused, each tag is
judged by itself as well, so that every fault is told with its tag.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from jinja2 import TemplateSyntaxError, nodes

from assembly.errors import Fault, fault
from assembly.expressions.dialect import Sandbox, environment
from assembly.expressions.tags import judge_nesting, judge_node, judge_tag, tags
from assembly.expressions.unparsing import unparse

MAX_TAGS = 20_000
_RAW = re.compile(r"\{%[-+]?\s*raw\b")
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)


def check(source: str) -> list[Fault]:
    """Return what the dialect refuses in a Jinja source; empty when all is allowed.

    `source` is one part as docxtpl prepares it, or plain text. Where in the markup a
    value may stand is the engine's question, not asked here.
    """
    sandbox = environment()
    refused = list(_judge_tree(source, sandbox))
    if not refused:
        return []
    faults: list[Fault] = []
    for tag in islice(tags(source), MAX_TAGS):
        reasons = judge_tag(tag, sandbox, sandbox.filters)
        faults += [_refused(tag.text, reason) for reason in reasons]
    return faults or refused


def _refused(tag: str, reason: str) -> Fault:
    return fault("E-AS-20", quote=tag, tag=tag, reason=reason)


def _judge_tree(source: str, sandbox: Sandbox) -> Iterator[Fault]:
    if source.count("{%") + source.count("{{") > MAX_TAGS:
        yield _refused("", f"标签超过{MAX_TAGS}个")
        return
    if _RAW.search(source):
        yield _refused("{% raw %}", "不支持语句“raw”")
        return
    try:
        tree = sandbox.parse(source)
    except TemplateSyntaxError as error:
        yield fault("E-AS-36", line=error.lineno)
        return
    except RecursionError:
        yield _refused("", "嵌套过深")
        return
    yield from _judge_body(tree.body, sandbox, ())


def _judge_body(
    body: Sequence[nodes.Node], sandbox: Sandbox, loops: tuple[str, ...]
) -> Iterator[Fault]:
    for node in body:
        if not isinstance(node, _ALLOWED):
            yield _refused("", f"不支持的语句（第{node.lineno}行）")
        elif isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, nodes.TemplateData):
                    yield from _judged(child, sandbox)
        elif isinstance(node, nodes.If):
            yield from _judged(node, sandbox)
            inner = [*node.body, *node.elif_, *node.else_]
            yield from _judge_body(inner, sandbox, loops)
        elif isinstance(node, nodes.For):
            yield from _judged(node, sandbox)
            yield from _judge_nesting(node, sandbox, loops)


def _judged(node: nodes.Node, sandbox: Sandbox) -> Iterator[Fault]:
    for reason in judge_node(node, sandbox.filters):
        yield _refused("", f"{reason}（第{node.lineno}行）")


def _judge_nesting(
    node: nodes.For, sandbox: Sandbox, loops: tuple[str, ...]
) -> Iterator[Fault]:
    for reason in judge_nesting(node, loops):
        yield _refused(f"{{% for {unparse(node.iter)} %}}", reason)
    target = node.target.name if isinstance(node.target, nodes.Name) else ""
    yield from _judge_body(node.body, sandbox, (*loops, target))
