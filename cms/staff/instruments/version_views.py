"""One version: what it says, its files, its differences, the decision on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.case_documents import actions
from cms.case_documents.authoring import (
    changes_between,
    sample_paper,
    tracked_changes,
)
from cms.case_documents.faults import AssemblyError
from cms.case_documents.models import TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.preview import preview
from cms.case_documents.queries.templates import get_in_use
from cms.case_documents.template_pages import version_in_words
from cms.case_documents.template_roles import APPROVERS
from cms.core import clock
from cms.core.downloads import WORD, attachment
from cms.core.refusals import add_refusal
from cms.rules.violations import RuleViolation
from cms.staff.instruments.access import (
    TONES,
    actor_of,
    authors_view,
    find_version,
    trail_of,
)
from cms.staff.instruments.forms import DecisionForm


@never_cache
@authors_view
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a version says, and the decision where the reader may take it."""
    return _show(request, find_version(request, pk))


@never_cache
@authors_view
@require_POST
def version_decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Take a proposed version into use, or put it aside with the reason."""
    row = find_version(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form, status=422)
    actor, now = actor_of(request), clock.now()
    try:
        if decision == "approve":
            actions.approve_template(row, by=actor, at=now)
        elif decision == "reject":
            reason = form.cleaned_data["reason"]
            actions.reject_template(row, reason, by=actor, at=now)
        else:
            raise Http404
    except RuleViolation as refused:
        add_refusal(form, refused)
        row.refresh_from_db()
        return _show(request, row, form, status=409)
    done = "已批准，开始使用" if decision == "approve" else "已退回"
    messages.success(request, f"{row}{done}。", "ok")
    return redirect("template_instrument", row.instrument)


def _show(
    request: HttpRequest,
    row: TemplateVersion,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    is_open = row.status == TemplateState.PROPOSED and actor.has(*APPROVERS)
    context: dict[str, Any] = {
        "version": row,
        "tone": TONES[TemplateState(row.status)],
        "in_use": get_in_use(actor, row.instrument),
        "may_decide": is_open,
        "form": form or DecisionForm(),
        "has_errors": form is not None,
        "trail": [*_trail(request, row), (f"版本 {row.version}", "")],
    }
    try:
        context["told"] = version_in_words(row)
    except AssemblyError as stopped:
        context["faults"] = stopped.faults
    return render(request, "staff/instruments/version.html", context, status=status)


@never_cache
@authors_view
@require_safe
def version_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the Word file."""
    row = find_version(request, pk)
    return attachment(bytes(row.content), WORD, f"{_name(row)}.docx")


@never_cache
@authors_view
@require_safe
def version_manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the manifest."""
    row = find_version(request, pk)
    content = row.manifest.encode()
    return attachment(content, "text/plain; charset=utf-8", f"{_name(row)}.toml")


@never_cache
@authors_view
@require_safe
def version_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the paper of invented data."""
    row = find_version(request, pk)
    context = {
        "title": str(row),
        "back": reverse("template_version", args=[row.pk]),
        "trail": [*_trail(request, row), ("示例数据预览", "")],
    }
    return show_sample(request, row, context)


def show_sample(
    request: HttpRequest, template: Any, context: dict[str, Any]
) -> HttpResponse:
    """Show a template filled with invented data, or why it cannot be."""
    try:
        context["blocks"] = preview(sample_paper(template))
    except AssemblyError as refused:
        context["faults"] = refused.faults
    return render(request, "staff/instruments/sample.html", context)


@never_cache
@authors_view
@require_safe
def version_difference(request: HttpRequest, pk: int, older: int) -> HttpResponse:
    """Show what a version changes in another of the same instrument."""
    row, before = _pair(request, pk, older)
    context: dict[str, Any] = {
        "version": row,
        "older": before,
        "trail": [*_trail(request, row), ("两版差异", "")],
    }
    try:
        context["changes"] = changes_between(before, row)
    except AssemblyError as stopped:
        context["faults"] = stopped.faults
    return render(request, "staff/instruments/difference.html", context)


@never_cache
@authors_view
@require_safe
def version_redline(request: HttpRequest, pk: int, older: int) -> HttpResponse:
    """Send the Word file with tracked changes against another version."""
    row, before = _pair(request, pk, older)
    author = str(row.proposed_by or "随产品提供")
    try:
        content = tracked_changes(before, row, author=author, at=row.proposed_at)
    except AssemblyError as stopped:
        messages.error(request, str(stopped), "stop")
        return redirect("template_version_difference", pk, older)
    return attachment(content, WORD, f"{_name(row)}（对{before.version}修订）.docx")


def _pair(
    request: HttpRequest, pk: int, older: int
) -> tuple[TemplateVersion, TemplateVersion]:
    row, before = find_version(request, pk), find_version(request, older)
    if row.pk == before.pk or row.instrument != before.instrument:
        raise Http404
    return row, before


def _trail(request: HttpRequest, row: TemplateVersion) -> list[tuple[str, str]]:
    url = reverse("template_instrument", args=[row.instrument])
    return trail_of(request, (f"{row.instrument} {row.title}", url))


def _name(row: TemplateVersion) -> str:
    return f"{row.instrument} {row.title} {row.version}"
