"""Text and long text: printable characters, a length, one line unless long."""

import re
from collections.abc import Callable

from assembly.characters import FORBIDDEN
from assembly.dictionary import Variable
from assembly.fields.refusal import Refusal, shown

_FORBIDDEN = re.compile(f"[{FORBIDDEN}]")
_BREAK = re.compile("[\n\r\t\u2028\u2029]")
STOP = "。"
_SPECIAL = re.compile(f"[{FORBIDDEN}\n\r\t\u2028\u2029]")


def plain_text(value: object, kind: str = "文字") -> str:
    """Return a text without blanks at its ends.

    Raises:
        Refusal: E-AS-43 no text; E-AS-08 a character that no paper may hold.
    """
    if type(value) is not str:
        raise Refusal("E-AS-43", kind=kind)
    if found := _FORBIDDEN.search(value):
        character = f"U+{ord(found[0]):04X}"
        raise Refusal("E-AS-08", value=shown(value), character=character)
    return value.strip()


def text_reader(variable: Variable) -> Callable[[object], str]:
    """Return the reader of a text of one line (E-AS-44, E-AS-45).

    A full stop at its end goes: the sentence in which it is printed has its own.
    """
    limit = variable.max_length

    def read(value: object) -> str:
        if type(value) is str and _SPECIAL.search(value) is None:
            return _short(value.strip().rstrip(STOP), limit)
        if _BREAK.search(plain_text(value)):
            raise Refusal("E-AS-45")
        return _short(plain_text(value).rstrip(STOP), limit)

    return read


def long_text_reader(variable: Variable) -> Callable[[object], str]:
    """Return the reader of a text that may have several lines (E-AS-44)."""
    limit = variable.max_length

    def read(value: object) -> str:
        text = plain_text(value).replace("\r\n", "\n").replace("\r", "\n")
        return _short(text, limit)

    return read


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refusal("E-AS-44", limit=limit, count=len(text))
    return text
