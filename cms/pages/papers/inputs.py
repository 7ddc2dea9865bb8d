"""Inputs of a page of the interview: what is shown, what was typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cms.empowerment.facts import as_decimal
from cms.pages.papers.steps import input_name
from cms.pages.papers.typed import KEPT, column_of, find, stored_row
from notation.masking import mask_account, mask_identity_number, mask_phone

_HTML_TYPES = {"date": "date", "phone": "tel", "email": "email"}
_KEYBOARDS = {"money": "decimal", "percent": "decimal", "integer": "numeric"}
_HINTS = {
    "money": "元，最多两位小数。",
    "percent": "0至100，最多四位小数，不写百分号。",
    "term": "写作几年、几个月或几日，如10年。",
}
_YES_NO = (("yes", "是"), ("no", "否"))
_FEW = 7
MOST_ON_PAGE = 40
"""Rows of a table that are edited on its page; longer ones go by Excel."""
_SHORT = ("date", "percent", "integer", "term", "phone", "money", "boolean")


@dataclass(slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    selected: bool


@dataclass(slots=True)
class Input:
    """One question as the template draws it.

    `seal` marks the answer that the page showed, `effects` are the clauses that
    change with it, under their papers.
    """

    question: Any
    name: str
    value: Any = ""
    mask: str = ""
    errors: list[Any] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    seal: str = ""
    effects: Any = ()

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
    def words(self) -> str:
        """The answer in short, nothing of personal and long ones."""
        if self.mask or self.question.personal or self.kind in ("textarea", "table"):
            return ""
        if self.options:
            if self.question.type == "boolean":
                return ""
            return "、".join(one.label for one in self.options if one.selected)
        text = str(self.value)
        if self.question.type == "money":
            amount = as_decimal(text)
            return text if amount is None else f"{amount:,.2f}元"
        return f"{text}%" if text and self.question.type == "percent" else text

    @property
    def described_by(self) -> str:
        """The ids of what explains the control: errors first, then the help."""
        ids = [f"{self.anchor}_error{place}" for place in range(len(self.errors))]
        has_help = self.question.help or (
            "[]" not in self.question.path and (self.hint or self.question.when)
        )
        return " ".join([*ids, f"{self.anchor}_help"] if has_help else ids)

    @property
    def is_short(self) -> bool:
        """Whether it needs half a line only."""
        return self.question.type in _SHORT

    @property
    def is_long(self) -> bool:
        """Whether a table has more rows than a page is comfortable with."""
        return len(self.rows) > MOST_ON_PAGE

    @property
    def is_grouped(self) -> bool:
        """Whether several controls share the label."""
        return self.kind in ("radios", "checkboxes", "table")


@dataclass(slots=True)
class Row:
    """One row of a table; `was` is its place in the store."""

    cells: list[Input]
    was: str

    @property
    def summary(self) -> str:
        """The first answers of the row, by which it is known while folded."""
        told = [cell.words for cell in self.cells if cell.words]
        return "，".join(told[:3])

    @property
    def is_open(self) -> bool:
        """Whether the row is shown unfolded: it is new, or something is wrong."""
        return not self.summary or any(cell.errors for cell in self.cells)


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
        wrong.setdefault(input_name(fault.field), []).append(fault)
    return [
        _draw(one, one.path, find(stored, one.path), _over(typed, one.path), wrong)
        for one in questions
    ]


_NOTHING = object()


def _over(typed: Mapping[str, Any] | None, path: str) -> Any:
    return _NOTHING if typed is None else typed.get(path, _NOTHING)


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
        sources = [(r["-was"], r, stored_row(r["-was"], known)) for r in typed]
    for place, (was, over, row) in enumerate(sources):
        cells = [
            _draw(
                one,
                f"{name}-{place}-{column_of(one)}",
                row.get(column_of(one)),
                over.get(column_of(one), _NOTHING),
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
