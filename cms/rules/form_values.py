"""Values of form fields: cleaning what was typed, and showing what is kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cms.rules.forms import FieldType, FormField
from cms.rules.identifiers import check_credit_code, check_patent_number
from cms.rules.violations import RuleViolation
from cms.rules.vocabularies import VOCABULARIES
from notation.money import in_both

Choices = Sequence[tuple[str, str]]
Lists = Mapping[str, Choices]
"""Lists that only the caller knows, by name: open calls and the like."""

_PHONE = re.compile(r"\+?[0-9][0-9 \-]{5,18}[0-9]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")
_INTEGER = re.compile(r"[0-9]{1,6}")


def choices_of(field: FormField, lists: Lists | None = None) -> Choices:
    """Return the (value, label) pairs that a field offers."""
    if field.vocabulary in VOCABULARIES:
        vocabulary = VOCABULARIES[field.vocabulary]
        return [(term.code, term.label) for term in vocabulary.leaves()]
    if field.vocabulary:
        return list((lists or {}).get(field.vocabulary, ()))
    return list(field.options)


def clean(field: FormField, value: Any, lists: Lists | None = None) -> Any:
    """Return the value as it is kept; an empty one is always kept.

    Raises:
        RuleViolation: E-FM-02…E-FM-11, E-ID-01, E-ID-03: malformed.
    """
    if field.type in (FieldType.ROWS, FieldType.FILES):
        _check_count(field, value)
        return list(value or [])
    if field.type == FieldType.CHOICES:
        return [_check_choice(field, item, lists) for item in value or []]
    text = _plain(field, value)
    if not text:
        return ""
    if field.type == FieldType.CHOICE:
        return _check_choice(field, text, lists)
    _check_length(field, text)
    checker = _CHECKERS.get(field.type)
    return checker(field, text) if checker else text


def clean_rows(
    field: FormField, rows: Sequence[Mapping[str, Any]], lists: Lists | None = None
) -> tuple[list[dict[str, Any]], list[RuleViolation]]:
    """Return the rows as they are kept, empty ones left out, and what is wrong.

    The field of a violation is `<field>-<row>-<column>`, rows counted from 0.
    A row with something wrong in it is returned as typed.
    """
    kept: list[dict[str, Any]] = []
    found: list[RuleViolation] = []
    for row in rows:
        typed = {column.code: row.get(column.code, "") for column in field.columns}
        if is_empty(typed):
            continue
        for column in field.columns:
            try:
                typed[column.code] = _clean_cell(column, typed, lists)
            except RuleViolation as violation:
                place = f"{field.code}-{len(kept)}-{column.code}"
                found.append(
                    RuleViolation(violation.code, field=place, **violation.parameters)
                )
        kept.append(typed)
    return kept, found


def _clean_cell(column: FormField, row: Mapping[str, Any], lists: Lists | None) -> Any:
    """Return one cell as it is kept; an unasked one is emptied."""
    if not column.is_shown(row):
        return ""
    if column.checked_when is not None and not column.checked_when.holds(row):
        return _plain(column, row[column.code])
    return clean(column, row[column.code], lists)


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, list):
        return not any(not is_empty(item) for item in value)
    if isinstance(value, dict):
        return not any(not is_empty(item) for item in value.values())
    return value is None or not str(value).strip()


def display(field: FormField, value: Any, lists: Lists | None = None) -> str:
    """Return a value as readers see it; an empty one as an empty text."""
    if is_empty(value):
        return ""
    if field.type == FieldType.FILES:
        return "、".join(str(item.get("name", "")) for item in value)
    if field.type == FieldType.ROWS:
        return "\n".join(display_row(field, row, lists) for row in value)
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        given = value if isinstance(value, list) else [value]
        return "、".join(_label(field, item, lists) for item in given)
    if field.type == FieldType.MONEY:
        return _shown_money(str(value))
    return str(value) + ("%" if field.type == FieldType.PERCENT else "")


def _shown_money(value: str) -> str:
    """Return a sum in figures and capitals; a draft's half-typed one as typed."""
    return in_both(Decimal(value)) if _MONEY.fullmatch(value) else value


