"""Templates to fill in: heads, drop-down lists, code lists."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cms.core.spreadsheets.cells import Column

_HEAD = PatternFill("solid", fgColor="E8EFF8")


def write_head(
    sheet: Worksheet, columns: Sequence[Column], more: tuple[str, ...] = ()
) -> None:
    """Write the titles; those of required columns end in a star."""
    titles = [f"{c.header}*" if c.is_required else c.header for c in columns]
    sheet.append([*titles, *more])
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(cell.column)].width = 18


def write_list(lists: Worksheet, position: int, column: Column) -> None:
    """Write the choices of a column to the sheet of code lists."""
    lists.cell(1, position, column.header).font = Font(bold=True)
    for row, (_, shown) in enumerate(column.options, 2):
        lists.cell(row, position, shown)


def add_validation(
    sheet: Worksheet,
    place: int,
    lists: Worksheet,
    position: int,
    column: Column,
    *,
    rows: int,
) -> None:
    """Give a column its drop-down list; codes and names alone are read as well."""
    letter = get_column_letter(position)
    source = f"'{lists.title}'!${letter}$2:${letter}${len(column.options) + 1}"
    rule = DataValidation("list", formula1=source, allow_blank=True)
    rule.errorStyle, rule.error = "warning", "请从下拉列表选择，或填写代码。"
    letter = get_column_letter(place)
    rule.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(rule)


def write_form(
    sheet: Worksheet,
    columns: Sequence[Column],
    lists: Worksheet,
    *,
    example: Sequence[str],
    rows: int,
    position: int = 0,
) -> int:
    """Write head, example row and drop-down lists; return the last list's place."""
    write_head(sheet, columns)
    sheet.append(list(example))
    for place, column in enumerate(columns, 1):
        if column.options:
            position += 1
            write_list(lists, position, column)
            if column.kind != "choices":
                add_validation(sheet, place, lists, position, column, rows=rows)
    return position


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
