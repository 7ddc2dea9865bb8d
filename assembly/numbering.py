"""Numbers of clauses: 第X条 in the order in which the clauses stand in the document.

`{{ article.NAME }}` and `{{ ref.NAME }}` leave marks; once the body is filled, and so
once every condition has been decided, one pass counts the clauses and writes the
numbers into both.
"""

import re
from collections.abc import Iterable
from functools import cache

from assembly.engine.values import ARTICLE, END, MARK, PICTURE, REFERENCE, Fragment
from assembly.errors import AssemblyError, fault
from notation.numerals import format_numeral

_FIRST_PICTURE = 1001


def marks(names: Iterable[str]) -> dict[str, dict[str, Fragment]]:
    """Return the dictionaries `article` and `ref` of a template with these clauses."""
    clauses = tuple(names)
    return {
        "article": {name: Fragment(f"{ARTICLE}{name}{END}") for name in clauses},
        "ref": {name: Fragment(f"{REFERENCE}{name}{END}") for name in clauses},
    }


@cache
def _article(number: int) -> str:
    return f"第{format_numeral(number)}条"


class Numbers:
    """The numbers of one document, counted once from its body."""

    def __init__(self) -> None:
        """Start with no clause counted."""
        self._clauses: dict[str, str] = {}
        # What a piece that is a mark and nothing else becomes.
        self._whole: dict[str, str] = {}
        self._pictures = _FIRST_PICTURE - 1

    def count(self, pieces: Iterable[str]) -> None:
        """Count the clauses of the body in their order.

        Raises:
            AssemblyError: E-AS-11, a clause stands twice.
        """
        for piece in pieces:
            if piece[0] == ARTICLE and piece.find(END) == len(piece) - 1:
                self._count(piece[1:-1])
                continue
            for kind, name in MARK.findall(piece):
                if kind == ARTICLE:
                    self._count(name)

    def _count(self, name: str) -> None:
        if name in self._clauses:
            raise AssemblyError(fault("E-AS-11", name=name))
        number = _article(len(self._clauses) + 1)
        self._clauses[name] = number
        self._whole[f"{ARTICLE}{name}{END}"] = number
        self._whole[f"{REFERENCE}{name}{END}"] = number

    def write(self, piece: str) -> str:
        """Return a piece with its marks replaced by numbers.

        Raises:
            AssemblyError: E-AS-12, a clause is referred to that does not stand.
        """
        return self._whole.get(piece) or MARK.sub(self._number, piece)

    def _number(self, match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == PICTURE:
            self._pictures += 1
            return str(self._pictures)
        if name not in self._clauses:
            raise AssemblyError(fault("E-AS-12", name=name))
        return self._clauses[name]
