"""Workbooks for the import of achievements."""

from io import BytesIO

from openpyxl import Workbook

from cms.achievements.import_columns import ENTRY_COLUMNS, IP_COLUMNS

EXAMPLE = {column.field: column.example for column in ENTRY_COLUMNS}


EXAMPLE_IP = {column.field: column.example for column in IP_COLUMNS}


def workbook(*rows, rights=(), drop=(), change=None):
    """Return a file with these rows (changes of the example)."""
    book = Workbook()
    sheet = book.active
    sheet.title = "成果"
    columns = [column for column in ENTRY_COLUMNS if column.field not in drop]
    sheet.append([column.header for column in columns])
    for row in rows:
        sheet.append([(EXAMPLE | row)[column.field] for column in columns])
    items = book.create_sheet("知识产权")
    items.append([column.header for column in IP_COLUMNS])
    for right in rights:
        items.append([(EXAMPLE_IP | right)[column.field] for column in IP_COLUMNS])
    if change:
        change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
