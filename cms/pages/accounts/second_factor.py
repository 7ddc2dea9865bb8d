"""The second factor: enroll, give the code, recovery codes, switch off."""

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as mark_verified
from django_otp.plugins.otp_static.models import StaticToken

from cms.core import clock
from cms.core.refusals import add_refusal
from cms.pages.accounts.forms import CodeForm, CurrentPasswordForm
from cms.pages.accounts.sign_in import safe_next
from cms.parties.actions.second_factor import (
    begin_enrollment,
    confirm_enrollment,
    remove_second_factor,
    renew_recovery_codes,
    secret_of,
    verify_code,
)
from cms.parties.models import CodeDevice, User
from cms.rules.parties import STAFF_ROLES
from cms.rules.violations import RuleViolation


@never_cache
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code in a session without it; else show how things stand."""
    user: User = request.user  # type: ignore[assignment]
    if user.second_factor_at is None:
        return _enroll(request, user)
    if not user.is_verified():  # type: ignore[attr-defined]
        return _give_code(request, user)
    left = StaticToken.objects.filter(device__user=user).count()
    context = {"left": left, "is_required": _is_required(request)}
    return render(request, "accounts/second_factor.html", context)


def _enroll(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = confirm_enrollment(
                user,
                form.cleaned_data["code"].replace(" ", ""),
                by=request.actor,  # type: ignore[attr-defined]
                at=clock.now(),
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            mark_verified(request, device)
            request.session.cycle_key()
            return _show_codes(request, codes)
    device = begin_enrollment(user)
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "qr": _qr(device),
        "secret": secret_of(device),
        "next": safe_next(request),
    }
    return render(request, "accounts/enroll.html", context)


def _qr(device: CodeDevice) -> SafeString:
    svg = segno.make(device.config_url, error="m").svg_inline(
        scale=5, border=4, title="动态口令二维码", svgclass="qr", lineclass=None
    )
    return SafeString(svg)


def _give_code(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = verify_code(user, form.cleaned_data["code"])
        if device is not None:
            mark_verified(request, device)
            request.session.cycle_key()
            return HttpResponseRedirect(safe_next(request) or "/my/")
        add_refusal(form, RuleViolation("E-PA-14", field="code"))
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "next": safe_next(request),
    }
    return render(request, "accounts/sign_in_code.html", context)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": safe_next(request)}
    return render(request, "accounts/recovery_codes.html", context)


def _is_required(request: HttpRequest) -> bool:
    is_staff = bool(request.actor.roles & STAFF_ROLES)  # type: ignore[attr-defined]
    return is_staff and settings.STAFF_SECOND_FACTOR == "required"


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes after the password; they are shown this once."""
    user: User = request.user  # type: ignore[assignment]
    if not user.is_verified():  # type: ignore[attr-defined]
        return redirect("second_factor")
    form = CurrentPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actor = request.actor  # type: ignore[attr-defined]
        codes = renew_recovery_codes(user, by=actor, at=clock.now())
        return _show_codes(request, codes)
    context = {"form": form, "has_errors": bool(form.errors), "verb": "重新生成恢复码"}
    return render(request, "accounts/confirm_password.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def switch_off(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off after the password, where it is not required."""
    user: User = request.user  # type: ignore[assignment]
    if not user.is_verified() or _is_required(request):  # type: ignore[attr-defined]
        return redirect("second_factor")
    form = CurrentPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actor = request.actor  # type: ignore[attr-defined]
        remove_second_factor(user, by=actor, at=clock.now())
        messages.success(request, "动态口令已停用。")
        return redirect("account")
    context = {"form": form, "has_errors": bool(form.errors), "verb": "停用动态口令"}
    return render(request, "accounts/confirm_password.html", context)
