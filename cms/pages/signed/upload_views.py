"""Uploading a signed copy of one assembled version."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.case_documents.models import Paper
from cms.case_documents.queries.papers import list_papers
from cms.case_documents.signed_text import has_recognition
from cms.core import clock
from cms.core.refusals import add_refusal
from cms.pages.papers.access import actor_of, owner_view
from cms.pages.papers.trails import trail_of
from cms.pages.signed.access import is_office
from cms.pages.signed.forms import UploadForm
from cms.rules.signed_papers import MOST_BYTES, MOST_PICTURES
from cms.rules.violations import RuleViolation
from cms.signed_papers.actions import UploadedPage, upload_signed_paper
from cms.signed_papers.queries import copies_by_instrument


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@owner_view
def upload(request: HttpRequest, kind: str, case: Model, paper_id: int) -> HttpResponse:
    """Take in the signed copy of a version, or the replacement of a filed one."""
    paper = _paper(request, case, paper_id)
    copies = copies_by_instrument(actor_of(request), case).get(paper.instrument, [])
    is_replacement = any(one.status == "filed" for one in copies)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, is_replacement=is_replacement)
    if form.is_valid():
        try:
            signed = upload_signed_paper(
                paper,
                _pages(request),
                replacement_reason=form.cleaned_data.get("replacement_reason", ""),
                by=actor_of(request),
                at=clock.now(),
            )
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "签署件已上传。", "ok")
            return redirect("signed_paper", kind, case.pk, signed.pk)
    context = {
        "case": case,
        "kind": kind,
        "paper": paper,
        "form": form,
        "open_copy": next((one for one in copies if one.is_open), None),
        "is_replacement": is_replacement,
        "can_recognize": has_recognition(),
        "has_errors": form.is_bound and not form.is_valid(),
        "trail": [*trail_of(kind, case), (f"上传签署件：{paper.title}", "")],
    }
    status = 422 if context["has_errors"] else 200
    return render(request, "signed/upload.html", context, status=status)


def _paper(request: HttpRequest, case: Model, paper_id: int) -> Paper:
    if not is_office(request, case.owner_id):  # type: ignore[attr-defined]
        raise Http404
    try:
        return list_papers(actor_of(request), case).get(pk=paper_id)
    except ObjectDoesNotExist:
        raise Http404 from None


def _pages(request: HttpRequest) -> list[UploadedPage]:
    """Read the files; one that is too large is not read further than that shows."""
    files: list[UploadedFile] = request.FILES.getlist("files")[: MOST_PICTURES + 1]
    return [UploadedPage(one.name or "", one.read(MOST_BYTES + 1)) for one in files]
