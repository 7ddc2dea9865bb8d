"""Reads static XML as it comes, in stretches, and keeps where it stands.

The state holds the open elements, whether an attribute is being read, and how many
places the current row of each open table has taken up.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

_TAG = re.compile(
    r"<(/?)([\w:.-]++)((?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\"|'[^']*+')*+)(/?)>"
)
_REST = re.compile(r"(?:[^<>\"'/]++|/(?!>)|\"[^\"]*+\")*+(/?)>")
_OPENING = re.compile(r"<([\w:.-]++)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
_LAST_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*$")
_SPAN = re.compile(r'w:val="(\d+)"')
_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part cannot be proven well-formed, and the line that shows it."""

    text: str
    line: int


class Misplaced(Exception):
    """A value stands where no value may stand, whichever way it is rendered."""

    def __init__(self, reason: str, line: int) -> None:
        """Keep the reason and the line of the tag."""
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Reader:
    """Reads one stretch of static XML."""

    def __init__(self, state: State, reasons: list[Reason], line: int) -> None:
        """Start in `state`, to note in `reasons` what cannot be proven."""
        self.state = state
        self._reasons = reasons
        self._line = line
        self._stack = list(state.stack)
        self._printed: list[str] = []

    def read(self, data: str) -> str:
        """Return the stretch as it is printed; `state` is then the state behind it.

        Raises:
            Misplaced: a tag divides the opening of an element.
        """
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
            for typed, printed in _BREAKS.items():
                text = text.replace(typed, printed)
        self._printed.append(text)

    def _tag(self, match: re.Match[str]) -> None:
        closing, name, attributes, alone = match.groups()
        if closing:
            if name in self._stack[-1:]:
                self._stack.pop()
            else:
                self._note(f"元素 {name} 的关闭不成对")
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
            raise Misplaced("标签把一个元素的开头分开了", self._line)
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
                raise Misplaced("标签把一个元素的开头分开了", self._line)
            self.state = replace(self.state, attribute=attribute.group(1))
            self._printed.append(data)
            return len(data)
        self._printed.append(data[: match.end()])
        if name == "w:gridSpan":
            self._note("表格的列数由数据决定")
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
                self._note("表格某行的格数与列数不一致")
            if any(table.cells > outer.columns for outer in state.tables[:-1]):
                self._note("内层表格的列数多于外层")
            self._count(cells=0, places=0)
        elif name == "w:tbl":
            self.state = replace(state, tables=state.tables[:-1])

    def _note(self, text: str) -> None:
        self._reasons.append(Reason(text, self._line))

    def _count(self, **figures: int) -> None:
        *outer, table = self.state.tables
        self.state = replace(
            self.state, tables=(*outer, Table(**(table._asdict() | figures)))
        )
