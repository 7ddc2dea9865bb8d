"""One paper: assembled, read, downloaded, compared with the version before."""

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
from cms.case_documents.faults import AssemblyError
from cms.case_documents.models import Paper
from cms.case_documents.pdf import can_convert, pdf_of
from cms.case_documents.preview import preview
from cms.case_documents.queries.papers import earlier_of, is_of_owner, list_papers
from cms.case_documents.versions import difference as compare
from cms.case_documents.versions import tracked
from cms.core import clock
from cms.core.downloads import WORD, attachment
from cms.core.encryption import new_salt
from cms.core.refusals import violations_of
from cms.pages.papers.access import actor_of, owner_view, signed_in
from cms.pages.papers.trails import trail_of
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

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
        context["faults"] = wrong.faults
    except (RuleViolation, RuleViolations) as refused:
        context["violations"] = violations_of(refused)
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
    row = _find(request, case, paper_id)
    actor = actor_of(request)
    actions.note_reading(row, "page", by=actor, at=clock.now())
    versions = list_papers(actor, case).filter(instrument=row.instrument)
    is_owner = is_of_owner(actor, case)
    context = {
        "case": case,
        "kind": kind,
        "paper": row,
        "blocks": preview(document_of(row)),
        "versions": versions.order_by("-number"),
        "reasons": row.reasons if is_owner else [],
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
    row = _find(request, case, paper_id)
    actions.note_reading(row, "docx", by=actor_of(request), at=clock.now())
    return attachment(document_of(row), WORD, f"{_name(row)}.docx")


@require_safe
@never_cache
@signed_in
def paper_pdf(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Send the PDF; without LibreOffice say how to get one."""
    row = _find(request, case, paper_id)
    content = pdf_of(row) if can_convert() else None
    if content is None:
        context = {"case": case, "kind": kind, "paper": row}
        context["is_broken"] = can_convert()
        context["trail"] = [*trail_of(kind, case), ("生成 PDF", "")]
        return render(request, "papers/no_pdf.html", context, status=503)
    actions.note_reading(row, "pdf", by=actor_of(request), at=clock.now())
    return attachment(content, "application/pdf", f"{_name(row)}.pdf")


@require_safe
@never_cache
@signed_in
def difference(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Show what changed since the version before, clause by clause."""
    row, older = _pair(request, case, paper_id)
    actions.note_reading(row, "difference", by=actor_of(request), at=clock.now())
    context = {
        "case": case,
        "kind": kind,
        "paper": row,
        "older": older,
        "comparison": compare(older, row),
        "trail": [*trail_of(kind, case), (f"{row.instrument} 两版差异", "")],
    }
    return render(request, "papers/difference.html", context)


@require_safe
@never_cache
@signed_in
def paper_redline(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Send the version with tracked changes against the one before."""
    row, older = _pair(request, case, paper_id)
    actions.note_reading(row, "redline", by=actor_of(request), at=clock.now())
    author = row.owner.name
    content = tracked(older, row, author=author, at=row.made_at)
    return attachment(content, WORD, f"{_name(row)}（对第{older.number}版修订）.docx")


def _find(request: HttpRequest, case: Model, paper_id: int) -> Paper:
    try:
        return list_papers(actor_of(request), case).get(pk=paper_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def _pair(request: HttpRequest, case: Model, paper_id: int) -> tuple[Paper, Paper]:
    row = _find(request, case, paper_id)
    older = earlier_of(actor_of(request), case, row)
    if older is None:
        raise Http404
    return row, older


def _name(row: Paper) -> str:
    return f"{row.instrument} {row.title} 第{row.number}版"
