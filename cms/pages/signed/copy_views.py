"""One signed copy: its reading, its comparison, its filing, its archive page."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.case_documents.faults import AssemblyError
from cms.core import answers as sheets
from cms.core import clock
from cms.core.downloads import attachment
from cms.core.encryption import new_salt
from cms.core.refusals import add_refusal
from cms.core.typed_numbers import typed_number
from cms.pages.papers.access import actor_of, signed_in
from cms.pages.papers.trails import trail_of
from cms.pages.signed.access import copy_view, is_office, office_only
from cms.pages.signed.forms import FilingForm, Rows, filing_from, first_rows, typed_rows
from cms.rules.signed_papers import CONTRACTS, SIGNING, ReadingMethod
from cms.rules.violations import RuleViolation, RuleViolations
from cms.signed_papers import actions, storage
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.prefill import FirstFiling, first_filing
from cms.signed_papers.queries import list_signed
from cms.signed_papers.reading import UNREAD_WORDS

REFRESH_SECONDS = 5


@require_safe
@never_cache
@signed_in
def signed_list(request: HttpRequest, kind: str, case: Model) -> HttpResponse:
    """List the signed copies of a case, the withdrawn and replaced ones too."""
    rows = list_signed(actor_of(request), case)
    context = {"case": case, "kind": kind, "rows": rows}
    context["trail"] = [*trail_of(kind, case), ("签署件", "")]
    return render(request, "signed/case_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@copy_view
def copy(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper
) -> HttpResponse:
    """Show a copy; the office files it here once it is read."""
    if request.method == "POST":
        return file(request, kind=kind, pk=case.pk, signed_id=signed.pk)
    actor = actor_of(request)
    actions.note_viewing(signed, "page", by=actor, at=clock.now())
    may_act = is_office(request, signed.owner_id)
    context = _context(kind, case, signed, may_act=may_act)
    if signed.status in ("to_compare", "to_examine") and may_act:
        first = first_filing(signed, sheets.answers_of(case))
        form = FilingForm(initial=_initial(case, signed, first), signed=signed)
        context |= {"form": form, "rows": first_rows(first), "first": first}
    response = render(request, "signed/copy.html", context)
    if signed.status == "reading" and request.GET.get("refresh") != "no":
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@office_only
def file(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper
) -> HttpResponse:
    """File a copy with what the office confirmed; errors stand on the rows."""
    first = first_filing(signed, sheets.answers_of(case))
    form = FilingForm(request.POST, signed=signed)
    rows = typed_rows(request.POST, first, first.variables)
    if form.is_valid() and _filed(request, form, rows, first, signed):
        messages.success(request, f"{signed.instrument} {signed.title}已归档。", "ok")
        return redirect("signed_paper", kind, case.pk, signed.pk)
    signed.refresh_from_db()
    context = _context(kind, case, signed, may_act=True)
    context |= {"form": form, "rows": rows, "first": first, "has_errors": True}
    context["extra_errors"] = [
        {"href": f"#value-{row.index}-new", "text": fault.message, "code": fault.code}
        for row in rows.values
        for fault in row.errors
    ]
    return render(request, "signed/copy.html", context, status=422)


@require_POST
@office_only
def skip(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper
) -> HttpResponse:
    """Go on without the text recognition."""
    return _act(request, kind, case, signed, actions.give_up_recognition)


@require_POST
@office_only
def withdraw(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper
) -> HttpResponse:
    """Take a copy back, with the reason."""

    def act(row: SignedPaper, **given: Any) -> SignedPaper:
        reason = request.POST.get("reason", "")[:300]
        return actions.withdraw_signed_paper(row, reason, **given)

    return _act(request, kind, case, signed, act)


@require_safe
@never_cache
@copy_view
def copy_pdf(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper
) -> HttpResponse:
    """Send the signed file; the download is logged."""
    actions.note_viewing(signed, "pdf", by=actor_of(request), at=clock.now())
    return attachment(storage.read(signed.sha256), "application/pdf", signed.file_name)


def _act(
    request: HttpRequest, kind: str, case: Model, signed: SignedPaper, act: Any
) -> HttpResponse:
    try:
        act(
            signed,
            version=typed_number(request.POST.get("version"), otherwise=-1),
            by=actor_of(request),
            at=clock.now(),
        )
    except RuleViolation as refused:
        messages.error(request, str(refused), "stop")
    else:
        messages.success(request, "已办理。", "ok")
    return redirect("signed_paper", kind, case.pk, signed.pk)


def _filed(
    request: HttpRequest,
    form: FilingForm,
    rows: Rows,
    first: FirstFiling,
    signed: SignedPaper,
) -> bool:
    """File; put what is refused on the form and its rows."""
    known = {one.path: one.label for one in first.variables}
    try:
        actions.file_signed_paper(
            signed,
            filing_from(form, rows, known),
            version=form.cleaned_data["version"],
            salt=new_salt(),
            by=actor_of(request),
            at=clock.now(),
        )
    except (RuleViolation, RuleViolations) as refused:
        add_refusal(form, refused)
    except AssemblyError as wrong:
        for fault in wrong.faults:
            named = [row for row in rows.values if row.path == fault.field]
            for row in named[:1]:
                row.errors.append(fault)
            if not named:
                form.add_error(None, f"{fault.message} {fault.code}")
    else:
        return True
    return False


def _initial(case: Any, signed: SignedPaper, first: FirstFiling) -> dict[str, Any]:
    """Return the first values; the days of a case that is signed are its own."""
    days = (first.signed_on, first.effective_on, first.ends_on)
    if signed.instrument in SIGNING and case.signed_on:
        days = (case.signed_on, case.effective_on, case.ends_on)
    return {
        "version": signed.version,
        "conclusion": first.conclusion.value,
        **dict(zip(("signed_on", "effective_on", "ends_on"), days, strict=True)),
    }


def _context(
    kind: str, case: Model, signed: SignedPaper, *, may_act: bool
) -> dict[str, Any]:
    back = reverse("signed_list", args=[kind, case.pk])
    title = f"{signed.instrument} {signed.title}"
    return {
        "case": case,
        "kind": kind,
        "signed": signed,
        "may_act": may_act,
        "found": signed.found_changes if may_act or signed.is_open else [],
        "method": ReadingMethod(signed.method).label,
        "is_ocr": signed.method in (ReadingMethod.OCR, ReadingMethod.MIXED),
        "unread": UNREAD_WORDS.get(signed.unread_reason, ""),
        "signatories": list(signed.signatories.all()),
        "is_contract": signed.instrument in CONTRACTS,
        "trail": [*trail_of(kind, case), ("签署件", back), (title, "")],
    }
