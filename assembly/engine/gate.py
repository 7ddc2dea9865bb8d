"""The gate in front of the compiler: every node of a part passes the dialect's list."""

from collections.abc import Iterator, Sequence

from jinja2 import nodes

from assembly.engine.sandbox import sandbox
from assembly.engine.sources import PartSource
from assembly.errors import AssemblyError, Fault, fault
from assembly.expressions.tags import judge_nesting, judge_node
from assembly.expressions.unparsing import unparse


def admit(source: PartSource, tree: nodes.Template) -> None:
    """Let the tree of a part pass.

    Raises:
        AssemblyError: E-AS-20, with every expression that the dialect refuses.
    """
    faults = list(_refusals(tree.body, source))
    if faults:
        raise AssemblyError(faults)


def _refusals(
    body: Sequence[nodes.Node], source: PartSource, loops: tuple[str, ...] = ()
) -> Iterator[Fault]:
    for node in body:
        if isinstance(node, nodes.Output):
            for piece in node.nodes:
                if not isinstance(piece, nodes.TemplateData) and not _is_span(piece):
                    yield from _judged(piece, source)
        elif isinstance(node, nodes.If):
            yield from _judged(node, source)
            inner = [*node.body, *node.elif_, *node.else_]
            yield from _refusals(inner, source, loops)
        elif isinstance(node, nodes.For):
            yield from _judged(node, source)
            for reason in judge_nesting(node, loops):
                yield _refused(source, node, reason)
            target = getattr(node.target, "name", "")
            yield from _refusals([*node.body, *node.else_], source, (*loops, target))
        else:
            yield _refused(source, node, "不支持的语句")


def _judged(node: nodes.Node, source: PartSource) -> Iterator[Fault]:
    for reason in judge_node(node, sandbox().filters):
        yield _refused(source, node, reason)


def _is_span(node: nodes.Node) -> bool:
    """Whether this is what docxtpl writes for `hm`: `2 * loop.length`."""
    return (
        isinstance(node, nodes.Mul)
        and isinstance(node.left, nodes.Const)
        and isinstance(node.right, nodes.Getattr)
        and isinstance(node.right.node, nodes.Name)
        and (node.right.node.name, node.right.attr) == ("loop", "length")
    )


def _refused(source: PartSource, node: nodes.Node, reason: str) -> Fault:
    # Some statements of Jinja carry no line.
    number = source.paragraph_at(node.lineno) if node.lineno else 0
    quote = source.quote(number)
    tag = unparse(node) if isinstance(node, nodes.Expr) else quote
    return fault("E-AS-20", tag=tag, reason=reason).at(source.name, number, quote)
