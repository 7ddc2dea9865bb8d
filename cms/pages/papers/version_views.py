"""Two versions of a paper: what changed by clause, by answer, as tracked changes."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.case_documents import actions
from cms.case_documents.changes import changes_between
from cms.case_documents.models import Paper
from cms.case_documents.queries.papers import is_of_owner, list_papers, version_of
from cms.case_documents.versions import difference as compare
from cms.case_documents.versions import tracked
from cms.core import clock
from cms.core.downloads import WORD, attachment
from cms.pages.papers.access import actor_of, number_in, signed_in
from cms.pages.papers.paper_views import file_name, find_paper
from cms.pages.papers.trails import trail_of


@require_safe
@never_cache
@signed_in
def difference(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Show what changed between two versions, clause by clause."""
    newer, older = _pair(request, case, paper_id)
    actor, at = actor_of(request), clock.now()
    actions.note_readings((older, newer), "difference", by=actor, at=at)
    versions = list_papers(actor, case).filter(instrument=newer.instrument)
    is_owner = is_of_owner(actor, case)
    context = {
        "case": case,
        "kind": kind,
        "paper": newer,
        "older": older,
        "versions": versions.order_by("number"),
        "comparison": compare(older, newer),
        "changes": changes_between(older, newer) if is_owner else None,
        "is_owner": is_owner,
        "trail": [*trail_of(kind, case), (f"{newer.instrument} 两版差异", "")],
    }
    return render(request, "papers/difference.html", context)


@require_safe
@never_cache
@signed_in
def paper_redline(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Send the newer of two versions with tracked changes against the older."""
    newer, older = _pair(request, case, paper_id)
    actor, at = actor_of(request), clock.now()
    actions.note_readings((older, newer), "redline", by=actor, at=at)
    content = tracked(older, newer, author=newer.owner.name, at=newer.made_at)
    name = f"{file_name(newer)}（对第{older.number}版修订）.docx"
    return attachment(content, WORD, name)


def _pair(request: HttpRequest, case: Model, paper_id: int) -> tuple[Paper, Paper]:
    """Return the paper and the one it is held against, the newer first.

    `against` names another version by its number; without it, the one before.
    """
    row = find_paper(request, case, paper_id)
    asked = request.GET.get("against")
    number = row.number - 1 if asked is None else number_in(asked)
    other = version_of(actor_of(request), case, row, number)
    if other is None or other.pk == row.pk:
        raise Http404
    return (row, other) if other.number < row.number else (other, row)
