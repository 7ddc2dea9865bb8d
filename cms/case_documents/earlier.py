"""What a unit's earlier cases say of the same parties: asked once, not once a case."""

from collections.abc import Mapping
from typing import Any

from cms.case_documents.bundle import overlaid
from cms.case_documents.kinds import KINDS
from cms.core import answers as sheets
from cms.core.models import AnswerSheet
from cms.core.subjects import subject_of
from cms.parties.models import Organization

Answers = Mapping[str, Any]
_PARTIES = ("unit", "company", "project_company", "funder")
MOST_CASES = 20


def filled_from_earlier(owner: Organization, answers: Answers) -> dict[str, Any]:
    """Return the answers, gaps of each party filled from the unit's earlier cases.

    A party is the same where its credit code is; what is answered stays, and of
    several cases the one changed last tells.
    """
    whole = dict(answers)
    wanted = {
        name: whole[name]["credit_code"]
        for name in _PARTIES
        if isinstance(whole.get(name), Mapping) and whole[name].get("credit_code")
    }
    for sheet in _sheets_of(owner) if wanted else ():
        told = sheets.read(sheet)
        records = [told[name] for name in _PARTIES if isinstance(told.get(name), dict)]
        for name, code in wanted.items():
            for record in records:
                if record.get("credit_code") == code:
                    whole[name] = overlaid(record, whole[name])
    return whole


def _sheets_of(owner: Organization) -> list[AnswerSheet]:
    """Return the answers of the unit's cases, changed last first (3 queries)."""
    subjects = [
        subject_of(case)
        for kind in KINDS.values()
        for case in kind.model._default_manager.filter(owner=owner)
    ]
    rows = AnswerSheet.objects.filter(subject__in=subjects)
    return list(rows.order_by("-changed_at")[:MOST_CASES])
