"""Requests of the unit: a longer notice (D-42), a change or an end (D-43)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.core import clock, private_files
from cms.core.refusals import add_refusal
from cms.notices import actions
from cms.notices.models import Notice
from cms.pages.notices.forms import ChangeForm, ExtensionForm
from cms.pages.notices.room import TRAIL, actor_of, own_notice
from cms.rules.notices import ChangeKind
from cms.rules.violations import RuleViolation, RuleViolations


@login_required
def extend_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an extension; the consent is kept even where the form is refused."""
    notice = own_notice(request, pk)
    price = notice.values.get("proposed_price", "")
    initial = {"proposed_price": price}
    form = ExtensionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _request_extension(request, notice, form)
            messages.success(request, "延长申请已提交审核。", "ok")
            return redirect("my_notice", pk=pk)
        except (RuleViolation, RuleViolations) as refused:
            add_refusal(form, refused)
    context = {
        "form": form,
        "notice": notice,
        "trail": [*TRAIL, ("申请延长", "")],
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "notices/extend_notice.html", context)


def _request_extension(
    request: HttpRequest, notice: Notice, form: ExtensionForm
) -> None:
    actor, at = actor_of(request), clock.now()
    upload = form.cleaned_data["consent"]
    consent = None
    if upload:
        consent = private_files.store(
            upload,
            by=actor,
            owner_id=notice.owner_id,
            purpose="notice_consent",
            at=at,
        )
    actions.request_extension(
        notice,
        days=form.cleaned_data["days"],
        reason=form.cleaned_data["reason"],
        consent=consent,
        values={**notice.values, "proposed_price": form.cleaned_data["proposed_price"]},
        by=actor,
        at=at,
    )


@login_required
def change_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to change or end a running notice."""
    notice = own_notice(request, pk)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_change(
                notice,
                ChangeKind(form.cleaned_data["kind"]),
                reason=form.cleaned_data["reason"],
                by=actor_of(request),
                at=clock.now(),
            )
            messages.success(request, "申请已提交审核。", "ok")
            return redirect("my_notice", pk=pk)
        except (RuleViolation, RuleViolations) as refused:
            add_refusal(form, refused)
    context = {
        "form": form,
        "notice": notice,
        "trail": [*TRAIL, ("申请变更或终止", "")],
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "notices/change_notice.html", context)
