"""What two people wrote on one page: joined where they do not touch (E-ST-04, J20).

A form carries for each question a seal of the answer that its page showed. So it can
be told which answers the writer changed, which the other one changed, and which both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from cms.pages.papers.typed import KEPT, column_of, find, settled, stored_row
from cms.rules.canonical_json import dump, plain

MINE, THEIRS = "mine", "theirs"
_YES_NO: dict[Any, str] = {True: "是", False: "否"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that both answered, and differently."""

    path: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What was typed with the other's changes: `taken` are the labels of those."""

    typed: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    taken: tuple[str, ...]


def seal(value: Any) -> str:
    """Return what tells one stored answer from another without saying it."""
    text = "" if value in (None, [], {}) else value
    return salted_hmac("papers.answer", dump(plain(text))).hexdigest()[:16]


def joined(
    questions: Iterable[Any],
    typed: Mapping[str, Any],
    stored: Mapping[str, Any],
    seals: Mapping[str, str],
) -> Joined:
    """Return both people's answers joined; what only the other changed is taken."""
    whole, conflicts, taken = dict(rematched(questions, typed, stored)), [], []
    for one in questions:
        if one.path not in whole or whole[one.path] is KEPT:
            continue
        theirs = find(stored, one.path)
        mine = settled(whole[one.path], theirs)
        if seal(mine) == seal(theirs):
            continue
        if seal(mine) == seals.get(one.path):
            del whole[one.path]
            taken.append(one.label)
        elif seal(theirs) != seals.get(one.path):
            told = words(one, mine), words(one, theirs)
            conflicts.append(Conflict(one.path, one.label, *told))
    return Joined(whole, tuple(conflicts), tuple(taken))


def chosen(typed: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Any]:
    """Return what was typed without the answers for which the other's are chosen."""
    return {
        path: value
        for path, value in typed.items()
        if sent.get(f"choose:{path}") != THEIRS
    }


def words(question: Any, value: Any) -> str:
    """Return an answer in words; personal values are not told."""
    if value in (None, "", []):
        return ""
    if question.personal or value is KEPT:
        return "（个人信息，已填写）"
    if question.type == "table":
        return "\n".join(_row_in_words(question, row) for row in value)
    options = _YES_NO if question.type == "boolean" else dict(question.choices)
    several = value if isinstance(value, list) else [value]
    return "、".join(str(options.get(code, code)) for code in several)


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
    first = column_of(question.columns[0])
    was = row.get("-was", "")
    same = stored_row(was, stored).get(first) == row.get(first)
    return {**row, "-was": was if same else ""}


def _row_in_words(question: Any, row: Mapping[str, Any]) -> str:
    parts = []
    for column in question.columns:
        text = words(column, row.get(column_of(column)))
        if text:
            parts.append(f"{column.label}：{text}")
    return "，".join(parts)
