"""How Jinja writes the function of a part: it yields bytes ready for the file.

Static text is a constant in UTF-8, a value is finalized into UTF-8, and a dot reads
the key of a dictionary in place, without a call. Pieces that still hold the mark of a
number stay text.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from assembly.engine.values import END, Fragment, finalize


class Generator(CodeGenerator):
    """Writes the code of a part."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Begin the module with the name that values are finalized by."""
        self.writeline("finalize = environment.finalize")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Read a key of a dictionary; anything else is a value that is missing."""
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            super().visit_Getattr(node, frame)
            return
        holder = self.temporary_identifier()
        self.write(f"({holder}[{node.attr!r}] if {node.attr!r} in ({holder} := ")
        self.visit(node.node, frame)
        self.write(f") else undefined(obj={holder}, name={node.attr!r}))")

    def _output_const_repr(self, group: Any) -> str:
        return repr("".join(group).encode())

    def _output_child_to_const(self, node: Any, frame: Frame, finalize: Any) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        raise nodes.Impossible

    def _output_child_pre(self, node: Any, frame: Frame, finalize: Any) -> None:
        self.write("finalize(")

    def _output_child_post(self, node: Any, frame: Frame, finalize: Any) -> None:
        self.write(")")


def finalize_bytes(value: Any) -> bytes | Fragment:
    """Return a value as it stands in the file, a mark as it is.

    Values in attributes come as fragments, their quotation marks escaped.
    """
    kind = type(value)
    # What is printable holds no break and nothing that is forbidden.
    if kind is str and value.isprintable():
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.encode()  # type: ignore[no-any-return]
    if kind is Fragment and END in value:
        return value  # type: ignore[no-any-return]
    return finalize(value).encode()
