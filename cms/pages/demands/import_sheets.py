"""The import template, and an enterprise's own demands in the same columns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl import Workbook

from cms.core.spreadsheets.templates import saved, write_form, write_head
from cms.core.spreadsheets.writing import append_text
from cms.supply_demand.demand_columns import (
    COLUMNS,
    DEMAND_SHEET,
    HELP_SHEET,
    LIST_SHEET,
    MAX_DEMANDS,
    DemandColumn,
)
from cms.supply_demand.models import Demand
from cms.supply_demand.queries.demands import facts_of

_RULES = (
    f"每行一条需求，最多{MAX_DEMANDS}行；带*的栏目必填。",
    "删除示例行后填写；企业名称和统一社会信用代码须与实名登记一致。",
    "下拉选项来自“代码表”，也可只填代码或名称；合作方式可填多项，用顿号分隔。",
    "不得含有公式、宏、外部链接；导入先试读，全部无误才会写入草稿，任何一行有误则都不写入。",
    "声明在提交时逐条确认；不得写入国家秘密，公开栏目不得含联系方式和个人信息。",
)


def demand_template() -> bytes:
    """Return the template: drop-down lists, one example row, help, code lists."""
    book = Workbook()
    sheet = book.active
    sheet.title = DEMAND_SHEET
    notes, lists = book.create_sheet(HELP_SHEET), book.create_sheet(LIST_SHEET)
    example = [column.example for column in COLUMNS]
    write_form(sheet, COLUMNS, lists, example=example, rows=MAX_DEMANDS)
    for rule in _RULES:
        notes.append([rule])
    return saved(book)


def own_demands_workbook(demands: Iterable[Demand]) -> bytes:
    """Return an enterprise's demands in the template's columns, with their state."""
    book = Workbook()
    sheet = book.active
    sheet.title = DEMAND_SHEET
    write_head(sheet, COLUMNS, ("状态", "需求编号"))
    for demand in demands:
        facts = facts_of(demand)
        values = [_shown(column, getattr(facts, column.field)) for column in COLUMNS]
        append_text(sheet, [*values, str(demand.status_label), demand.number])
    return saved(book)


def _shown(column: DemandColumn, value: Any) -> str:
    if column.kind == "choices":
        return "、".join(text for stored, text in column.options if stored in value)
    if column.kind == "flag":
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return dict(column.options).get(value, str(value or ""))
