"""Uploaded calendar tables, CSV or XLSX, as rows of cells."""

import csv
import zipfile
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cms.rules.violations import RuleViolation

MOST_ROWS = 500
MOST_INFLATED = 20 * 1024 * 1024


def read_table(content: bytes) -> list[list[object]]:
    """Return the first sheet's rows.

    Raises:
        RuleViolation: E-WC-07, the content is neither CSV nor XLSX.
    """
    if content.startswith(b"PK"):
        return _read_workbook(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return [list(row) for row in islice(csv.reader(StringIO(text)), MOST_ROWS)]
    raise RuleViolation("E-WC-07", field="file")


def _read_workbook(content: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            inflated = sum(entry.file_size for entry in archive.infolist())
        if inflated > MOST_INFLATED:
            raise RuleViolation("E-WC-07", field="file")
        book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = islice(book.worksheets[0].iter_rows(values_only=True), MOST_ROWS)
        return [list(row) for row in rows]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise RuleViolation("E-WC-07", field="file") from error
