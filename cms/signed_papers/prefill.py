"""What the filing form starts with: days, signatories, changes, new values."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.case_documents.models import Paper
from cms.case_documents.new_values import PaperVariable, variables_of
from cms.case_documents.signed_text import lines_of
from cms.empowerment.facts import as_date, find
from cms.rules.signed_papers import TERMS, Conclusion, ReadingMethod, SignedBy
from cms.signed_papers.guesses import guess_values
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.parties import parties_of

_SIGNED, _EMPOWERED = "dates.signed_on", "dates.empowered_on"
_BY_GRANT = ("D-09", "D-10", "D-11", "D-19")


@dataclass(frozen=True, slots=True)
class FirstFiling:
    """The form's first values; `variables` are what a changed value may concern."""

    conclusion: Conclusion
    signed_on: date | None
    effective_on: date | None
    ends_on: date | None
    signatories: tuple[SignedBy, ...]
    changes: tuple[dict[str, Any], ...]
    new_values: dict[str, str]
    variables: tuple[PaperVariable, ...]


def first_filing(signed: SignedPaper, answers: dict[str, Any]) -> FirstFiling:
    """Return what is known before the person looks; `answers` are the case's.

    Of a text layer every change is listed, of recognized text only those of numbers
    and whole clauses: the rest is mostly misreading.
    """
    variables = tuple(variables_of(signed.paper))
    is_ocr = signed.method in (ReadingMethod.OCR, ReadingMethod.MIXED)
    changes = signed.found_changes
    text = "\n".join(page["text"] for page in signed.page_texts)
    guesses = guess_values(variables, changes, lines_of(signed.paper), text)
    listed = [{**one, "is_listed": one["is_key"] or not is_ocr} for one in changes]
    own = json.loads(signed.paper.answers)
    new = {one.path: guesses[one.path] for one in variables if one.path in guesses}
    term = TERMS.get(signed.instrument, "")
    signed_path = _EMPOWERED if signed.instrument in _BY_GRANT else _SIGNED
    return FirstFiling(
        Conclusion.CHANGED if listed else Conclusion.AS_ASSEMBLED,
        as_date(find(answers, signed_path)),
        as_date(find(answers, "dates.effective_on")),
        as_date(new.get(term) or find(own, term)),
        tuple(
            SignedBy(p.name, p.signatory, p.capacity) for p in parties_of(signed.paper)
        ),
        tuple(listed),
        new,
        variables,
    )


def people_of(paper: Paper) -> list[SignedBy]:
    """Return who is expected to sign a paper."""
    return [
        SignedBy(party.name, party.signatory, party.capacity)
        for party in parties_of(paper)
    ]
