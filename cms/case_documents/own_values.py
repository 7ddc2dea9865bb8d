"""Values that differ in one paper alone: signing, copies, other terms, annexes.

All papers of a case share one set of answers. Under `papers.D-16` stand those of one
paper, over the shared ones; what is not there is the shared value (AS-04, AS-05).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from assembly import Fault
from assembly.bundles import PAPERS, data_for
from assembly.errors import fault
from assembly.interview import Question, questions_of
from cms.case_documents.bundle import whole_answers
from cms.case_documents.consistency import SIGNED, has_day_of_its_own
from cms.case_documents.models import TemplateVersion
from cms.case_documents.signing_day import signing_question, wrong_day
from cms.case_documents.templates_in_use import template_of
from cms.empowerment.facts import find

Answers = Mapping[str, Any]
USUAL = (
    "dates.signed_on",
    "dates.signed_at",
    "dates.effective_on",
    "terms.effect",
    "terms.copies",
    "terms.copies_each",
    "terms.annexes",
    "terms.other",
    "terms.supplement",
)
"""What usually differs; besides, every general term may be said for one paper."""
_OTHERS = "terms."


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that one paper may answer for itself."""

    question: Question
    shared: Any
    own: Any
    is_own: bool

    @property
    def is_usual(self) -> bool:
        """Whether it is one of those that usually differ."""
        return self.question.path in USUAL


def speaks_for_itself(version: TemplateVersion | None) -> bool:
    """Whether a paper is one of those that sign or agree something of their own."""
    guide = template_of(version).guide if version is not None else None
    return guide is not None and any(path in guide.needs.needs for path in USUAL)


def own_questions(version: TemplateVersion, answers: Answers) -> list[OwnQuestion]:
    """Return what a paper may answer for itself, the usual ones first."""
    guide = template_of(version).guide
    if guide is None:
        return []
    asked = {
        one.path: one
        for group in questions_of(guide.needs)
        for one in group.questions
        if one.path in USUAL or one.path.startswith(_OTHERS)
    }
    if SIGNED not in asked and has_day_of_its_own(version.instrument):
        asked[SIGNED] = signing_question()
    order = [path for path in USUAL if path in asked]
    order += [path for path in asked if path not in USUAL]
    own = own_values(answers, version.instrument)
    return [
        OwnQuestion(asked[path], find(answers, path), own.get(path), is_own=path in own)
        for path in order
    ]


def own_values(answers: Answers, instrument: str) -> dict[str, Any]:
    """Return what one paper says for itself, by path; its number is no answer."""
    papers = answers.get(PAPERS)
    own = papers.get(instrument) if isinstance(papers, Mapping) else None
    found: dict[str, Any] = {}
    for name, record in own.items() if isinstance(own, Mapping) else ():
        if isinstance(record, Mapping) and name != "document":
            found |= {f"{name}.{field}": value for field, value in record.items()}
    return found


def with_own_values(
    answers: Answers, instrument: str, values: Answers
) -> dict[str, Any]:
    """Return the answers in which one paper says `values`, by path, for itself."""
    papers = dict(answers.get(PAPERS) or {})
    own: dict[str, Any] = {}
    number = (papers.get(instrument) or {}).get("document")
    if number:
        own["document"] = number
    for path, value in values.items():
        name, _, field = path.partition(".")
        own.setdefault(name, {})[field] = value
    papers[instrument] = own
    if not own:
        del papers[instrument]
    whole = {**answers, PAPERS: papers}
    if not papers:
        del whole[PAPERS]
    return whole


def own_faults(
    case: models.Model, version: TemplateVersion, answers: Answers, values: Answers
) -> list[Fault]:
    """Return what is wrong with the own values of a paper."""
    guide = template_of(version).guide
    if guide is None:
        return []
    whole = whole_answers(case, answers)
    session = guide.binder.read(data_for(whole, version.instrument))[1]
    found = [one for one in session.faults if one.field in values]
    if SIGNED in values and SIGNED not in guide.needs.needs:
        found += wrong_day(values[SIGNED])
    for path, value in values.items():
        need = guide.needs.needs.get(path)
        if need is not None and need.variable.required and value in ("", None):
            found.append(fault("E-AS-01", path, vars=need.label))
    return found
