"""What two people wrote on one page, side by side (E-ST-04, J20)."""

from collections.abc import Iterable, Mapping
from typing import Any

from cms.pages.papers.inputs import KEPT, find

_YES_NO: dict[Any, str] = {True: "是", False: "否"}


def differences(
    questions: Iterable[Any], typed: Mapping[str, Any], stored: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return where the newer answers differ from what was typed, in words."""
    found = []
    for one in questions:
        if one.path not in typed or typed[one.path] is KEPT:
            continue
        mine = words(one, typed[one.path])
        theirs = words(one, find(stored, one.path))
        if mine != theirs:
            found.append({"label": one.label, "mine": mine, "theirs": theirs})
    return found


def words(question: Any, value: Any) -> str:
    """Return an answer in words; personal values are not told."""
    if value in (None, "", []):
        return ""
    if question.personal or value is KEPT:
        return "（个人信息，已填写）"
    if question.type == "table":
        return "\n".join(_row_in_words(question, row) for row in value)
    options = _YES_NO if question.type == "boolean" else dict(question.choices)
    chosen = value if isinstance(value, list) else [value]
    return "、".join(str(options.get(code, code)) for code in chosen)


def rematched(
    questions: Iterable[Any], typed: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what was typed; a row that moved no longer points at a stored row.

    A masked value is kept only where the row still begins with the same answer,
    so that nobody's number ends up in another person's row.
    """
    tables = {one.path: one for one in questions if one.type == "table"}
    return {
        path: [_rematched(tables[path], row, find(stored, path)) for row in value]
        if path in tables
        else value
        for path, value in typed.items()
    }


def _rematched(question: Any, row: Mapping[str, Any], stored: Any) -> dict[str, Any]:
    first = question.columns[0].path.rpartition("[].")[2]
    was, rows = row.get("-was", ""), stored if isinstance(stored, list) else []
    place = int(was) if was.isdecimal() and len(was) < 6 else len(rows)
    same = place < len(rows) and rows[place].get(first) == row.get(first)
    return {**row, "-was": was if same else ""}


def _row_in_words(question: Any, row: Mapping[str, Any]) -> str:
    parts = []
    for column in question.columns:
        text = words(column, row.get(column.path.rpartition("[].")[2]))
        if text:
            parts.append(f"{column.label}：{text}")
    return "，".join(parts)
