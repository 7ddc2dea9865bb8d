"""Typed values of a paper: plain data that knows how it is printed (AS-03).

They are subclasses of plain types, so templates compare them with plain
constants: a choice equals its code, an amount or a percentage its number.
"""

from decimal import Decimal
from typing import Self


class _Exact(Decimal):
    """A decimal that keeps its type through + and - (and so its unit)."""

    __slots__ = ()

    def __add__(self, other: Decimal | int) -> Self:
        return type(self)(super().__add__(other))

    def __radd__(self, other: Decimal | int) -> Self:
        return type(self)(super().__radd__(other))

    def __sub__(self, other: Decimal | int) -> Self:
        return type(self)(super().__sub__(other))

    def __rsub__(self, other: Decimal | int) -> Self:
        return type(self)(super().__rsub__(other))


class Money(_Exact):
    """An amount in yuan with two places."""

    __slots__ = ()

    def __str__(self) -> str:
        return format(self, ",.2f")


class Percent(_Exact):
    """A percentage: 12.5 is 12.5 %."""

    __slots__ = ()

    def __str__(self) -> str:
        text = format(self, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


class Choice(str):
    """One of the options of a variable: equals its code, prints its label."""

    __slots__ = ("options",)
    options: tuple[tuple[str, str], ...]

    def __new__(cls, code: str, options: tuple[tuple[str, str], ...]) -> Self:
        """Take a code that is one of `options` (code, label)."""
        choice = super().__new__(cls, code)
        choice.options = options
        return choice

    @property
    def label(self) -> str:
        """The words that are printed for the code."""
        return dict(self.options)[str.__str__(self)]

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[tuple[str, str], ...]]]:
        return type(self), (str.__str__(self), self.options)


class Term(str):
    """A length of time such as 10年6个月; the text is what is printed."""

    __slots__ = ("days", "months", "years")
    years: int
    months: int
    days: int

    def __new__(cls, years: int = 0, months: int = 0, days: int = 0) -> Self:
        """Take whole years, months and days that are not all nothing."""
        parts = ((years, "年"), (months, "个月"), (days, "日"))
        term = super().__new__(cls, "".join(f"{n}{unit}" for n, unit in parts if n))
        term.years, term.months, term.days = years, months, days
        return term

    def __reduce__(self) -> tuple[type[Self], tuple[int, int, int]]:
        return type(self), (self.years, self.months, self.days)
