"""Reads an uploaded workbook as plain cells; refuses what may do harm."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cms.core.spreadsheets.cells import RawCell, RawSheet
from cms.rules.violations import RuleViolation

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
_MAX_COLUMNS = 60
_MAX_PARTS = 200
_MAX_INFLATED = 80 * 1024 * 1024
_MAX_RATIO = 200
_RATIO_MATTERS = 1024 * 1024  # small parts may be packed as tightly as they like
# What openpyxl lets through of a part that is not what it should be.
_BROKEN = (
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
)
_HARMFUL = {
    "vbaproject.bin": "宏",
    "xl/macrosheets/": "宏表",
    "xl/externallinks/": "外部链接",
    "xl/connections.xml": "数据连接",
    "xl/querytables/": "数据连接",
    "xl/embeddings/": "嵌入对象",
    "xl/activex/": "控件",
    "xl/ctrlprops/": "控件",
}


def read_sheets(
    stream: IO[bytes], size: int, names: tuple[str, ...]
) -> dict[str, RawSheet]:
    """Return the named sheets that the workbook holds.

    Raises:
        RuleViolation: E-XL-01 (no workbook), E-XL-02 (too large), E-XL-03 (a
            zip bomb), E-XL-04 (macros, links), E-XL-05 (too many rows).
    """
    if size > MAX_BYTES:
        raise RuleViolation("E-XL-02", field="file", most=MAX_BYTES // 2**20)
    _check_parts(stream)
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except _BROKEN as error:
        raise RuleViolation("E-XL-01", field="file") from error
    try:
        return {
            name: _read_sheet(book[name]) for name in names if name in book.sheetnames
        }
    except _BROKEN as error:
        raise RuleViolation("E-XL-01", field="file") from error
    finally:
        book.close()


def _check_parts(stream: IO[bytes]) -> None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            _check_names([part.filename.lower() for part in parts])
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        _check_head(opened.read(4096))
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise RuleViolation("E-XL-01", field="file") from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    inflated = sum(part.file_size for part in parts)
    is_bomb = any(
        part.file_size > _RATIO_MATTERS
        and part.file_size > _MAX_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if len(parts) > _MAX_PARTS or inflated > _MAX_INFLATED or is_bomb:
        raise RuleViolation("E-XL-03", field="file")


def _check_names(names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise RuleViolation("E-XL-01", field="file")
    for name in names:
        for part, what in _HARMFUL.items():
            if part in name:
                raise RuleViolation("E-XL-04", field="file", what=what)


def _check_head(head: bytes) -> None:
    upper = head.upper().replace(b"\x00", b"")
    if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
        raise RuleViolation("E-XL-04", field="file", what="外部实体定义")


def _read_sheet(sheet: Any) -> RawSheet:
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_col=_MAX_COLUMNS)
    headers = {
        str(cell.value).strip().removesuffix("*").strip(): position
        for position, cell in enumerate(next(lines, ()))
        if cell.value is not None
    }
    rows = []
    for number, cells in enumerate(_bounded(lines), 2):
        values = [_raw(number, position, cell) for position, cell in enumerate(cells)]
        if any(cell.value not in (None, "") for cell in values):
            rows.append((number, values))
    return RawSheet(headers, rows)


def _bounded(lines: Iterator[Any]) -> Iterator[Any]:
    for count, cells in enumerate(lines):
        if count >= MAX_ROWS:
            raise RuleViolation("E-XL-05", field="file", most=MAX_ROWS)
        yield cells


def _raw(row: int, position: int, cell: Any) -> RawCell:
    value = cell.value
    if isinstance(value, str):
        value = value.strip()
    return RawCell(
        row,
        get_column_letter(position + 1),
        value,
        getattr(cell, "data_type", "") == "f",
    )
