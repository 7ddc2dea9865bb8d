"""The author's desk: upload, faults, commented copy, deep check, proposal."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.case_documents import actions
from cms.case_documents.actions.template_drafts import (
    is_given_up,
    may_check_deeply,
    refusals_of,
)
from cms.case_documents.authoring import (
    commented_copy,
    errors_of,
    faults_of,
    place_in_words,
    tracked_changes,
)
from cms.case_documents.faults import AssemblyError
from cms.case_documents.models import TemplateDraft
from cms.case_documents.models.template_drafts import DeepState
from cms.case_documents.queries.templates import get_in_use, list_in_use
from cms.core import clock
from cms.core.downloads import WORD, attachment
from cms.core.refusals import add_refusal
from cms.rules.violations import RuleViolation
from cms.staff.instruments.access import (
    actor_of,
    authors_view,
    find_draft,
    trail_of,
)
from cms.staff.instruments.forms import ProposalForm, UploadForm
from cms.staff.instruments.version_views import show_sample

PATIENCE = 2.0  # seconds that a request waits for the check of every combination


@never_cache
@authors_view
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a Word file in, judge it, keep it as a draft with all its faults."""
    actor = actor_of(request)
    choices = [
        (one.instrument, f"{one.instrument} {one.title}") for one in list_in_use(actor)
    ]
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        choices=choices,
        initial={"instrument": request.GET.get("instrument", "")},
    )
    if is_sent and form.is_valid():
        try:
            draft = actions.upload_draft(form.upload(), by=actor, at=clock.now())
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            _check(request, draft)
            return redirect("template_draft", draft.pk)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "trail": trail_of(request, ("上传模板", "")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "staff/instruments/upload.html", context, status=status)


@never_cache
@authors_view
@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the desk says of a draft, and the proposal where nothing is wrong."""
    return _show(request, find_draft(request, pk))


@never_cache
@authors_view
@require_POST
def draft_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check every combination again, after the check was broken off."""
    _check(request, find_draft(request, pk))
    return redirect("template_draft", pk)


@never_cache
@authors_view
@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    row = find_draft(request, pk)
    actions.discard_draft(row, by=actor_of(request))
    messages.success(request, "草稿已删除。", "ok")
    return redirect("template_instrument", row.instrument)


@never_cache
@authors_view
@require_POST
def draft_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft before the second pair of eyes."""
    row = find_draft(request, pk)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = actions.propose_draft(
            row, form.proposal(), by=actor_of(request), at=clock.now()
        )
    except RuleViolation as refused:
        add_refusal(form, refused)
        return _show(request, row, form, HTTPStatus.CONFLICT)
    messages.success(request, f"{made}已提交，由另一人批准后开始使用。", "ok")
    return redirect("template_version", made.pk)


@never_cache
@authors_view
@require_safe
def draft_commented(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the Word file with each fault as a comment at its paragraph."""
    row = find_draft(request, pk)
    try:
        content = commented_copy(row)
    except AssemblyError as refused:
        messages.error(request, str(refused), "stop")
        return redirect("template_draft", pk)
    return attachment(content, WORD, f"{row.instrument} 批注副本.docx")


@never_cache
@authors_view
@require_safe
def draft_redline(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft with tracked changes against the version in use."""
    row, actor = find_draft(request, pk), actor_of(request)
    in_use = get_in_use(actor, row.instrument)
    try:
        if in_use is None or not row.changes:
            raise AssemblyError(())
        author, at = actor.name, row.uploaded_at
        content = tracked_changes(in_use, row, author=author, at=at)
    except AssemblyError as refused:
        messages.error(
            request, str(refused) or "这份草稿不能与使用中的版本比较。", "stop"
        )
        return redirect("template_draft", pk)
    return attachment(content, WORD, f"{row.instrument} 草稿修订稿.docx")


@never_cache
@authors_view
@require_safe
def draft_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the paper of invented data."""
    row = find_draft(request, pk)
    back = reverse("template_draft", args=[pk])
    context: dict[str, Any] = {"title": str(row), "back": back}
    context["trail"] = _trail(request, row, ("示例数据预览", ""))
    return show_sample(request, row, context)


def _check(request: HttpRequest, row: TemplateDraft) -> None:
    now = clock.now()
    actions.start_deep_check(row, by=actor_of(request), at=now, patience=PATIENCE)


def _show(
    request: HttpRequest,
    row: TemplateDraft,
    form: ProposalForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    now = clock.now()
    faults = faults_of([*row.faults, *row.deep_faults])
    is_running = row.deep_state == DeepState.RUNNING and not is_given_up(row, now)
    refusals = refusals_of(row)
    is_sound = not errors_of([*row.faults, *row.deep_faults]) and not refusals
    context = {
        "draft": row,
        "faults": [(one, place_in_words(one)) for one in faults],
        "errors": errors_of([*row.faults, *row.deep_faults]),
        "refusals": refusals,
        "changes": row.changes,
        "in_use": get_in_use(actor_of(request), row.instrument),
        "is_running": is_running,
        "may_check": may_check_deeply(row, now),
        "may_propose": is_sound and row.deep_state == DeepState.DONE,
        "form": form or ProposalForm(initial=_initial(row, now.date())),
        "has_errors": form is not None,
        "trail": _trail(request, row, (str(row), "")),
    }
    return render(request, "staff/instruments/draft.html", context, status=status)


def _initial(row: TemplateDraft, today: date) -> dict[str, Any]:
    """Return what an own manifest says; else the author decides."""
    if not row.is_own_manifest:
        return {"valid_from": today}
    return {name: row.facts.get(name) for name in ("version", "valid_from")}


def _trail(
    request: HttpRequest, row: TemplateDraft, last: tuple[str, str]
) -> list[tuple[str, str]]:
    url = reverse("template_instrument", args=[row.instrument])
    return trail_of(request, (row.instrument, url), last)