def display_row(
    field: FormField, row: Mapping[str, Any], lists: Lists | None = None
) -> str:
    """Return one row as `label：value` pairs; empty columns are left out."""
    parts = [
        f"{column.label}：{display(column, row.get(column.code), lists)}"
        for column in field.columns
        if not is_empty(row.get(column.code))
    ]
    return "；".join(parts)


def _label(field: FormField, value: str, lists: Lists | None) -> str:
    if field.vocabulary in VOCABULARIES:
        return VOCABULARIES[field.vocabulary].label(value)
    return dict(choices_of(field, lists)).get(value, value)


def _plain(field: FormField, value: Any) -> str:
    text = str(value or "").replace("\r\n", "\n").strip()
    text = "".join(_kept_mark(mark) for mark in text).strip()
    if field.type != FieldType.LONG_TEXT:
        text = " ".join(text.split())
    if field.type in (FieldType.MONEY, FieldType.INTEGER, FieldType.PERCENT):
        return text.replace(",", "").replace("，", "")
    return text


def _kept_mark(mark: str) -> str:
    """Return a mark, a blank for tabs and wide spaces, nothing for what is unseen."""
    if mark == "\n" or mark.isprintable():
        return mark
    return " " if mark.isspace() else ""


def _check_count(field: FormField, value: Any) -> None:
    count = len(value or [])
    if field.limit and count > field.limit:
        raise RuleViolation(
            "E-FM-09",
            field=field.code,
            label=field.label,
            limit=field.limit,
            count=count,
        )


def _check_length(field: FormField, text: str) -> None:
    count = len(text)
    for code, limit, is_wrong in (
        ("E-FM-02", field.limit, count > field.limit),
        ("E-FM-03", field.minimum, count < field.minimum),
    ):
        if limit and is_wrong:
            raise RuleViolation(
                code, field=field.code, label=field.label, limit=limit, count=count
            )


def _check_choice(field: FormField, value: Any, lists: Lists | None) -> str:
    text = str(value)
    if text not in dict(choices_of(field, lists)):
        raise _malformed("E-FM-05", field, text)
    return text


def _check_date(field: FormField, text: str) -> str:
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        year, month, day = (
            (int(part) for part in match.groups()) if match else (0, 0, 0)
        )
        return date(year, month, day).isoformat()
    except ValueError:
        raise _malformed("E-FM-04", field, text) from None


def _check_money(field: FormField, text: str) -> str:
    if not _MONEY.fullmatch(text):
        raise _malformed("E-FM-06", field, text)
    return f"{Decimal(text):.2f}"


def _check_percent(field: FormField, text: str) -> str:
    number = text.rstrip("%％")
    try:
        rate = Decimal(number)
    except InvalidOperation:
        raise _malformed("E-FM-07", field, text) from None
    if not _PERCENT.fullmatch(number) or rate > 100:
        raise _malformed("E-FM-07", field, text)
    return number


def _check_integer(field: FormField, text: str) -> str:
    if not _INTEGER.fullmatch(text):
        raise _malformed("E-FM-08", field, text)
    return str(int(text))


def _check_phone(field: FormField, text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise _malformed("E-FM-10", field, text)
    return text


def is_email(text: str) -> bool:
    """Whether a text has the form of an e-mail address."""
    return bool(_EMAIL.fullmatch(text))


def _check_email(field: FormField, text: str) -> str:
    if not is_email(text):
        raise _malformed("E-FM-11", field, text)
    return text


def _malformed(code: str, field: FormField, value: str) -> RuleViolation:
    return RuleViolation(code, field=field.code, label=field.label, value=value)


def _check_credit_code(field: FormField, text: str) -> str:
    return check_credit_code(text, field=field.code)


def _check_patent_number(field: FormField, text: str) -> str:
    return check_patent_number(text, field=field.code)


_CHECKERS: dict[FieldType, Callable[[FormField, str], str]] = {
    FieldType.DATE: _check_date,
    FieldType.MONEY: _check_money,
    FieldType.PERCENT: _check_percent,
    FieldType.INTEGER: _check_integer,
    FieldType.PHONE: _check_phone,
    FieldType.EMAIL: _check_email,
    FieldType.CREDIT_CODE: _check_credit_code,
    FieldType.PATENT_NUMBER: _check_patent_number,
}
