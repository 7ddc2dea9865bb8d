"""The answers of a case as they were signed."""

import json
from typing import Any

from cms.case_documents.new_values import answers_behind
from cms.rules.signed_papers import SignedPaperState
from cms.signed_papers.models import SignedPaper

_KEPT = (SignedPaperState.FILED, SignedPaperState.REPLACED)


def effective_answers(signed: SignedPaper) -> dict[str, Any]:
    """Return the whole answers behind a signed paper, its new values over them.

    A filed copy has kept them; of an open one they are what the assembled version
    says, and for what that does not print, what the case says now.
    """
    if signed.status in _KEPT:
        answers: dict[str, Any] = json.loads(signed.answers)
        return answers
    new = {path: one["new"] for path, one in signed.changed_values.items()}
    return answers_behind(signed.paper, new)
