"""Answers of a case: read whole, written in parts, never over another's (J20)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from cms.core import evidence
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import AnswerSheet
from cms.core.subjects import subject_of
from cms.rules.canonical_json import dump, plain
from cms.rules.violations import RuleViolation

Answers = dict[str, Any]


@writing()
def start_sheet(
    case: models.Model, answers: Mapping[str, Any], *, by: Actor, at: datetime
) -> AnswerSheet:
    """Make a case's sheet with what is already known."""
    return AnswerSheet.objects.create(
        subject=subject_of(case),
        text=_text(answers),
        changed_by_id=by.person_id,
        changed_at=at,
    )


def get_sheet(case: models.Model) -> AnswerSheet:
    """Return the sheet of a case (1 query).

    Raises:
        AnswerSheet.DoesNotExist: the case was never opened for answers.
    """
    rows = AnswerSheet.objects.select_related("changed_by")
    return rows.get(subject=subject_of(case))


def read(sheet: AnswerSheet) -> Answers:
    """Return the answers; names as in `templates_docx/variables.toml`."""
    answers: Answers = json.loads(sheet.text)
    return answers


def answers_of(case: models.Model) -> Answers:
    """Return the answers of a case (1 query), none where it has no sheet."""
    sheet = AnswerSheet.objects.filter(subject=subject_of(case)).first()
    return read(sheet) if sheet else {}


def write(
    case: models.Model,
    answers: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> AnswerSheet:
    """Replace the answers of a case; `version` is the one the writer has seen.

    The log keeps who, when and the version, never the answers.

    Raises:
        RuleViolation: E-ST-04: somebody else saved meanwhile.
    """
    with writing():
        sheet = AnswerSheet.objects.select_for_update().get(subject=subject_of(case))
        if sheet.version != version:
            raise RuleViolation("E-ST-04")
        sheet.text = _text(answers)
        sheet.version += 1
        sheet.changed_by_id = by.person_id
        sheet.changed_at = at
        sheet.save()
        payload: dict[str, object] = {"version": sheet.version}
        evidence.record("answers.saved", case, payload, by=by, at=at)
        return sheet


def _text(answers: Mapping[str, Any]) -> str:
    return dump(plain(dict(answers))).decode()
