"""How a value enters a document: as text that can never become markup.

`finalize` stands behind every `{{ }}`: it prints the value, refuses what no document
may hold, and escapes. Only the engine itself makes a `Fragment`, which passes as it is.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from markupsafe import escape

from assembly.characters import FORBIDDEN
from assembly.errors import AssemblyError, fault
from assembly.filters import FilterError, printed
from assembly.values import Money, Percent

# Private-use marks that the engine sets and later replaces. Values never hold them.
ARTICLE, REFERENCE, END, PICTURE = "\ue0a0", "\ue0a1", "\ue0a2", "\ue0a3"
MARK = re.compile("([\ue0a0\ue0a1\ue0a3])([^\ue0a2]*)\ue0a2")

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&#34;",
    "'": "&#39;",
    "\t": _TAB,
    "\n": _BREAK,
    "\r\n": _BREAK,
    "\r": _BREAK,
    "\u2028": _BREAK,
    "\u2029": _BREAK,
}
_CONTROL = re.compile(f"[\t\n\r\u2028\u2029{FORBIDDEN}]")
_ONE_SPECIAL = re.compile(f"\r\n|[&<>\"'\t\n\r\u2028\u2029]|([{FORBIDDEN}])")
_LINES = re.compile("\r\n|[\t\n\r\u2028\u2029]")
# What these print needs no escaping.
_HARMLESS = frozenset({int, Decimal, Money, Percent, date, bool, type(None)})
_COLOR = re.compile("#?[0-9A-Fa-f]{6}|auto")
_QUOTE_LENGTH = 20
_MOST_COLUMNS = 63


class Fragment(str):
    """Markup made by the engine; no filter of the dialect can return one.

    Text that a template adds to it (`"本合同" + ref.payment`) is escaped.
    """

    __slots__ = ()

    def __add__(self, other: object) -> "Fragment":
        return Fragment(str.__add__(self, finalize(other)))

    def __radd__(self, other: object) -> "Fragment":
        return Fragment(str.__add__(finalize(other), self))


class Block(Fragment):
    """Paragraphs made by the engine, which stand between paragraphs only."""

    __slots__ = ()


def finalize(value: Any) -> str:
    """Return a value as it stands in a run: printed, checked, escaped.

    Raises:
        AssemblyError: E-AS-08, it holds a character that no document may hold.
        FilterError: it is a record or a table.
    """
    kind = type(value)
    if kind is str:
        text = value
    elif kind in _HARMLESS:
        return printed(value)
    elif kind is Fragment:
        return value  # type: ignore[no-any-return]
    else:
        text = text_of(value)
    if _CONTROL.search(text) is None:
        return escape(text)
    return _ONE_SPECIAL.sub(_escape, text)


def text_of(value: Any) -> str:
    """Return the plain text of a value; one that is missing raises UndefinedError."""
    if isinstance(value, Undefined):
        return str(value)
    return repr(value) if type(value) is float else printed(value)


def flat(value: Any) -> Fragment:
    """Return a value for an attribute or a text that holds no line breaks."""
    if type(value) is Fragment:
        return value
    line = _LINES.sub(" ", text_of(value))
    return Fragment(_ONE_SPECIAL.sub(_escape, line))


def color(value: Any) -> Fragment:
    """Return the color of a cell."""
    text = text_of(value)
    if not _COLOR.fullmatch(text):
        raise FilterError("颜色应为六位十六进制数")
    return Fragment(text.removeprefix("#"))


def count(value: Any) -> Fragment:
    """Return the number of columns that a cell spans."""
    text = text_of(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_COLUMNS):
        raise FilterError(f"列数应为 1 至 {_MOST_COLUMNS} 的整数")
    return Fragment(text)


def run(value: Any) -> Fragment:
    """Return a value as a run of its own, for a tag between runs."""
    text = finalize(value)
    return Fragment(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>')


def paragraph(value: Any) -> Fragment:
    """Return a value as a paragraph of its own, for a tag between paragraphs."""
    if isinstance(value, Block):
        return Fragment(value)
    return Fragment(f"<w:p>{run(value)}</w:p>")


# The filters of places other than a run's text. No template can write these names.
PLACES: dict[str, Callable[[Any], Fragment]] = {
    "place flat": flat,
    "place color": color,
    "place count": count,
    "place run": run,
    "place paragraph": paragraph,
}


def _escape(match: re.Match[str]) -> str:
    character = match.group(1)
    if character is not None:
        shown = match.string[:_QUOTE_LENGTH].replace(character, "□")
        code = f"U+{ord(character):04X}"
        raise AssemblyError(fault("E-AS-08", value=shown, character=code))
    return _ESCAPES[match.group()]
