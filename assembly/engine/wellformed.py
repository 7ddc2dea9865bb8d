"""Proves at compile time that whatever the data, the result is well-formed.

The walk keeps the state of an XML reader: the open elements, whether it stands inside
an attribute, and how many cells the current rows have. A loop must leave the state as
it found it and all branches of a condition must leave the same one; then every way
through the template is well-formed and every table has the cells its grid promises.
On the way each `{{ }}` is given the filter of the place it stands in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from jinja2 import nodes

from assembly.engine.sources import NUMBER

_TAG = re.compile(
    r"<(/?)([\w:.-]++)((?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)(/?)>"
)
_REST = re.compile(r"(?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\")*+(/?)>")
_OPENING = re.compile(r"<([\w:.-]++)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
_LAST_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*$")
_SPAN = re.compile(r'w:val="(\d+)"')
_MUSTACHE = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_STATIC_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
# Elements that hold paragraphs, elements whose text a value may fill without breaks.
BLOCKS = frozenset(
    {"w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"}
)
FLAT_TEXT = ("a:t", "m:t", "dc:", "cp:", "dcterms:")
FREE_ATTRIBUTES = frozenset({"descr", "title", "name", "cx", "cy", "id"})


class Table(NamedTuple):
    """A table being read: its grid columns, what its current row and cell take up."""

    columns: int = 0
    cells: int = 0
    places: int = 0
    span: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """Where a reader of the part stands."""

    stack: tuple[str, ...] = ()
    element: str = ""  # a start tag that is not closed yet
    attribute: str = ""  # its attribute whose value is being read
    tables: tuple[Table, ...] = ()

    @property
    def top(self) -> str:
        """Return the innermost open element."""
        return self.stack[-1] if self.stack else ""


class Unproven(Exception):
    """The part cannot be proven well-formed; says why, and at which line."""

    def __init__(self, reason: str, line: int = 0) -> None:
        """Keep the reason, which the author is shown."""
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Misplaced(Exception):
    """A value stands where no value may stand, whichever way it is rendered."""

    def __init__(self, reason: str, line: int) -> None:
        """Keep the reason and the line of the tag."""
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Walk:
    """One walk through the tree of a part, which it also rewrites."""

    def __init__(self, kind: str) -> None:
        """Prepare the walk through a part of `kind`."""
        self.is_body = kind == "body"
        self.reasons: list[Unproven] = []

    def whole(self, tree: nodes.Template) -> None:
        """Walk through a part.

        Raises:
            Misplaced: a value stands in a field code or another forbidden place.
            Unproven: a way through the part is not well-formed.
        """
        end = self.through(tree.body, State())
        if end != State():
            raise Unproven("元素没有全部关闭")

    def through(self, body: Sequence[nodes.Node], state: State) -> State:
        """Return the state after the nodes of `body`."""
        for node in body:
            if isinstance(node, nodes.Output):
                state = self._output(node, state)
            elif isinstance(node, nodes.If):
                state = self._branches(node, state)
            elif isinstance(node, nodes.For):
                state = self._loop(node, state)
            else:
                raise Unproven(f"含有标签 {type(node).__name__}", node.lineno)
        return state

    def _branches(self, node: nodes.If, state: State) -> State:
        ends = [self.through(node.body, state)]
        ends += [self.through(other.body, state) for other in node.elif_]
        ends.append(self.through(node.else_, state))
        for end in ends[1:]:
            _same(ends[0], end, node.lineno, "条件")
        return ends[0]

    def _loop(self, node: nodes.For, state: State) -> State:
        if node.recursive:
            raise Unproven("循环是递归的", node.lineno)
        _same(state, self.through(node.body, state), node.lineno, "循环")
        _same(state, self.through(node.else_, state), node.lineno, "循环")
        return state

    def _output(self, node: nodes.Output, state: State) -> State:
        pieces: list[nodes.Expr] = []
        for piece in node.nodes:
            if isinstance(piece, nodes.TemplateData):
                piece.data, state = self._read(piece.data, state, piece.lineno)
            else:
                place = self._place(state, piece.lineno)
                if place:
                    piece = nodes.Filter(  # noqa: PLW2901 (the piece, in its place)
                        piece, place, [], [], None, None, lineno=piece.lineno
                    )
            pieces.append(piece)
        node.nodes = pieces
        return state

    def _place(self, state: State, line: int) -> str:
        """Return the filter of the place where a value stands, empty in a run."""
        if state.attribute:
            return _attribute_place(state, line)
        if state.element:
            raise Misplaced("标签不能写在元素的属性名处", line)
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
        raise Misplaced(
            "域代码中不能填写数据" if top == "w:instrText" else f"位于 {top} 之内", line
        )

    def _read(self, data: str, state: State, line: int) -> tuple[str, State]:
        """Return the text of the part as it is printed, and the state after it."""
        data = NUMBER.sub("", data)
        for typed, printed in _MUSTACHE:
            data = data.replace(typed, printed)
        reader = _Reader(state, line)
        return reader.read(data), reader.state


class _Reader:
    """Reads one stretch of static XML."""

    def __init__(self, state: State, line: int) -> None:
        self.state = state
        self.line = line
        self._stack = list(state.stack)
        self._printed: list[str] = []

    def read(self, data: str) -> str:
        position = self._finish_tag(data) if self.state.element else 0
        self._stack = list(self.state.stack)
        while position < len(data):
            start = data.find("<", position)
            if start < 0:
                start = len(data)
            if start > position:
                self._text(data[position:start])
            if start == len(data):
                break
            match = _TAG.match(data, start)
            if match is None:
                self._open_tag(data, start)
                break
            self._tag(match)
            self._printed.append(match.group())
            position = match.end()
        self.state = replace(self.state, stack=tuple(self._stack))
        return "".join(self._printed)

    def _text(self, text: str) -> None:
        if self._stack and self._stack[-1] == "w:t" and ("\n" in text or "\t" in text):
            for typed, printed in _STATIC_BREAKS.items():
                text = text.replace(typed, printed)
        self._printed.append(text)

    def _tag(self, match: re.Match[str]) -> None:
        closing, name, attributes, alone = match.groups()
        if closing:
            if not self._stack or self._stack.pop() != name:
                raise Unproven(f"元素 {name} 的关闭不成对", self.line)
            self._closed(name)
            return
        self._opened(name, attributes)
        if alone:
            self._closed(name)
        else:
            self._stack.append(name)

    def _open_tag(self, data: str, start: int) -> None:
        """Stop inside a start tag whose attribute a value fills."""
        match = _OPENING.match(data, start)
        rest = data[match.end() :] if match else ""
        name = _LAST_ATTRIBUTE.search(data, start, match.end() if match else start)
        if match is None or name is None or rest[:1] != '"' or '"' in rest[1:]:
            raise Unproven("标签把一个元素的开头分开了", self.line)
        self._printed.append(data[start:])
        self.state = replace(
            self.state, element=match.group(1), attribute=name.group(1)
        )

    def _finish_tag(self, data: str) -> int:
        """Read on to the end of the start tag that is open; return the position."""
        if '"' not in data:
            self._printed.append(data)
            return len(data)
        name, place = self.state.element, data.index('"') + 1
        match = _REST.match(data, place)
        if match is None:
            # Another value in a later attribute of the same element.
            attribute = _LAST_ATTRIBUTE.search(data, place, data.rindex('"'))
            if attribute is None:
                raise Unproven("标签把一个元素的开头分开了", self.line)
            self.state = replace(self.state, attribute=attribute.group(1))
            self._printed.append(data)
            return len(data)
        self._printed.append(data[: match.end()])
        if name == "w:gridSpan":
            raise Unproven("表格的列数由数据决定", self.line)
        stack = self.state.stack if match.group(1) else (*self.state.stack, name)
        self.state = replace(self.state, element="", attribute="", stack=stack)
        return match.end()

    def _opened(self, name: str, attributes: str) -> None:
        state = self.state
        if name == "w:tbl":
            self.state = replace(state, tables=(*state.tables, Table()))
        elif not state.tables:
            return
        elif name == "w:gridCol":
            self._count(columns=state.tables[-1].columns + 1)
        elif name == "w:tr":
            self._count(cells=0, places=0)
        elif name == "w:tc":
            self._count(span=1)
        elif name == "w:gridSpan":
            span = _SPAN.search(attributes)
            self._count(span=int(span.group(1)) if span else 1)

    def _closed(self, name: str) -> None:
        state = self.state
        if not state.tables:
            return
        table = state.tables[-1]
        if name == "w:tc" and self._stack[-1:] == ["w:tr"]:
            places = table.places + table.span
            self._count(cells=table.cells + 1, places=places, span=1)
        elif name == "w:tr":
            # docxtpl mends such a grid after rendering.
            if table.places != table.columns:
                raise Unproven("表格某行的格数与列数不一致", self.line)
            if any(table.cells > outer.columns for outer in state.tables[:-1]):
                raise Unproven("内层表格的列数多于外层", self.line)
            self._count(cells=0, places=0)
        elif name == "w:tbl":
            self.state = replace(state, tables=state.tables[:-1])

    def _count(self, **figures: int) -> None:
        *outer, table = self.state.tables
        self.state = replace(
            self.state, tables=(*outer, Table(**(table._asdict() | figures)))
        )


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


def _same(one: State, other: State, line: int, what: str) -> None:
    if one == other:
        return
    if one.stack == other.stack and one.tables != other.tables:
        raise Unproven(f"{what}改变了表格的列数", line)
    raise Unproven(f"{what}的开头和结尾不在同一层（如一个在表格里、一个在外）", line)
