"""From a refusal to the fields that mend it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from cms.case_documents.changes import label_of
from cms.case_documents.consistency import SIGNED, places_of
from cms.case_documents.interview import Interview
from cms.case_documents.own_values import own_values
from cms.pages.papers.steps import input_name, question_url, top_of
from cms.rules.violations import RuleViolation

# The rules of a payment plan name the fields of the application form (FP-01…FP-03).
_PLAN_FIELDS = {
    "payment_form": "payment.form",
    "payment_rows": "payments",
    "payment_total": "payment.total",
    "royalty_base": "payment.royalty_base",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal, and where to mend it: (label, address), none where no field does."""

    violation: RuleViolation
    links: tuple[tuple[str, str], ...]


def told(
    violations: Sequence[RuleViolation], kind: str, case: Model, interview: Interview
) -> list[Told]:
    """Return refusals with links to the questions, and papers' own values, at fault."""
    return [
        Told(one, tuple(dict.fromkeys(_links(one, kind, case, interview))))
        for one in violations
    ]


def _links(
    violation: RuleViolation, kind: str, case: Model, interview: Interview
) -> Iterator[tuple[str, str]]:
    places = places_of(violation) or [("", violation.field)]
    pages = {page.name for page in interview.sheets}
    for instrument, place in places:
        path = _PLAN_FIELDS.get(place, place)
        if instrument and _is_own(interview.answers, instrument, path):
            url = reverse("papers_own", args=[kind, case.pk, instrument])
            label = f"{instrument} 本份另填的{label_of(path)}"
            yield label, f"{url}#id_{input_name(path)}"
        elif top_of(path) in pages:
            yield label_of(path), question_url(kind, case.pk, path)


def _is_own(answers: Mapping[str, Any], instrument: str, path: str) -> bool:
    return path == SIGNED and path in own_values(answers, instrument)
