"""Named filters of the template dialect, and how each value is printed.

`FILTERS` is the whole list: a template can call nothing else. A filter takes plain
data and gives plain data; escaping comes after all of them. What is left unfilled
(None) passes through and prints 无.

`COLUMNS` says which columns of a table a filter reads, so that the questions of a
template are known without running it: an index means the argument of that index
names a column, a text is a column.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assembly.values import Choice, Money, Percent, Term
from notation.dates import chinese_date, chinese_month, plain_date, years_later
from notation.masking import mask_account, mask_identity_number, mask_phone
from notation.money import in_capitals, read_capitals
from notation.numerals import format_numeral

NOTHING = "无"
# In every Chinese font: a borrowed glyph such as ☑ is misplaced when a PDF is read.
TICKED, UNTICKED = "■", "□"
INDENT = "　　"
_LINE_ENDS = re.compile("\r\n|[\n\r\u2028\u2029]")
_IDENTITY_LENGTH = 18
_PHONE_LENGTH = 11
Row = Mapping[str, Any]
Rows = Sequence[Row]


class FilterError(ValueError):
    """A filter met a value that it does not take."""


def printed(value: object) -> str:
    """Return a value as it stands in a paper, not yet escaped.

    None is 无, an amount `3,200,000.00`, a percentage `12.5%`, a date 2026年3月5日,
    a choice its label, a boolean 是 or 否, a list of values its parts joined by 、.

    Raises:
        FilterError: a record or a table, of which only fields can be printed.
    """
    printer = _PRINTERS.get(type(value))
    if printer is None:
        raise FilterError("记录和表格不能整个印出，请写出要印的字段")
    return printer(value) or NOTHING


def _printed_list(values: Iterable[object]) -> str:
    return "、".join(printed(value) for value in values)


_PRINTERS: dict[type, Callable[[Any], str]] = {
    str: str,
    type(None): lambda _: NOTHING,
    Choice: lambda choice: choice.label,
    Term: str,
    Money: str,
    Percent: str,
    date: plain_date,
    bool: lambda value: "是" if value else "否",
    int: str,
    Decimal: lambda number: f"{number:f}",
    list: _printed_list,
    tuple: _printed_list,
}


# ── one value ───────────────────────────────────────────────────────────


def capitals(value: Decimal | None) -> str | None:
    """Return an amount in yuan in capitals: 叁佰贰拾万元整."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise FilterError("capitals 只用于金额")
    amount = Decimal(value)
    text = in_capitals(amount)
    if read_capitals(text) != amount:  # figures and capitals say one amount
        raise FilterError("金额的大写与小写不等")
    return text


def chinese_date_filter(value: date | None) -> str | None:
    """Return a date as 二〇二六年三月五日."""
    return None if value is None else chinese_date(_date(value, "chinese_date"))


def chinese_month_filter(value: date | None) -> str | None:
    """Return a date's month as 二〇二六年三月."""
    return None if value is None else chinese_month(_date(value, "chinese_month"))


def years_after(value: date | None, years: int) -> date | None:
    """Return the corresponding day `years` later (a use right's last day and so on)."""
    return None if value is None else years_later(_date(value, "years_after"), years)


def numeral(value: int | None) -> str | None:
    """Return a whole number as a Chinese numeral: 三, 一百零二."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise FilterError("numeral 只用于整数")
    return format_numeral(value)


def masked(value: str | None) -> str | None:
    """Return an identity number, telephone or account number with stars."""
    if value is None:
        return None
    if len(value) == _IDENTITY_LENGTH:
        return mask_identity_number(value)
    if len(value) == _PHONE_LENGTH and value.isdigit():
        return mask_phone(value)
    return mask_account(value)


def or_else(value: object, words: str) -> object:
    """Return `words` where a value is left unfilled, instead of 无."""
    return words if value is None or value == "" else value


def indented(value: str | None) -> str | None:
    """Return a text whose further lines begin two characters in, like a paragraph."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise FilterError("indented 只用于文字")
    return f"\n{INDENT}".join(_LINE_ENDS.split(value))


def checked(value: object, code: object) -> str:
    """Return ■ when a choice (or one of several) is `code`, else □."""
    chosen = value if isinstance(value, list | tuple) else (value,)
    return TICKED if code in chosen and value is not None else UNTICKED


