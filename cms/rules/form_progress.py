"""Progress of a form: what is missing, status of each task, sealed answers, changes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cms.rules.form_values import Lists, display, is_empty
from cms.rules.forms import (
    Answers,
    FieldType,
    FormDefinition,
    FormField,
    Section,
    Topic,
    Visibility,
)
from cms.rules.labels import LabeledEnum


class TaskStatus(LabeledEnum):
    """Status of a task of the task list."""

    UNTOUCHED = "untouched", "未开始"
    STARTED = "started", "进行中"
    COMPLETED = "completed", "已完成"
    BLOCKED = "blocked", "暂不能开始"


@dataclass(frozen=True, slots=True)
class MissingField:
    """An unanswered question: `place` names the input, `label` the question."""

    field: FormField
    place: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a revision changes in one question, as readers see it."""

    code: str
    label: str
    old: str
    new: str


def missing_in_topic(topic: Topic, answers: Answers) -> list[MissingField]:
    """Return the questions of a page that must still be answered."""
    found: list[MissingField] = []
    if not topic.is_shown(answers):
        return found
    for field in topic.fields:
        value = answers.get(field.code)
        if field.is_required(answers) and is_empty(value):
            found.append(MissingField(field, field.code, field.label))
        elif field.type == FieldType.ROWS and field.is_shown(answers):
            found += _missing_in_rows(field, value or [])
    return found


def missing_in_form(form: FormDefinition, answers: Answers) -> list[MissingField]:
    """Return all questions that must still be answered, in order (E-FP-06)."""
    return [
        missing
        for topic in form.topics()
        for missing in missing_in_topic(topic, answers)
    ]


def task_status(section: Section, answers: Answers) -> TaskStatus:
    """Return the status of one task."""
    topics = section.shown_topics(answers)
    if any(is_empty(answers.get(code)) for code in section.needs):
        return TaskStatus.BLOCKED
    fields = [field for topic in topics for field in topic.shown_fields(answers)]
    is_missing = any(missing_in_topic(topic, answers) for topic in topics)
    is_asked = any(field.is_required(answers) for field in fields)
    if is_asked and not is_missing:
        return TaskStatus.COMPLETED
    if all(is_untouched(field, answers) for field in fields):
        return TaskStatus.UNTOUCHED
    return TaskStatus.STARTED if is_missing else TaskStatus.COMPLETED


def is_untouched(field: FormField, answers: Answers) -> bool:
    """Whether a question still stands at its default."""
    value = answers.get(field.code)
    return is_empty(value) or value == field.default


def split_sealed(
    form: FormDefinition, answers: Answers
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (open answers, answers to be encrypted) (CC-09)."""
    sealed_codes = {field.code for field in form.fields() if field.is_sealed}
    sealed = {code: value for code, value in answers.items() if code in sealed_codes}
    plain = {code: value for code, value in answers.items() if code not in sealed_codes}
    return plain, sealed


def drop_unasked(form: FormDefinition, answers: Answers) -> dict[str, Any]:
    """Return only the answers to questions that are asked."""
    asked = {field.code for field in form.shown_fields(answers)}
    return {code: value for code, value in answers.items() if code in asked}


def find_changes(
    form: FormDefinition,
    old: Answers,
    new: Answers,
    *,
    visible_to: Collection[Visibility],
    lists: Lists | None = None,
) -> list[FieldChange]:
    """Return what differs between two fillings, in the order of the form.

    Columns of a row that readers may not see are left out on both sides.
    """
    found: list[FieldChange] = []
    for field in form.fields():
        if field.visibility not in visible_to:
            continue
        shown = restrict_columns(field, visible_to)
        before = _shown_value(shown, old, lists)
        after = _shown_value(shown, new, lists)
        if before != after:
            found.append(FieldChange(field.code, field.label, before, after))
    return found


def restrict_columns(field: FormField, visible_to: Collection[Visibility]) -> FormField:
    """Return the field with only those columns that readers may see."""
    if not field.columns:
        return field
    columns = tuple(c for c in field.columns if c.visibility in visible_to)
    return FormField(
        field.code, field.label, field.type, columns=columns, show_when=field.show_when
    )


def _shown_value(field: FormField, answers: Answers, lists: Lists | None) -> str:
    if not field.is_shown(answers):
        return ""
    return display(field, answers.get(field.code), lists)


def _missing_in_rows(field: FormField, rows: list[Any]) -> list[MissingField]:
    found: list[MissingField] = []
    for place, row in enumerate(rows):
        found += [
            MissingField(
                column,
                f"{field.code}-{place}-{column.code}",
                f"{field.row_label or field.label}第{place + 1}项{column.label}",
            )
            for column in field.columns
            if column.is_required(row) and is_empty(row.get(column.code))
        ]
    return found
