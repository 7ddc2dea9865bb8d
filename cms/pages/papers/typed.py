"""What was typed on a page of the interview, over what is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from cms.core.typed_numbers import typed_number

MOST_ROWS = 200


class Kept:
    """Stands for a personal value that was not typed again: the stored one stays."""


KEPT = Kept()


def read_inputs(questions: Iterable[Any], post: QueryDict) -> dict[str, Any]:
    """Return what was typed by path; a question that was not sent is left out."""
    return {
        one.path: _read(one, one.path, post)
        for one in questions
        if f"{one.path}-sent" in post
    }


def _read(question: Any, name: str, post: QueryDict) -> Any:
    if question.type == "table":
        count = typed_number(post.get(f"{name}-count"), otherwise=0)
        most = min(count, MOST_ROWS)
        return [_read_row(question, f"{name}-{place}", post) for place in range(most)]
    if question.type == "choice" and question.multiple:
        return [code for code in post.getlist(name) if code]
    typed = post.get(name, "").replace("\r\n", "\n").strip()
    if question.personal and not typed and f"{name}-kept" in post:
        return "" if f"{name}-clear" in post else KEPT
    return _typed(question, typed)


def _typed(question: Any, text: str) -> Any:
    """Return the raw value as the data set keeps it."""
    if question.type == "boolean":
        return {"yes": True, "no": False}.get(text, "")
    if question.type == "integer" and text.isdecimal() and len(text) < 10:
        return int(text)
    return text


def _read_row(question: Any, name: str, post: QueryDict) -> dict[str, Any]:
    row = {
        column_of(one): _read(one, f"{name}-{column_of(one)}", post)
        for one in question.columns
    }
    return {**row, "-was": post.get(f"{name}-was", "")}


def column_of(question: Any) -> str:
    """Return the name of a column's field in its row."""
    return question.path.rpartition("[].")[2]


def page_value(name: str, typed: Mapping[str, Any], stored: Any) -> Any:
    """Return the value of a page, ready to be kept: typed over what is stored."""
    if not typed:  # nothing of the page was sent, as of a table too long for it
        return {} if stored is None else stored
    if name in typed:  # the whole page is one table or one value
        return settled(typed[name], stored)
    whole = _copied(stored if isinstance(stored, Mapping) else {})
    for path, value in typed.items():
        *way, last = path.split(".")[1:]
        place = whole
        for step in way:
            place = place.setdefault(step, {})
        kept = settled(value, place.get(last))
        if kept in ("", []):
            place.pop(last, None)
        else:
            place[last] = kept
    return whole


def settled(value: Any, stored: Any) -> Any:
    """Return a typed value ready to be kept: masked ones as stored, no empty rows."""
    if value is KEPT:
        return stored if stored is not None else ""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        return [_settled_row(row, stored) for row in value if _is_filled(row)]
    return value


def _settled_row(row: Mapping[str, Any], stored: Any) -> dict[str, Any]:
    base = stored_row(row.get("-was", ""), stored)
    merged = dict(base)
    for name, value in row.items():
        if name == "-was":
            continue
        kept = base.get(name, "") if value is KEPT else value
        if kept in ("", []):
            merged.pop(name, None)
        else:
            merged[name] = kept
    return merged


def _is_filled(row: Mapping[str, Any]) -> bool:
    return any(value not in ("", []) for name, value in row.items() if name != "-was")


def stored_row(was: str, stored: Any) -> Mapping[str, Any]:
    """Return the stored row at a place that a form tells, empty where none is."""
    rows = stored if isinstance(stored, list) else []
    place = int(was) if was.isdecimal() and len(was) < 6 else len(rows)
    return rows[place] if place < len(rows) else {}


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(inner) for name, inner in value.items()}
    return value


def find(answers: Mapping[str, Any], path: str) -> Any:
    """Return the answer under a dotted path, None where there is none."""
    value: Any = answers
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