def checkboxes(value: object) -> str:
    """Return all options of a choice as boxes: ■普通许可 □排他许可; also 是 and 否."""
    if value is None or isinstance(value, bool):
        return f"{checked(value, True)}是 {checked(value, False)}否"
    chosen = list(value) if isinstance(value, list | tuple) else [value]
    if not chosen or not isinstance(chosen[0], Choice):
        raise FilterError("checkboxes 只用于选项和是否")
    return " ".join(
        f"{checked(chosen, code)}{label}" for code, label in chosen[0].options
    )


# ── tables ──────────────────────────────────────────────────────────────


def joined(rows: Iterable[Row] | None, column: str) -> str | None:
    """Return a column of a table joined by 、; unfilled cells are left out."""
    if rows is None:
        return None
    parts = [printed(row[column]) for row in rows if row[column] is not None]
    return "、".join(parts) or None


def count(rows: Sequence[Any] | None) -> int:
    """Return the number of rows."""
    return len(rows or ())


def total(rows: Rows | None, column: str) -> Decimal | None:
    """Return the sum of a column of amounts, percentages or numbers."""
    cells = _cells(rows, column)
    return sum(cells[1:], cells[0]) if cells else None


def where(rows: Rows | None, column: str, *codes: object) -> list[Row]:
    """Return the rows whose column is one of `codes`."""
    return [row for row in rows or () if row[column] in codes]


def where_not(rows: Rows | None, column: str, *codes: object) -> list[Row]:
    """Return the rows whose column is none of `codes`."""
    return [row for row in rows or () if row[column] not in codes]


def any_where(rows: Rows | None, column: str, *codes: object) -> bool:
    """Whether a row's column is one of `codes`; without codes, whether one is filled.

    A boolean that is 否 counts as not filled.
    """
    cells = [row[column] for row in rows or ()]
    return any(cell in codes if codes else _is_filled(cell) for cell in cells)


def all_where(rows: Rows | None, column: str, *codes: object) -> bool:
    """Whether every row's column is one of `codes` (without codes: filled)."""
    cells = [row[column] for row in rows or ()]
    return all(cell in codes if codes else _is_filled(cell) for cell in cells)


def any_expiring_before(rows: Rows | None, day: date | None) -> bool:
    """Whether a right in a table of IP items ends before `day` (民法典865)."""
    if day is None:
        return False
    return any(row["expires_on"] and row["expires_on"] < day for row in rows or ())


def earliest(rows: Rows | None, column: str) -> Any:
    """Return the smallest filled cell of a column of dates or numbers."""
    return min(_cells(rows, column), default=None)


def latest(rows: Rows | None, column: str) -> Any:
    """Return the largest filled cell of a column of dates or numbers."""
    return max(_cells(rows, column), default=None)


def _cells(rows: Rows | None, column: str) -> list[Any]:
    return [row[column] for row in rows or () if row[column] is not None]


def _is_filled(cell: object) -> bool:
    return cell is not None and cell is not False and cell != ""


def _date(value: object, name: str) -> date:
    if not isinstance(value, date):
        raise FilterError(f"{name} 只用于日期")
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "capitals": capitals,
    "chinese_date": chinese_date_filter,
    "chinese_month": chinese_month_filter,
    "years_after": years_after,
    "numeral": numeral,
    "masked": masked,
    "or_else": or_else,
    "indented": indented,
    "checked": checked,
    "checkboxes": checkboxes,
    "joined": joined,
    "count": count,
    "total": total,
    "where": where,
    "where_not": where_not,
    "any_where": any_where,
    "all_where": all_where,
    "any_expiring_before": any_expiring_before,
    "earliest": earliest,
    "latest": latest,
}
COLUMNS: dict[str, tuple[int | str, ...]] = {
    "joined": (0,),
    "total": (0,),
    "where": (0,),
    "where_not": (0,),
    "any_where": (0,),
    "all_where": (0,),
    "any_expiring_before": ("expires_on",),
    "earliest": (0,),
    "latest": (0,),
}
KEEPS_ROWS = frozenset({"where", "where_not"})
"""Filters whose result is again rows of the same table, fit for a loop."""
