"""Answering: a page of the interview at a time, never over another's (J20)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from assembly import AssemblyError
from cms.case_documents.interview import interview_of, refreshed
from cms.case_documents.kinds import kind_of
from cms.case_documents.own_values import own_faults, with_own_values
from cms.case_documents.templates_in_use import version_in_use
from cms.core import answers as sheets
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.core.models import AnswerSheet
from cms.rules.violations import RuleViolation


def save_page(
    case: models.Model,
    name: str,
    values: object,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> AnswerSheet:
    """Keep the answers of one page, `values` under its name in the data set.

    Raises:
        RuleViolation: E-ST-02, E-ST-04; AssemblyError: every wrong value, its field
            the path in the data set. Values may be missing while a case is drafted.
    """
    _require_answerer(case, by)
    with writing():
        known = sheets.read(sheets.get_sheet(case))
        answers = {**known, name: values}
        if values in ("", [], {}):
            del answers[name]
        faults = interview_of(case, answers).faults(name, answers)
        if faults:
            raise AssemblyError(faults)
        return sheets.write(case, answers, version=version, by=by, at=at)


def save_own_values(
    case: models.Model,
    instrument: str,
    values: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> AnswerSheet:
    """Keep what one paper says for itself, by path; the rest is the shared value.

    Raises:
        RuleViolation: E-ST-02, E-ST-04, E-CD-01; AssemblyError: every wrong value,
            its field the path, E-AS-01 where a required one is left empty.
    """
    _require_answerer(case, by)
    with writing():
        template = version_in_use(instrument)
        known = sheets.read(sheets.get_sheet(case))
        answers = with_own_values(known, instrument, values)
        faults = own_faults(case, template, answers, values)
        if faults:
            raise AssemblyError(faults)
        return sheets.write(case, answers, version=version, by=by, at=at)


def refresh_answers(
    case: models.Model, *, version: int, by: Actor, at: datetime
) -> AnswerSheet:
    """Take over what register and catalogue say by now.

    Raises:
        RuleViolation: E-ST-02, E-ST-04.
    """
    _require_answerer(case, by)
    with writing():
        sheet = sheets.get_sheet(case)
        answers: Mapping[str, Any] = refreshed(case, sheets.read(sheet))
        return sheets.write(case, answers, version=version, by=by, at=at)


def _require_answerer(case: models.Model, by: Actor) -> None:
    roles = by.roles_in(case.owner_id)  # type: ignore[attr-defined]
    if not roles & set(kind_of(case).answerers):
        raise RuleViolation("E-ST-02", event="填写答案")
