"""The workbook of a table question: its columns, the rows that are there, help."""

from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cms.case_documents.table_rows import SHEET, RowColumn
from cms.core.spreadsheets.templates import (
    add_validation,
    saved,
    write_head,
    write_list,
)
from cms.core.spreadsheets.writing import harmless

_BLANK = 200
_RULES = (
    "每行一项；带*的栏目必填，可以先空着、以后再填。",
    "下拉选项来自“代码表”，也可只填代码；可填多项的用顿号分隔。",
    "日期写作 2026-03-05；比例写数字，如 12.5，不写百分号；金额写元，最多两位小数。",
    "不得含有公式、宏、外部链接。上传后先试读，全部无误才会导入，任何一格有误则都不导入。",
    "导入的行代替原有的全部行；不要的行删去即可。",
)
_PERSONAL = (
    "个人信息不随文件导出：{columns}。"
    "这些栏目留空的，首栏相同的行保留系统中原有的内容。"
)


def rows_workbook(question: Any, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the workbook to fill in, with a case's rows but no personal data."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    notes, lists = book.create_sheet("填写说明"), book.create_sheet("代码表")
    columns = [RowColumn(one, one.required) for one in question.columns]
    write_head(sheet, columns)
    for row in rows:
        sheet.append([harmless(_shown(one, row.get(one.field))) for one in columns])
    _as_texts(sheet, len(columns), len(rows) + _BLANK)
    position = 0
    for place, column in enumerate(columns, 1):
        if column.options:
            position += 1
            write_list(lists, position, column)
            if column.kind == "choice":
                add_validation(
                    sheet, place, lists, position, column, rows=len(rows) + _BLANK
                )
    _write_help(notes, columns)
    return saved(book)


def _as_texts(sheet: Worksheet, columns: int, rows: int) -> None:
    """Have what is typed kept as it is typed: no 12% that becomes 0.12, no dates."""
    for place in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
        for row in range(2, rows + 2):
            sheet.cell(row, place).number_format = "@"


def _write_help(notes: Worksheet, columns: Sequence[RowColumn]) -> None:
    personal = [one.header for one in columns if one.question.personal]
    for rule in _RULES:
        notes.append([rule])
    if personal:
        notes.append([_PERSONAL.format(columns="、".join(personal))])
    for column in columns:
        if column.question.help:
            notes.append([f"{column.header}：{column.question.help}"])
    notes.column_dimensions["A"].width = 100


def _shown(column: RowColumn, value: Any) -> str:
    if column.question.personal or value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    options = dict(column.options)
    several = value if isinstance(value, list) else [value]
    return "、".join(str(options.get(one, one)) for one in several)
