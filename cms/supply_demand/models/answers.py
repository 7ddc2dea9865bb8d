"""Answers of an application: the open ones and those kept encrypted, as one."""

import json
from typing import Any, Protocol

from cms.rules.application_form import get_form
from cms.rules.form_progress import split_sealed
from cms.rules.forms import FormDefinition


class Filled(Protocol):
    """A row that holds a filled form: a working copy or a frozen snapshot."""

    form_version: str
    answers: dict[str, Any]
    sealed_answers: str


def form_of(filled: Filled) -> FormDefinition:
    """Return the form under whose version the row was filled."""
    return get_form(filled.form_version)


def all_answers(filled: Filled) -> dict[str, Any]:
    """Return every answer, the sealed ones opened."""
    return {**filled.answers, **json.loads(filled.sealed_answers or "{}")}


def set_answers(filled: Filled, answers: dict[str, Any]) -> None:
    """Put answers on the row, personal data apart; the caller saves."""
    plain, sealed = split_sealed(form_of(filled), answers)
    filled.answers = plain
    filled.sealed_answers = canonical(sealed)


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, no escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
