"""Forgotten passwords: asks for the e-mail, sends a link, sets a new password."""

import hashlib

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.core import clock
from cms.core.refusals import add_refusal
from cms.pages.accounts.forms import ActivationForm
from cms.parties.actions.recovery import (
    find_recovering,
    recover_password,
    request_recovery,
)
from cms.rules.violations import RuleViolation

REQUESTS_PER_HOUR = 10
MAILS_PER_HOUR = 3


class RecoveryForm(forms.Form):
    """The e-mail that an account keeps."""

    email = forms.EmailField(
        label="登记的邮箱",
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Take an e-mail; the answer is the same whether an account keeps it or not."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if _count("address", request.META.get("REMOTE_ADDR", "")) > REQUESTS_PER_HOUR:
            add_refusal(form, RuleViolation("E-PA-20", field="email"))
        else:
            # Whoever has had three mails this hour gets no fourth, and is not told.
            if _count("email", email) <= MAILS_PER_HOUR:
                request_recovery(
                    email,
                    link_of=lambda uid, token: request.build_absolute_uri(
                        reverse("set_password", args=[uid, token])
                    ),
                    at=clock.now(),
                )
            return redirect("recovery_sent")
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "accounts/recover.html", context)


@require_safe
def recovery_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if there is an account."""
    return render(request, "accounts/recovery_sent.html")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a new password by the link; it works once and for an hour."""
    user = find_recovering(uid, token)
    if user is None:
        raise Http404
    form = ActivationForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        recover_password(user, form.cleaned_data["new_password"], at=clock.now())
        messages.success(request, "密码已设置，请登录。")
        return redirect("sign_in")
    context = {"form": form, "person": user, "has_errors": bool(form.errors)}
    return render(request, "accounts/activate.html", context)


def _count(kind: str, value: str) -> int:
    """Count one more request of this hour and return the count."""
    digest = hashlib.sha256(value.encode()).hexdigest()
    key = f"recovery.{kind}.{digest}.{clock.now():%Y%m%d%H}"
    cache.add(key, 0, 3600)
    return cache.incr(key)
