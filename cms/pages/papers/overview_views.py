"""The papers of a case as a task list: ready, missing, closed gates and why."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.case_documents.interview import interview_of
from cms.case_documents.queries.overview import (
    Overview,
    PaperRow,
    Progress,
    overview_of,
)
from cms.case_documents.queries.papers import is_of_owner, list_papers, may_answer
from cms.core import answers as sheets
from cms.core import clock
from cms.pages.papers.access import actor_of, signed_in
from cms.pages.papers.trails import trail_of
from cms.rules.roles import Role

_TONES = {
    Progress.LACKING: "warn",
    Progress.READY: "now",
    Progress.OUTDATED: "warn",
    Progress.ASSEMBLED: "ok",
    Progress.FILED: "ok",
}
_MOST_SHOWN = 6


@require_safe
@signed_in
def papers(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """Show the bundle of a case; to the other party only the papers it shares."""
    actor = actor_of(request)
    if not is_of_owner(actor, case):
        shared = list_papers(actor, case).exclude(status="superseded")
        context = {"case": case, "kind": kind, "papers": shared}
        context["trail"] = trail_of(kind, case)
        return render(request, "papers/shared.html", context)
    overview = overview_of(case, at=clock.now())
    sheet = sheets.get_sheet(case)
    pages = interview_of(case, sheets.read(sheet)).sheets
    context = {
        "case": case,
        "kind": kind,
        "overview": overview,
        "tasks": [_task(row, kind, case) for row in overview.rows],
        "groups": _pages(pages, overview, kind, case),
        "waiting": [_waiting(row, kind, case) for row in overview.missing_by_paper],
        "version": sheet.version,
        "may_answer": may_answer(actor, case),
        "may_assemble": Role.TRANSFER_OFFICE in actor.roles_in(case.owner_id),
        "trail": trail_of(kind, case),
    }
    return render(request, "papers/overview.html", context)


def _task(row: PaperRow, kind: str, case: Model) -> dict[str, Any]:
    return {
        "row": row,
        "tone": _TONES.get(row.progress, ""),
        "url": reverse("papers_paper", args=[kind, case.pk, row.paper.pk])
        if row.paper
        else "",
        "hint": _hint(row),
    }


def _hint(row: PaperRow) -> str:
    if row.progress in (Progress.UNUSED, Progress.OPEN, Progress.ELSEWHERE):
        return row.note
    if row.missing:
        return f"还缺{len(row.missing)}项答案"
    if row.wrong:
        return row.wrong[0][1]
    return row.note


def _pages(
    sheets_: Any, overview: Overview, kind: str, case: Model
) -> list[dict[str, Any]]:
    """Return the pages of the interview under their groups, with what they lack."""
    lacking: dict[str, set[str]] = {}
    for row in overview.rows:
        if row.progress in (Progress.LACKING, Progress.OUTDATED):
            for path, _ in row.missing:
                lacking.setdefault(_top(path), set()).add(path)
    groups: dict[str, list[dict[str, Any]]] = {}
    for sheet in sheets_:
        missing = len(lacking.get(sheet.name, ()))
        groups.setdefault(sheet.group, []).append(
            {
                "title": sheet.label,
                "url": reverse("papers_ask", args=[kind, case.pk, sheet.name]),
                "status": f"待填{missing}项" if missing else "已填",
                "tone": "warn" if missing else "ok",
            }
        )
    return [{"label": label, "tasks": tasks} for label, tasks in groups.items()]


def _waiting(row: PaperRow, kind: str, case: Model) -> dict[str, Any]:
    """Return what one paper waits for, with links to the questions."""
    links = [
        {
            "label": label,
            "url": reverse("papers_ask", args=[kind, case.pk, _top(path)])
            + f"#id_{path.replace('[', '-').replace('].', '-')}",
        }
        for path, label in row.missing[:_MOST_SHOWN]
    ]
    return {"row": row, "links": links, "more": len(row.missing) - len(links)}


def _top(path: str) -> str:
    return path.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]
