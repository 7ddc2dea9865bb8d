"""Public entry (D-28): only the fields of §20 that the public may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.rules.form_progress import restrict_columns
from cms.rules.form_values import Lists, display, is_empty
from cms.rules.forms import (
    Answers,
    FieldType,
    FormDefinition,
    FormField,
    Section,
    Visibility,
)

PUBLIC = frozenset({Visibility.PUBLIC})
CONTACT_FIELDS = ("contact_name", "contact_phone", "contact_email")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an answer refers to; `is_public` is the unit's mark."""

    file_id: int
    field: str
    name: str
    is_public: bool


def public_groups(
    form: FormDefinition, answers: Answers, lists: Lists | None = None
) -> list[dict[str, Any]]:
    """Return the public fields as plain data, group by group.

    A group is {code, title, fields}; a field is {code, label, value} or, for
    rows, {code, label, rows} with rows of {label, value}. Files stand elsewhere.
    """
    groups: list[dict[str, Any]] = []
    for section in form.sections:
        fields = list(_public_fields(section, answers, lists))
        if fields:
            groups.append(
                {"code": section.code, "title": section.title, "fields": fields}
            )
    return groups


def public_texts(
    form: FormDefinition, answers: Answers, lists: Lists | None = None
) -> list[tuple[str, str]]:
    """Return (field code, text) of everything that readers will see."""
    found: list[tuple[str, str]] = []
    for group in public_groups(form, answers, lists):
        for field in group["fields"]:
            cells = [cell for row in field.get("rows", []) for cell in row]
            texts = [field.get("value", ""), *(cell["value"] for cell in cells)]
            found += [(field["code"], text) for text in texts if text]
    return found


def attachments_of(form: FormDefinition, answers: Answers) -> list[Attachment]:
    """Return the files that asked questions refer to, in order."""
    return [
        Attachment(
            file_id=int(item["id"]),
            field=field.code,
            name=str(item.get("name", "")),
            is_public=_is_public_file(field, item),
        )
        for field in form.shown_fields(answers)
        if field.type == FieldType.FILES
        for item in answers.get(field.code) or []
    ]


def _is_public_file(field: FormField, item: dict[str, Any]) -> bool:
    """Whether a file is public: by its field, or by the unit's mark."""
    if field.visibility in PUBLIC:
        return True
    return field.may_be_public and bool(item.get("public"))


def _public_fields(
    section: Section, answers: Answers, lists: Lists | None
) -> Iterator[dict[str, Any]]:
    for topic in section.shown_topics(answers):
        for field in topic.shown_fields(answers):
            value = answers.get(field.code)
            if field.visibility not in PUBLIC or field.type == FieldType.FILES:
                continue
            if is_empty(value):
                continue
            if field.type == FieldType.ROWS:
                rows = [_public_row(field, row, lists) for row in value or []]
                yield {"code": field.code, "label": field.label, "rows": rows}
                continue
            shown = display(field, value, lists)
            yield {"code": field.code, "label": field.label, "value": shown}


def _public_row(
    field: FormField, row: Answers, lists: Lists | None
) -> list[dict[str, str]]:
    columns = restrict_columns(field, PUBLIC).columns
    return [
        {"label": column.label, "value": display(column, row.get(column.code), lists)}
        for column in columns
        if not is_empty(row.get(column.code))
    ]
