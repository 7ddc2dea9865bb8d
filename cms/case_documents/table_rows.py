"""Rows of a table question out of a workbook: every fault with its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from assembly.interview import Question
from cms.case_documents.interview import Interview
from cms.core.spreadsheets.cells import (
    CellError,
    RawSheet,
    require_headers,
    row_values,
)
from cms.core.spreadsheets.reading import read_sheets
from cms.empowerment.facts import find
from cms.rules.violations import RuleViolation

SHEET = "明细"
YES_NO = (("yes", "是"), ("no", "否"))
_KINDS = {"choice": "choice", "date": "date", "boolean": "choice"}
_PLACE = re.compile(r"\[(\d+)\]\.(\w+)$")


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of the workbook for a column of the table."""

    question: Question
    is_required: bool = False

    @property
    def field(self) -> str:
        """The name in a row."""
        return self.question.path.rpartition("[].")[2]

    @property
    def header(self) -> str:
        """The title of the column."""
        return self.question.label

    @property
    def kind(self) -> str:
        """The kind of value that the cells are read as; the papers check the rest."""
        if self.question.multiple:
            return "choices"
        return _KINDS.get(self.question.type, "text")

    @property
    def most(self) -> int:
        """The greatest length of a text."""
        return self.question.max_length

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What may be chosen."""
        is_boolean = self.question.type == "boolean"
        return YES_NO if is_boolean else self.question.choices


@dataclass(slots=True)
class ParsedRows:
    """The rows of a workbook, or the faults that keep them out."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    empty: int = 0
    """How many required cells are left for later."""


def parse_rows(
    stream: IO[bytes], size: int, interview: Interview, question: Question
) -> ParsedRows:
    """Return the rows of a workbook for a table of a case.

    An empty cell of a personal column keeps what is stored in the row that begins
    with the same answer. Required cells may stay empty while a case is drafted.

    Raises:
        RuleViolation: E-XL-01 to E-XL-07, the file as a whole is refused.
    """
    columns = [RowColumn(one) for one in question.columns]
    sheet = _sheet(stream, size, columns, question.max_rows)
    stored = find(interview.answers, question.path) or []
    known = {row.get(columns[0].field): row for row in reversed(stored)}
    parsed = ParsedRows()
    for _, cells in sheet.rows:
        values = row_values(sheet, cells, columns, SHEET, parsed.errors)
        parsed.rows.append(_row(values, columns, known))
    if not parsed.errors:
        parsed.errors = _faults(parsed.rows, interview, question, sheet)
    parsed.empty = sum(
        one.required and row.get(RowColumn(one).field) in (None, "")
        for row in parsed.rows
        for one in question.columns
    )
    return parsed


def _sheet(
    stream: IO[bytes], size: int, columns: Sequence[RowColumn], most: int
) -> RawSheet:
    sheet = read_sheets(stream, size, (SHEET,)).get(SHEET)
    if sheet is None or not sheet.rows:
        raise RuleViolation("E-XL-07", field="file")
    if most and len(sheet.rows) > most:
        raise RuleViolation("E-XL-05", field="file", most=most)
    require_headers(sheet, columns)
    return sheet


def with_rows(
    interview: Interview, question: Question, rows: Sequence[Mapping[str, Any]]
) -> Any:
    """Return the value of a page whose table has these rows instead."""
    top, _, rest = question.path.partition(".")
    if not rest:
        return list(rows)
    whole = dict(interview.answers.get(top) or {})
    place = whole
    *way, last = rest.split(".")
    for step in way:
        place[step] = dict(place.get(step) or {})
        place = place[step]
    place[last] = list(rows)
    return whole


def _row(
    values: Mapping[str, Any],
    columns: Sequence[RowColumn],
    known: Mapping[Any, Mapping[str, Any]],
) -> dict[str, Any]:
    row = dict(known.get(values[columns[0].field], {}))
    for column in columns:
        value = _value(column.question, values[column.field])
        if value not in ("", None, []):
            row[column.field] = value
        elif not column.question.personal:
            row.pop(column.field, None)
    return row


def _value(question: Question, value: Any) -> Any:
    if question.type == "boolean":
        return {"yes": True, "no": False}.get(value, "")
    if question.type == "integer" and str(value).isdecimal():
        return int(value)
    if question.type == "percent":
        return str(value).removesuffix("%").strip()
    return value


def _faults(
    rows: Sequence[Mapping[str, Any]],
    interview: Interview,
    question: Question,
    sheet: RawSheet,
) -> list[CellError]:
    """Return what the papers refuse, each at its cell; the rest at the whole table."""
    top = question.path.partition(".")[0]
    answers = {**interview.answers, top: with_rows(interview, question, rows)}
    headers = {RowColumn(one).field: one.label for one in question.columns}
    found = []
    for one in interview.faults(top, answers):
        if not one.field.startswith(question.path):
            continue
        place = _PLACE.search(one.field)
        row, column, header = 0, "", ""
        if place and int(place[1]) < len(sheet.rows):
            row, cells = sheet.rows[int(place[1])]
            header = headers.get(place[2], "")
            position = sheet.headers.get(header, len(cells))
            column = cells[position].column if position < len(cells) else ""
        found.append(CellError(SHEET, row, column, header, one.code, one.message))
    return found
