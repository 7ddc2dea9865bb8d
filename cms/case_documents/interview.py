"""The interview of a case: its pages, what is answered, what is wrong (AS-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from assembly import Fault
from assembly.bundles import Bundle
from assembly.effects import Effect
from assembly.guide import load_dictionary
from assembly.questionnaire import Papers, Sheet, sheets_of
from cms.case_documents.bundle import bundle_of, overlaid, whole_answers
from cms.case_documents.consistency import SIGNED
from cms.case_documents.earlier import filled_from_earlier
from cms.case_documents.filed_contracts import with_filed_contracts
from cms.case_documents.kinds import kind_of
from cms.case_documents.signing_day import PAGE, with_signing_day, wrong_day
from cms.case_documents.templates_in_use import DICTIONARY, versions_in_use
from cms.core.answers import Answers
from cms.empowerment.facts import find

TOO_FEW_ROWS = "E-AS-54"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a page is: questions answered, of how many, required ones lacking."""

    answered: int
    total: int
    lacking: int


@dataclass(frozen=True)
class Interview:
    """The pages of a case's questions, on its present answers."""

    case: models.Model
    answers: Answers
    bundle: Bundle
    sheets: tuple[Sheet, ...]

    @cached_property
    def _askers(self) -> Papers:
        return self.bundle.askers(whole_answers(self.case, self.answers))

    @cached_property
    def lacking(self) -> dict[str, str]:
        """The required values that papers still wait for: path → label."""
        whole = whole_answers(self.case, self.answers)
        return {
            one.path: one.label
            for state in self.bundle.states(whole)
            if state.is_needed is not False
            for one in state.missing
        }

    def progress(self, sheet: Sheet) -> Progress:
        """Return how far a page is answered."""
        answered = sum(
            find(self.answers, one.path) not in (None, "", [])
            for one in sheet.questions
        )
        tops = (path.split(".")[0].split("[")[0] for path in self.lacking)
        lacking = sum(top == sheet.name for top in tops)
        return Progress(answered, len(sheet.questions), lacking)

    def effects(self, path: str) -> list[tuple[str, list[Effect]]]:
        """Return the clauses that change with an answer, under their papers."""
        found = []
        for needs, _ in self._askers:
            manifest = needs.manifest
            guide = manifest and self.bundle.template(manifest.instrument).guide
            changed = guide.effects.of(path) if guide else []
            if manifest and changed:
                found.append((f"{manifest.instrument} {manifest.title}", changed))
        return found

    def before(self, name: str) -> Sheet | None:
        """Return the page before a page, None before the first."""
        names = [sheet.name for sheet in self.sheets]
        place = names.index(name) if name in names else 0
        return self.sheets[place - 1] if place else None

    def sheet(self, name: str) -> Sheet | None:
        """Return a page by its name, None where the case has no such page."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def after(self, name: str) -> Sheet | None:
        """Return the page after a page, None after the last."""
        names = [sheet.name for sheet in self.sheets]
        place = names.index(name) + 1 if name in names else len(names)
        return self.sheets[place] if place < len(names) else None

    def faults(self, name: str, answers: Answers) -> list[Fault]:
        """Return what is wrong with the answers of a page, each fault once.

        A table may have fewer rows than its papers need while it is being filled.
        """
        whole = whole_answers(self.case, answers)
        found: dict[tuple[str, str], Fault] = {}
        for _, binder in self.bundle.askers(whole):
            for fault in binder.read(whole)[1].faults:
                top = fault.field.split(".")[0].split("[")[0]
                if top == name and fault.code != TOO_FEW_ROWS:
                    found[fault.field, fault.code] = fault
        if name == PAGE:
            found |= {
                (one.field, one.code): one for one in wrong_day(find(whole, SIGNED))
            }
        return list(found.values())


def interview_of(case: models.Model, answers: Answers) -> Interview:
    """Return the interview of a case; what the case itself answers is not asked."""
    kind = kind_of(case)
    bundle = bundle_of(case, versions_in_use(), without=kind.elsewhere)
    whole = whole_answers(case, answers)
    pages = sheets_of(bundle.askers(whole), whole, load_dictionary(DICTIONARY))
    fixed = set(_paths({**kind.fixed(case), "document": {"number": ""}}))
    shown = [sheet.without(fixed) for sheet in pages]
    asked = [sheet for sheet in shown if sheet.sections]
    return Interview(case, answers, bundle, with_signing_day(asked))


def refreshed(case: models.Model, answers: Answers) -> Answers:
    """Return the answers with what register, catalogue and procedure say now.

    Rights are matched by their numbers; those only the answers have are kept, as are
    contracts that nobody has filed. Gaps of the parties are filled from the unit's
    earlier cases.
    """
    known = dict(kind_of(case).known(case))
    rights = known.pop("ip_items", [])
    whole = overlaid(answers, {name: value for name, value in known.items() if value})
    if rights:
        whole["ip_items"] = _joined(answers.get("ip_items") or [], rights)
    whole = with_filed_contracts(case, whole)
    return filled_from_earlier(case.owner, whole)  # type: ignore[attr-defined]


def _joined(
    rows: list[dict[str, Any]], newer: list[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    by_number = {row.get("number"): row for row in newer if row.get("number")}
    joined = [{**row, **by_number.pop(row.get("number"), {})} for row in rows]
    return joined + [dict(row) for row in by_number.values()]


def _paths(answers: Mapping[str, Any], prefix: str = "") -> list[str]:
    found: list[str] = []
    for name, value in answers.items():
        path = f"{prefix}{name}"
        inner = _paths(value, f"{path}.") if isinstance(value, Mapping) else [path]
        found += inner
    return found
