"""Workbooks that leave the system: text cells only, nothing that computes."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CELL_MAX = 32_767  # what a cell of the format can hold


def harmless(value: object) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    text = "".join(c for c in text if c >= " " or c in "\n\t")[:_CELL_MAX]
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def original(text: str) -> str:
    """Return the text that `harmless` was given, so that an export can come back."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def text_cell(sheet: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that holds text and nothing else."""
    cell = WriteOnlyCell(sheet, harmless(value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def append_text(sheet: Worksheet, values: Iterable[object]) -> None:
    """Add a row of texts to a sheet; an empty one leaves its cell empty."""
    sheet.append([harmless(value) for value in values])
    for cell in sheet[sheet.max_row]:
        if cell.value is not None:
            cell.data_type = "s"


def write_table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    note: str = "",
) -> BytesIO:
    """Return a workbook with one sheet: an optional note, the header, the rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for place, label in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(
            12, 2 * len(label) + 4
        )
    if note:
        sheet.append([text_cell(sheet, note)])
    sheet.append([text_cell(sheet, label, bold=True) for label in header])
    for row in rows:
        sheet.append([text_cell(sheet, value) for value in row])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream
