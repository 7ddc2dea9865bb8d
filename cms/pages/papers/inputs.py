"""Inputs of a page of the interview: what is shown, what was typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from notation.masking import mask_account, mask_identity_number, mask_phone

MOST_ROWS = 200
_HTML_TYPES = {"date": "date", "phone": "tel", "email": "email"}
_KEYBOARDS = {"money": "decimal", "percent": "decimal", "integer": "numeric"}
_HINTS = {
    "money": "元，最多两位小数。",
    "percent": "0至100，最多四位小数，不写百分号。",
    "term": "写作几年、几个月或几日，如10年。",
}
_YES_NO = (("yes", "是"), ("no", "否"))
_FEW = 7


class Kept:
    """Stands for a personal value that was not typed again: the stored one stays."""


KEPT = Kept()


@dataclass(slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    selected: bool


@dataclass(slots=True)
class Input:
    """One question as the template draws it; `was` is a row's place in the store."""

    question: Any
    name: str
    value: Any = ""
    mask: str = ""
    errors: list[Any] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Which part of the template draws it."""
        kind = self.question.type
        if kind == "table":
            return "table"
        if kind == "boolean":
            return "radios"
        if kind == "choice":
            if self.question.multiple:
                return "checkboxes"
            return "radios" if len(self.options) <= _FEW else "select"
        return "textarea" if kind == "long_text" else "text"

    @property
    def html_type(self) -> str:
        """The type of the HTML input."""
        return _HTML_TYPES.get(self.question.type, "text")

    @property
    def keyboard(self) -> str:
        """The keyboard that a phone offers."""
        return _KEYBOARDS.get(self.question.type, "")

    @property
    def hint(self) -> str:
        """The help of the question, with how its type is written."""
        return self.question.help or _HINTS.get(self.question.type, "")

    @property
    def anchor(self) -> str:
        """The id to which the error summary links."""
        return f"id_{self.name}"

    @property
    def is_grouped(self) -> bool:
        """Whether several controls share the label."""
        return self.kind in ("radios", "checkboxes", "table")


@dataclass(slots=True)
class Row:
    """One row of a table."""

    cells: list[Input]
    was: str


def read_inputs(questions: Iterable[Any], post: QueryDict) -> dict[str, Any]:
    """Return what was typed by path; a question that was not sent is left out."""
    return {
        one.path: _read(one, one.path, post)
        for one in questions
        if f"{one.path}-sent" in post
    }


def _read(question: Any, name: str, post: QueryDict) -> Any:
    if question.type == "table":
        count = post.get(f"{name}-count", "0")
        most = min(int(count) if count.isdecimal() else 0, MOST_ROWS)
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
        _column(one): _read(one, f"{name}-{_column(one)}", post)
        for one in question.columns
    }
    return {**row, "-was": post.get(f"{name}-was", "")}


def _column(question: Any) -> str:
    return question.path.rpartition("[].")[2]


def page_value(name: str, typed: Mapping[str, Any], stored: Any) -> Any:
    """Return the value of a page, ready to be kept: typed over what is stored."""
    if name in typed:  # the whole page is one table or one value
        return _settled(typed[name], stored)
    whole = _copied(stored if isinstance(stored, Mapping) else {})
    for path, value in typed.items():
        *way, last = path.split(".")[1:]
        place = whole
        for step in way:
            place = place.setdefault(step, {})
        settled = _settled(value, place.get(last))
        if settled in ("", []):
            place.pop(last, None)
        else:
            place[last] = settled
    return whole


def _settled(value: Any, stored: Any) -> Any:
    if value is KEPT:
        return stored if stored is not None else ""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        return [_settled_row(row, stored) for row in value if _is_filled(row)]
    return value


def _settled_row(row: Mapping[str, Any], stored: Any) -> dict[str, Any]:
    base = _stored_row(row.get("-was", ""), stored)
    merged = dict(base)
    for name, value in row.items():
        if name == "-was":
            continue
        settled = base.get(name, "") if value is KEPT else value
        if settled in ("", []):
            merged.pop(name, None)
        else:
            merged[name] = settled
    return merged


def _is_filled(row: Mapping[str, Any]) -> bool:
    return any(value not in ("", []) for name, value in row.items() if name != "-was")


def _stored_row(was: str, stored: Any) -> Mapping[str, Any]:
    rows = stored if isinstance(stored, list) else []
    place = int(was) if was.isdecimal() and len(was) < 6 else len(rows)
    return rows[place] if place < len(rows) else {}


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(inner) for name, inner in value.items()}
    return value


def draw(
    questions: Iterable[Any],
    stored: Mapping[str, Any],
    *,
    typed: Mapping[str, Any] | None = None,
    faults: Iterable[Any] = (),
) -> list[Input]:
    """Return the inputs with what is stored, or with what was typed over it."""
    wrong: dict[str, list[Any]] = {}
    for fault in faults:
        wrong.setdefault(_input_name(fault.field), []).append(fault)
    return [
        _draw(one, one.path, find(stored, one.path), _over(typed, one.path), wrong)
        for one in questions
    ]


_NOTHING = object()


def _over(typed: Mapping[str, Any] | None, path: str) -> Any:
    return _NOTHING if typed is None else typed.get(path, _NOTHING)


def _input_name(field_path: str) -> str:
    """Return the input's name for a path such as `team.members[1].name`."""
    return field_path.replace("[", "-").replace("].", "-").replace("]", "")


def _draw(
    question: Any, name: str, stored: Any, typed: Any, wrong: Mapping[str, list[Any]]
) -> Input:
    drawn = Input(question, name, errors=wrong.get(name, []))
    value = stored if typed is _NOTHING or typed is KEPT else typed
    if question.type == "table":
        drawn.rows = list(_rows(question, name, stored, typed, wrong))
        return drawn
    if question.personal and value and (typed is _NOTHING or typed is KEPT):
        drawn.mask = _mask(question.type, str(value))
        return drawn
    drawn.value = "" if value is None else value
    if question.type in ("choice", "boolean"):
        chosen = _chosen(question, value)
        choices = _YES_NO if question.type == "boolean" else question.choices
        drawn.options = [Option(code, label, code in chosen) for code, label in choices]
    return drawn


def _chosen(question: Any, value: Any) -> list[str]:
    if question.type == "boolean":
        return [{True: "yes", False: "no"}.get(value, "")] if value != "" else []
    return list(value) if isinstance(value, list) else [str(value or "")]


def _rows(
    question: Any, name: str, stored: Any, typed: Any, wrong: Mapping[str, list[Any]]
) -> Iterator[Row]:
    known = stored if isinstance(stored, list) else []
    if typed is _NOTHING:
        sources = [(str(place), {}, row) for place, row in enumerate(known)]
        sources = sources or [("", {}, {})]
    else:
        sources = [(r["-was"], r, _stored_row(r["-was"], known)) for r in typed]
    for place, (was, over, row) in enumerate(sources):
        cells = [
            _draw(
                one,
                f"{name}-{place}-{_column(one)}",
                row.get(_column(one)),
                over.get(_column(one), _NOTHING),
                wrong,
            )
            for one in question.columns
        ]
        yield Row(cells, was)


def _mask(kind: str, text: str) -> str:
    if kind == "identity_number":
        return mask_identity_number(text)
    if kind == "phone":
        return mask_phone(text)
    return mask_account(text)


def find(answers: Mapping[str, Any], path: str) -> Any:
    """Return the answer under a dotted path, None where there is none."""
    value: Any = answers
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
