"""The papers of a case as a task list: ready, missing, closed gates and why."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.case_documents.interview import interview_of
from cms.case_documents.own_values import own_values, speaks_for_itself
from cms.case_documents.payment_plan import plan_of, planned_rows
from cms.case_documents.queries.overview import PaperRow, Progress, overview_of
from cms.case_documents.queries.papers import is_of_owner, list_papers, may_answer
from cms.core import answers as sheets
from cms.core import clock
from cms.pages.papers.access import actor_of, signed_in
from cms.pages.papers.mending import told
from cms.pages.papers.steps import pages_of, question_url, total_of
from cms.pages.papers.trails import room_of, trail_of
from cms.rules.payment_plans import is_use_then_pay
from cms.rules.roles import Role
from cms.signed_papers.queries import copies_by_instrument

_TONES = {
    Progress.LACKING: "warn",
    Progress.READY: "now",
    Progress.OUTDATED: "warn",
    Progress.ASSEMBLED: "ok",
    Progress.FILED: "ok",
}
_NOT_MADE = (Progress.UNUSED, Progress.OPEN, Progress.ELSEWHERE)
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
    copies = copies_by_instrument(actor, case)
    sheet = sheets.get_sheet(case)
    answers = sheets.read(sheet)
    interview = interview_of(case, answers)
    context = {
        "case": case,
        "kind": kind,
        "overview": overview,
        "disagreements": told(overview.disagreements, kind, case, interview),
        "broken_rules": told(overview.broken_rules, kind, case, interview),
        "tasks": [
            {**_task(row, kind, case, answers), "copies": copies.get(row.instrument)}
            for row in overview.rows
        ],
        "has_copies": bool(copies),
        "files": sum(row.paper is not None for row in overview.rows),
        "pages": pages_of(interview, kind),
        "total": total_of(interview),
        "waiting": [_waiting(row, kind, case) for row in overview.missing_by_paper],
        "payments": planned_rows(answers),
        "bears_label": kind == "agreement" and _bears_label(answers),
        "saved": sheet,
        "version": sheet.version,
        "is_owner": True,
        "may_answer": may_answer(actor, case),
        "may_assemble": Role.TRANSFER_OFFICE in actor.roles_in(case.owner_id),
        "trail": trail_of(kind, case),
        **room_of(kind, case),
    }
    return render(request, "papers/overview.html", context)


def _bears_label(answers: Any) -> bool:
    """Whether the payment plan makes a contract 先使用后付费 (FP-01)."""
    return is_use_then_pay(plan_of(answers))


def _task(row: PaperRow, kind: str, case: Model, answers: Any) -> dict[str, Any]:
    has_own = row.progress not in _NOT_MADE and speaks_for_itself(row.version)
    return {
        "row": row,
        "tone": _TONES.get(row.progress, ""),
        "url": reverse("papers_paper", args=[kind, case.pk, row.paper.pk])
        if row.paper
        else "",
        "hint": _hint(row),
        "own_url": reverse("papers_own", args=[kind, case.pk, row.instrument])
        if has_own
        else "",
        "own": len(own_values(answers, row.instrument)),
    }


def _hint(row: PaperRow) -> str:
    if row.progress in _NOT_MADE:
        return row.note
    if row.missing:
        return f"还缺{len(row.missing)}项答案"
    if row.wrong:
        return row.wrong[0][1]
    return row.note


def _waiting(row: PaperRow, kind: str, case: Model) -> dict[str, Any]:
    """Return what one paper waits for, with links to the questions."""
    links = [
        {"label": label, "url": question_url(kind, case.pk, path)}
        for path, label in row.missing[:_MOST_SHOWN]
    ]
    return {"row": row, "links": links, "rest": row.missing[_MOST_SHOWN:]}
