"""Inputs of a page of the form: what was typed, what is shown (§20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from cms.core.typed_numbers import typed_number
from cms.rules.form_values import Lists, choices_of, display
from cms.rules.forms import FieldType, FormField, Topic, Visibility
from cms.rules.violations import RuleViolation, RuleViolations

_RADIO_LIMIT = 9
_MAX_ROWS = 60
_HTML_TYPES = {
    FieldType.DATE: "date",
    FieldType.PHONE: "tel",
    FieldType.EMAIL: "email",
}
_MODES = {
    FieldType.MONEY: "decimal",
    FieldType.PERCENT: "decimal",
    FieldType.INTEGER: "numeric",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    selected: bool


@dataclass(slots=True)
class Input:
    """One question as the template draws it."""

    field: FormField
    name: str
    value: Any
    is_shown: bool
    is_required: bool
    condition: str = ""
    error: RuleViolation | None = None
    comment: str = ""
    options: list[Option] = field(default_factory=list)
    rows: list[list["Input"]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Which part of the template draws it."""
        kind = self.field.type
        if kind == FieldType.CHOICE:
            return "radios" if len(self.options) <= _RADIO_LIMIT else "select"
        if kind in (FieldType.CHOICES, FieldType.FILES, FieldType.ROWS):
            return kind.value
        return "textarea" if kind == FieldType.LONG_TEXT else "text"

    @property
    def html_type(self) -> str:
        """The type of the HTML input."""
        return _HTML_TYPES.get(self.field.type, "text")

    @property
    def input_mode(self) -> str:
        """The keyboard that a phone offers."""
        return _MODES.get(self.field.type, "")

    @property
    def badge(self) -> str:
        """Who will read the answer."""
        return {
            Visibility.PUBLIC: "公开",
            Visibility.LOGIN: "登录可见",
        }.get(self.field.visibility, "不公开")

    @property
    def anchor(self) -> str:
        """The id to which the error summary links."""
        return f"id_{self.name}"


def read_topic(topic: Topic, post: QueryDict) -> dict[str, Any]:
    """Return what was typed on a page, as typed."""
    return {
        item.code: _read(item, post) for item in topic.fields if _is_sent(item, post)
    }


def _is_sent(item: FormField, post: QueryDict) -> bool:
    """Whether the page that was sent held the question."""
    return f"{item.code}-sent" in post


def _read(item: FormField, post: QueryDict) -> Any:
    if item.type == FieldType.ROWS:
        return [_read_row(item, place, post) for place in _places(item, post)]
    if item.type == FieldType.FILES:
        marked = set(post.getlist(f"{item.code}-public"))
        return [
            {"id": typed_number(number, otherwise=0), "public": number in marked}
            for number in dict.fromkeys(post.getlist(item.code))
        ]
    if item.type == FieldType.CHOICES:
        return [value for value in post.getlist(item.code) if value]
    return post.get(item.code, "")


def _places(item: FormField, post: QueryDict) -> range:
    count = typed_number(post.get(f"{item.code}-count"), otherwise=0)
    return range(min(count, _MAX_ROWS))


def _read_row(item: FormField, place: int, post: QueryDict) -> dict[str, str]:
    return {
        column.code: post.get(f"{item.code}-{place}-{column.code}", "")
        for column in item.columns
    }


def draw_topic(
    topic: Topic,
    answers: Mapping[str, Any],
    *,
    errors: Iterable[RuleViolation] = (),
    comments: Mapping[str, str] | None = None,
    lists: Lists | None = None,
) -> list[Input]:
    """Return the questions of a page with their values, errors and comments."""
    wrong = {violation.field: violation for violation in errors}
    return [
        _draw(
            item, item.code, answers, wrong, lists, (comments or {}).get(item.code, "")
        )
        for item in topic.fields
    ]


def _draw(
    item: FormField,
    name: str,
    answers: Mapping[str, Any],
    wrong: Mapping[str, RuleViolation],
    lists: Lists | None,
    comment: str = "",
    prefix: str = "",
) -> Input:
    value = answers.get(item.code, "")
    condition = item.show_when
    drawn = Input(
        field=item,
        name=name,
        value=value,
        is_shown=item.is_shown(answers),
        is_required=item.required,
        condition=f"{prefix}{condition.field}={','.join(condition.values)}"
        if condition
        else "",
        error=wrong.get(name),
        comment=comment,
    )
    if item.type in (FieldType.CHOICE, FieldType.CHOICES):
        chosen = value if isinstance(value, list) else [value]
        drawn.options = [
            Option(code, _option_label(item, code, label), code in chosen)
            for code, label in choices_of(item, lists)
        ]
    if item.type == FieldType.ROWS:
        drawn.rows = [
            [
                _draw(
                    column,
                    f"{name}-{place}-{column.code}",
                    row,
                    wrong,
                    lists,
                    prefix=f"{name}-{place}-",
                )
                for column in item.columns
            ]
            for place, row in enumerate(value or [{}])
        ]
    return drawn


def _option_label(item: FormField, code: str, label: str) -> str:
    """Return the label of a choice; long code lists show the code first."""
    return f"{code} {label}" if item.vocabulary == "industries" else label


def differences(
    topic: Topic, typed: Mapping[str, Any], kept: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return where another person's answers differ from what was typed."""
    found = []
    for item in topic.fields:
        if item.code not in typed or item.type == FieldType.FILES:
            continue
        mine, theirs = (display(item, side.get(item.code)) for side in (typed, kept))
        if mine != theirs:
            found.append({"label": item.label, "mine": mine, "theirs": theirs})
    return found


def violations_of(refused: RuleViolation | RuleViolations) -> list[RuleViolation]:
    """Return the refusals as a list."""
    return refused.violations if isinstance(refused, RuleViolations) else [refused]
