"""Proves at compile time that whatever the data, the result is well-formed.

A loop must leave the state of a reader as it found it and all branches of a condition
must leave the same one; then every way through the template is well-formed and every
table has the cells its grid promises. On the way each `{{ }}` is given the filter of
the place it stands in.
"""

from collections.abc import Sequence

from jinja2 import nodes

from assembly.engine.reading import Misplaced, Reader, Reason, State
from assembly.engine.sources import NUMBER

_MUSTACHE = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
# Elements that hold paragraphs, elements whose text a value may fill without breaks.
BLOCKS = frozenset(
    {"w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"}
)
FLAT_TEXT = ("a:t", "m:t", "dc:", "cp:", "dcterms:")
FREE_ATTRIBUTES = frozenset({"descr", "title", "name", "cx", "cy", "id"})


class Walk:
    """One walk through the tree of a part, which it also rewrites.

    What cannot be proven is noted in `reasons` and the walk goes on as the text does.
    """

    def __init__(self) -> None:
        """Start with nothing found."""
        self.reasons: list[Reason] = []

    def whole(self, tree: nodes.Template) -> None:
        """Walk through a part.

        Raises:
            Misplaced: a value stands in a field code or another forbidden place.
        """
        end = self.through(tree.body, State())
        if end != State():
            self._note("元素没有全部关闭", 0)

    def through(self, body: Sequence[nodes.Node], state: State) -> State:
        """Return the state after the nodes of `body`."""
        for node in body:
            if isinstance(node, nodes.Output):
                state = self._output(node, state)
            elif isinstance(node, nodes.If):
                state = self._branches(node, state)
            elif isinstance(node, nodes.For):
                state = self._loop(node, state)
            elif not isinstance(node, nodes.Assign):
                self._note(f"含有标签 {type(node).__name__}", node.lineno)
                state = self.through(getattr(node, "body", ()), state)
        return state

    def _branches(self, node: nodes.If, state: State) -> State:
        ends = [self.through(node.body, state)]
        ends += [self.through(other.body, state) for other in node.elif_]
        ends.append(self.through(node.else_, state))
        for end in ends[1:]:
            self._compare(ends[0], end, node.lineno, "条件")
        return ends[-1] if node.else_ else ends[0]

    def _loop(self, node: nodes.For, state: State) -> State:
        if node.recursive:
            self._note("循环是递归的", node.lineno)
        end = self.through(node.body, state)
        self._compare(state, end, node.lineno, "循环")
        self._compare(end, self.through(node.else_, end), node.lineno, "循环")
        return end

    def _output(self, node: nodes.Output, state: State) -> State:
        pieces: list[nodes.Expr] = []
        for piece in node.nodes:
            if isinstance(piece, nodes.TemplateData):
                reader = Reader(state, self.reasons, piece.lineno)
                piece.data = reader.read(_as_printed(piece.data))
                state = reader.state
                pieces.append(piece)
            else:
                pieces.append(_in_place(piece, state))
        node.nodes = pieces
        return state

    def _compare(self, one: State, other: State, line: int, what: str) -> None:
        if one == other:
            return
        if one.stack == other.stack:
            self._note(f"{what}改变了表格的列数", line)
        else:
            self._note(
                f"{what}的开头和结尾不在同一层，例如一个在表格里、一个在外", line
            )

    def _note(self, text: str, line: int) -> None:
        self.reasons.append(Reason(text, line))


def _in_place(piece: nodes.Expr, state: State) -> nodes.Expr:
    place = _place(state, piece.lineno)
    if not place:
        return piece
    return nodes.Filter(piece, place, [], [], None, None, lineno=piece.lineno)


def _as_printed(data: str) -> str:
    data = NUMBER.sub("", data)
    for typed, printed in _MUSTACHE:
        data = data.replace(typed, printed)
    return data


def _place(state: State, line: int) -> str:
    """Return the filter of the place where a value stands, empty in a run."""
    if state.attribute:
        return _attribute_place(state, line)
    top = state.top
    if top in ("w:t", "w:delText"):
        return ""
    if top.startswith(FLAT_TEXT):
        return "place flat"
    if top in BLOCKS:
        return "place paragraph"
    if top == "w:sdtContent":
        return "place run" if _is_inside_paragraph(state) else "place paragraph"
    if top in ("w:p", "w:hyperlink", "w:ins", "w:smartTag"):
        return "place run"
    reason = "域代码中不能填写数据" if top == "w:instrText" else f"位于 {top} 之内"
    raise Misplaced(reason, line)


def _attribute_place(state: State, line: int) -> str:
    place = (state.element, state.attribute)
    if place == ("w:gridSpan", "w:val"):
        return "place count"
    if place == ("w:shd", "w:fill"):
        return "place color"
    if state.attribute in FREE_ATTRIBUTES:
        return "place flat"
    raise Misplaced(f"位于 {state.element} 的属性 {state.attribute} 之内", line)


def _is_inside_paragraph(state: State) -> bool:
    for name in reversed(state.stack):
        if name == "w:p":
            return True
        if name in BLOCKS:
            return False
    return False
