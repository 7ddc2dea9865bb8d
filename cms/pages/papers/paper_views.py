"""One paper: assembled, read with the reason of each clause, downloaded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.case_documents import actions
from cms.case_documents.actions.papers import document_of
from cms.case_documents.changes import changes_since, label_of
from cms.case_documents.faults import AssemblyError
from cms.case_documents.interview import interview_of
from cms.case_documents.models import Paper
from cms.case_documents.models.papers import PaperState
from cms.case_documents.pdf import can_convert
from cms.case_documents.preview import preview_with_reasons
from cms.case_documents.queries.papers import is_of_owner, list_papers
from cms.case_documents.reasons import reasons_of
from cms.case_documents.templates_in_use import version_in_use
from cms.core import answers as sheets
from cms.core import clock
from cms.core.downloads import WORD, attachment
from cms.core.encryption import new_salt
from cms.core.refusals import violations_of
from cms.pages.papers.access import actor_of, owner_view, signed_in
from cms.pages.papers.mending import told
from cms.pages.papers.steps import question_url
from cms.pages.papers.trails import trail_of
from cms.rules.messages import MESSAGES
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.signed_papers.queries import copies_by_instrument

MOST_AT_ONCE = 60


@require_POST
@owner_view
def assemble(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """Assemble the papers named, all or none."""
    if Role.TRANSFER_OFFICE not in actor_of(request).roles_in(case.owner_id):
        raise Http404
    asked = list(dict.fromkeys(request.POST.getlist("instrument")))[:MOST_AT_ONCE]
    if not asked:
        messages.error(request, "请选择要组装的文书。", "stop")
        return redirect("papers", kind=kind, pk=case.pk)
    context: dict[str, Any] = {"case": case, "kind": kind, "asked": asked}
    try:
        made = actions.assemble_bundle(
            case,
            asked,
            salts=[new_salt() for _ in asked],
            by=actor_of(request),
            at=clock.now(),
        )
    except AssemblyError as wrong:
        context["faults"] = [_told(one, kind, case) for one in wrong.faults]
    except (RuleViolation, RuleViolations) as refused:
        interview = interview_of(case, sheets.answers_of(case))
        context["violations"] = told(violations_of(refused), kind, case, interview)
    else:
        messages.success(request, f"已组装{len(made)}份文书。", "ok")
        if len(made) == 1:
            return redirect("papers_paper", kind, case.pk, made[0].pk)
        return redirect("papers", kind=kind, pk=case.pk)
    context["trail"] = [*trail_of(kind, case), ("不能组装", "")]
    return render(request, "papers/refused.html", context, status=422)


@require_safe
@never_cache
@signed_in
def paper(request: HttpRequest, kind: str, case: Model, paper_id: int) -> HttpResponse:
    """Show the text of a paper, why each clause stands, and its versions."""
    row = find_paper(request, case, paper_id)
    actor = actor_of(request)
    actions.note_reading(row, "page", by=actor, at=clock.now())
    versions = list_papers(actor, case).filter(instrument=row.instrument)
    is_owner = is_of_owner(actor, case)
    reasons = reasons_of(row) if is_owner else []
    shown = [_linked(one, kind, case) for one in reasons]
    blocks = preview_with_reasons(row, shown)
    placed = {reason["name"] for block in blocks for reason in block.begins}
    copies = copies_by_instrument(actor, case).get(row.instrument, [])
    filed = [one for one in copies if not one.is_open]
    context = {
        "copies": [one for one in copies if one.paper_id == row.pk],
        "filed_copy": bool(filed),
        "may_upload": Role.TRANSFER_OFFICE in actor.roles_in(case.owner_id)
        and len(copies) == len(filed)
        and all(one.paper_id == row.pk for one in filed),
        "case": case,
        "kind": kind,
        "paper": row,
        "blocks": blocks,
        "placed": placed,
        "versions": versions.order_by("-number"),
        "reasons": shown,
        "changes": _changes(case, row) if is_owner else None,
        "may_assemble": Role.TRANSFER_OFFICE in actor.roles_in(case.owner_id),
        "is_owner": is_owner,
        "can_convert": can_convert(),
        "trail": [*trail_of(kind, case), (f"{row.instrument} {row.title}", "")],
    }
    return render(request, "papers/paper.html", context)


@require_safe
@never_cache
@signed_in
def paper_docx(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Send the Word file."""
    row = find_paper(request, case, paper_id)
    actions.note_reading(row, "docx", by=actor_of(request), at=clock.now())
    return attachment(document_of(row), WORD, f"{file_name(row)}.docx")


def find_paper(request: HttpRequest, case: Model, paper_id: int) -> Paper:
    """Return a paper of a case that the reader sees; others are not found (404)."""
    try:
        return list_papers(actor_of(request), case).get(pk=paper_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def file_name(row: Paper) -> str:
    """Return the name under which a paper is downloaded, without its ending."""
    return f"{row.instrument} {row.title} 第{row.number}版"


def _told(fault: Any, kind: str, case: Model) -> dict[str, Any]:
    """Return a fault with links to the fields that it names."""
    paths = [path for path in fault.field.split(",") if path]
    known = MESSAGES.get(fault.code)
    return {
        "message": fault.message,
        "code": fault.code,
        "articles": known.articles if known else (),
        "links": [
            (label_of(path), question_url(kind, case.pk, path)) for path in paths
        ],
    }


def _changes(case: Model, row: Paper) -> Any:
    """Return what a new version would take over, None where there is nothing new."""
    if row.status != PaperState.ASSEMBLED:
        return None
    try:
        version = version_in_use(row.instrument)
    except RuleViolation:
        return None
    return changes_since(case, row, version, sheets.answers_of(case))


def _linked(reason: dict[str, Any], kind: str, case: Model) -> dict[str, Any]:
    """Return a reason whose answers lead to the fields that gave them."""
    answers = [
        (label, value, question_url(kind, case.pk, path) if path else "")
        for label, value, path in reason["answers"]
    ]
    filled = [
        (label, question_url(kind, case.pk, path)) for label, path in reason["filled"]
    ]
    return {**reason, "answers": answers, "filled": filled}
