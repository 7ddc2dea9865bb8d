"""The import template, and a unit's own entries in the same columns."""

from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cms.achievements.import_columns import (
    ENTRY_COLUMNS,
    ENTRY_SHEET,
    HELP_SHEET,
    IP_COLUMNS,
    IP_SHEET,
    LIST_SHEET,
    Column,
)
from cms.achievements.models import Achievement
from cms.core.spreadsheets.reading import MAX_ROWS
from cms.core.spreadsheets.templates import saved, write_form, write_head
from cms.core.spreadsheets.writing import append_text

_RULES = (
    f"每行一项成果，最多{MAX_ROWS}行；带*的栏目必填。",
    "删除示例行后填写；“知识产权”表按台账登记号对应“成果”表。",
    "下拉选项来自“代码表”，也可只填代码或名称；多项用顿号分隔。",
    "不得含有公式、宏、外部链接；导入先试读，全部无误才会写入，任何一行有误则都不写入。",
    "不得写入国家秘密、技术秘密；公开栏目不得含身份证号、手机号、银行账号。",
)


def import_template() -> bytes:
    """Return the template: validation lists, one example row, help, code lists."""
    book = Workbook()
    entries = book.active
    entries.title = ENTRY_SHEET
    rights, notes = book.create_sheet(IP_SHEET), book.create_sheet(HELP_SHEET)
    lists = book.create_sheet(LIST_SHEET)
    used = 0
    for sheet, columns in ((entries, ENTRY_COLUMNS), (rights, IP_COLUMNS)):
        example = [column.example for column in columns]
        used = write_form(
            sheet, columns, lists, example=example, rows=MAX_ROWS, position=used
        )
    _write_help(notes)
    return saved(book)


def own_workbook(entries: Iterable[Achievement]) -> bytes:
    """Return a unit's entries in the template's columns, with status and number."""
    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title = ENTRY_SHEET
    rights = book.create_sheet(IP_SHEET)
    write_head(sheet, ENTRY_COLUMNS, ("状态", "目录编号"))
    write_head(rights, IP_COLUMNS)
    for entry in entries:
        values = [
            _shown(column, getattr(entry, column.field)) for column in ENTRY_COLUMNS
        ]
        append_text(sheet, [*values, entry.get_status_display(), entry.number or ""])
        for item in entry.ip_items:
            stored = item | {"entry": entry.ledger_number}
            append_text(rights, [_shown(c, stored.get(c.field)) for c in IP_COLUMNS])
    return saved(book)


def _shown(column: Column, value: Any) -> str:
    if column.kind == "choices":
        return "、".join(text for stored, text in column.options if stored in value)
    if column.kind == "flag":
        return "是" if value else "否"
    if value is None:
        return ""
    return dict(column.options).get(value, str(value))


def _write_help(notes: Worksheet) -> None:
    for rule in _RULES:
        notes.append([rule])
    notes.append([])
    notes.append(["表", "栏目", "必填", "说明"])
    for title, columns in ((ENTRY_SHEET, ENTRY_COLUMNS), (IP_SHEET, IP_COLUMNS)):
        for column in columns:
            limit = f"不超过{column.most}字。" if column.most else ""
            required = "必填" if column.is_required else ""
            notes.append([title, column.header, required, limit + column.note])
    notes.column_dimensions["B"].width = 22
    notes.column_dimensions["D"].width = 60
