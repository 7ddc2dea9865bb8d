"""Papers of a case that the reader may see."""

from django.db import models
from django.db.models import QuerySet

from cms.case_documents.kinds import get_visible, kind_of
from cms.case_documents.models import Paper
from cms.case_documents.models.papers import PaperState
from cms.core.actors import Actor
from cms.core.subjects import subject_of

_TEMPLATE_FILES = ("template__content", "template__manifest")


def is_of_owner(actor: Actor, case: models.Model) -> bool:
    """Whether the reader is of the unit that has the case, and reads all of it."""
    return bool(actor.roles_in(case.owner_id))  # type: ignore[attr-defined]


def may_answer(actor: Actor, case: models.Model) -> bool:
    """Whether the reader fills the answers of a case."""
    roles = actor.roles_in(case.owner_id)  # type: ignore[attr-defined]
    return bool(roles & set(kind_of(case).answerers))


def list_papers(actor: Actor, case: models.Model) -> QuerySet[Paper]:
    """Return all versions of the papers of a visible case, files left out."""
    rows = Paper.objects.filter(case=subject_of(case))
    if not is_of_owner(actor, case):
        rows = rows.filter(instrument__in=kind_of(case).shared)
    return rows.select_related("template", "made_by").defer(
        "document", "answers", *_TEMPLATE_FILES
    )


def get_paper(actor: Actor, kind: str, pk: int, paper_id: int) -> Paper:
    """Return one version of a paper of a visible case.

    Raises:
        LookupError, ObjectDoesNotExist: none for this actor.
    """
    case = get_visible(actor, kind, pk)
    return list_papers(actor, case).get(pk=paper_id)


def version_of(
    actor: Actor, case: models.Model, paper: Paper, number: int
) -> Paper | None:
    """Return another version of the same instrument, by its number."""
    rows = list_papers(actor, case).filter(instrument=paper.instrument)
    return rows.filter(number=number).first()


def current_papers(case: models.Model) -> dict[str, Paper]:
    """Return the newest version of each paper of a case (1 query)."""
    rows = Paper.objects.filter(case=subject_of(case)).exclude(
        status=PaperState.SUPERSEDED.value
    )
    newest: dict[str, Paper] = {}
    rows = rows.select_related("template").defer("document", *_TEMPLATE_FILES)
    for row in rows.order_by("instrument", "number"):
        newest[row.instrument] = row
    return newest
