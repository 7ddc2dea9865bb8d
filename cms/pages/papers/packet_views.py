"""PDF of a paper; all papers of a case as one packet, or as zipped Word files."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.case_documents import actions, pdf
from cms.case_documents.packets import newest_papers, pack, try_again, zipped
from cms.case_documents.pdf import Making, can_convert, pdf_of
from cms.core import clock
from cms.core.downloads import attachment
from cms.pages.papers.access import actor_of, signed_in
from cms.pages.papers.files import PDF, ZIP
from cms.pages.papers.paper_views import file_name, find_paper
from cms.pages.papers.trails import trail_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def paper_pdf(
    request: HttpRequest, kind: str, case: Model, paper_id: int
) -> HttpResponse:
    """Send the PDF; while it is made say so, without LibreOffice say how to get one.

    A POST tries again what has failed.
    """
    row = find_paper(request, case, paper_id)
    if request.method == "POST":
        pdf.try_again([row.sha256])
        return redirect(request.path)
    making = pdf_of(row, at=clock.now()) if can_convert() else Making.FAILED
    content = pdf.kept(row.sha256) if making is Making.READY else None
    if content is not None:
        actions.note_reading(row, "pdf", by=actor_of(request), at=clock.now())
        return attachment(content, PDF, f"{file_name(row)}.pdf")
    context = {"paper": row, "making": making, "total": 1, "made": 0}
    return _not_yet(request, kind, case, context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def packet(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """Send all papers as one PDF with contents; while it is made show how far it is."""
    actor = actor_of(request)
    papers = newest_papers(actor, case)
    if not papers:
        raise Http404
    title = f"{case.title}案卷"  # type: ignore[attr-defined]
    if request.method == "POST":
        try_again(title, papers)
        return redirect(request.path)
    if not can_convert():
        context = {"making": Making.FAILED, "total": len(papers), "made": 0}
        return _not_yet(request, kind, case, context)
    state = pack(title, papers, at=clock.now())
    content = pdf.kept(state.key) if state.making is Making.READY else None
    if content is not None:
        actions.note_readings(papers, "packet", by=actor, at=clock.now())
        return attachment(content, PDF, f"{title}.pdf")
    context = {
        "making": state.making,
        "made": state.made,
        "total": state.total,
        "failed": state.failed,
    }
    return _not_yet(request, kind, case, context)


@require_safe
@never_cache
@signed_in
def papers_zip(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """Send the newest version of every paper as Word, in one archive."""
    actor = actor_of(request)
    papers = newest_papers(actor, case)
    if not papers:
        raise Http404
    actions.note_readings(papers, "zip", by=actor, at=clock.now())
    title = f"{case.title}全部文书"  # type: ignore[attr-defined]
    return attachment(zipped(papers), ZIP, f"{title}.zip")


def _not_yet(
    request: HttpRequest, kind: str, case: Model, context: dict[str, object]
) -> HttpResponse:
    """Say how far the PDF is, or how to get it: 202 while it is made, else 503."""
    is_waiting = context["making"] is not Making.FAILED
    context |= {
        "case": case,
        "kind": kind,
        "is_waiting": is_waiting,
        "is_broken": can_convert(),
        "trail": [*trail_of(kind, case), ("生成 PDF", "")],
    }
    template = "papers/pdf_waiting.html" if is_waiting else "papers/no_pdf.html"
    return render(request, template, context, status=202 if is_waiting else 503)
