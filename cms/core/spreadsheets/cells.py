"""From cells to values: typed columns, every fault with its place and code."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from openpyxl.utils import get_column_letter

from cms.core.spreadsheets.writing import original
from cms.rules.form_values import is_email
from cms.rules.violations import RuleViolation

LINE_MOST = 200  # a text that may be longer may also hold several lines
_YES = {"是": True, "否": False, "": False}


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell's value with its place; `is_formula` where it computes."""

    row: int
    column: str
    value: Any
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Headers by column position, and the rows that are not blank."""

    headers: dict[str, int]
    rows: list[tuple[int, list[RawCell]]]


@dataclass(frozen=True, slots=True)
class CellError:
    """One fault of the file."""

    sheet: str
    row: int
    column: str
    header: str
    code: str
    message: str


class Column(Protocol):
    """One column of a template.

    `kind` is text, email, choice, choices (several, joined by 、), level (1–9),
    money, date (kept as an ISO text) or flag; `options` are the (stored value, shown
    text) pairs of a choice; `most` is the length of a text, 0 for any.
    """

    @property
    def field(self) -> str:
        """The field that the column fills."""

    @property
    def header(self) -> str:
        """The title of the column."""

    @property
    def kind(self) -> str:
        """The kind of value."""

    @property
    def most(self) -> int:
        """The greatest length of a text."""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What may be chosen."""

    @property
    def is_required(self) -> bool:
        """Whether an empty cell is a fault."""


EMPTY: dict[str, Any] = {
    "text": "",
    "email": "",
    "choice": "",
    "choices": [],
    "level": None,
    "money": None,
    "date": None,
    "flag": False,
}


def require_headers(sheet: RawSheet, columns: Iterable[Column]) -> None:
    """Refuse a sheet that lacks columns of the template (E-XL-06)."""
    missing = [
        column.header for column in columns if column.header not in sheet.headers
    ]
    if missing:
        raise RuleViolation("E-XL-06", field="file", columns="、".join(missing))


def letter_of(sheet: RawSheet, header: str) -> str:
    """Return the letter of a column, empty where the sheet has none of that title."""
    position = sheet.headers.get(header)
    return "" if position is None else get_column_letter(position + 1)


def row_values(
    sheet: RawSheet,
    cells: list[RawCell],
    columns: Iterable[Column],
    sheet_name: str,
    errors: list[CellError],
) -> dict[str, Any]:
    """Return a row's values by field; faults are added to `errors`."""
    values = {}
    for column in columns:
        position = sheet.headers[column.header]
        row = cells[0].row if cells else 0
        cell = cells[position] if position < len(cells) else RawCell(row, "A", None)
        try:
            values[column.field] = read_cell(column, cell)
        except RuleViolation as fault:
            values[column.field] = EMPTY[column.kind]
            errors.append(
                CellError(
                    sheet_name,
                    cell.row,
                    cell.column,
                    column.header,
                    fault.code,
                    fault.message,
                )
            )
    return values


def read_cell(column: Column, cell: RawCell) -> Any:
    """Return the value of a cell.

    Raises:
        RuleViolation: E-XL-08 (empty), E-XL-09 (no such choice), E-XL-10 (no
            date), E-XL-11 (no number), E-XL-14 (a formula), E-XL-17 (too long),
            E-XL-18 (no e-mail address), E-CA-11 (no sum of money).
    """
    if cell.is_formula:
        raise RuleViolation("E-XL-14")
    if cell.value is None or cell.value == "":
        if column.is_required:
            raise RuleViolation("E-XL-08")
        return EMPTY[column.kind]
    return _READERS[column.kind](column, cell.value)


def _plain(value: object) -> str:
    """Return a cell as text; 450203.0 reads 450203."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return original(str(value).strip())


def _text(column: Column, value: object) -> str:
    text = _plain(value)
    if column.most <= LINE_MOST:
        text = " ".join(text.split())
    if column.most and len(text) > column.most:
        raise RuleViolation("E-XL-17", most=column.most, count=len(text))
    return text


def _email(column: Column, value: object) -> str:
    text = _text(column, value)
    if not is_email(text):
        raise RuleViolation("E-XL-18", value=text[:40])
    return text


def _choice(column: Column, value: object) -> str:
    text = _plain(value)
    for stored, shown in column.options:
        if text in (stored, shown) or shown == f"{stored} {text}":
            return stored
    raise RuleViolation("E-XL-09", value=text[:40])


def _choices(column: Column, value: object) -> list[str]:
    parts = re.split("[、，,；;\n]", str(value))
    found = [_choice(column, part) for part in parts if part.strip()]
    return list(dict.fromkeys(found))


def _level(column: Column, value: object) -> int:
    text = _plain(value)
    if text not in {str(level) for level in range(1, 10)}:
        raise RuleViolation("E-XL-09", value=text[:40])
    return int(text)


def _money(column: Column, value: object) -> Decimal:
    try:
        sum_of_money = Decimal(_plain(value).replace(",", ""))
    except InvalidOperation as error:
        raise RuleViolation("E-XL-11", value=str(value)[:40]) from error
    is_sum = sum_of_money.is_finite() and 0 < sum_of_money < 10**12
    if not is_sum or sum_of_money != sum_of_money.quantize(Decimal("0.01")):
        raise RuleViolation("E-CA-11")
    return sum_of_money.quantize(Decimal("0.01"))


def _date(column: Column, value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = _plain(value).replace("/", "-").replace(".", "-")
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise RuleViolation("E-XL-10", value=str(value)[:40]) from error


def _flag(column: Column, value: object) -> bool:
    text = _plain(value)
    if text not in _YES:
        raise RuleViolation("E-XL-09", value=text[:40])
    return _YES[text]


_READERS: dict[str, Callable[[Column, Any], Any]] = {
    "text": _text,
    "email": _email,
    "choice": _choice,
    "choices": _choices,
    "level": _level,
    "money": _money,
    "date": _date,
    "flag": _flag,
}
