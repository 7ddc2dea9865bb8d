"""Sign-in with lock-out and second factor, sign-out, change of password."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cms.core import clock
from cms.core.refusals import add_refusal, tell_refusal
from cms.pages.accounts.forms import CodeForm, PasswordForm, SignInForm
from cms.parties.actions.accounts import change_password
from cms.parties.actions.second_factor import verify_code
from cms.parties.models import User
from cms.parties.queries import get_actor
from cms.rules.parties import STAFF_ROLES
from cms.rules.violations import RuleViolation

PENDING = "sign_in"
PENDING_SECONDS = 600
PENDING_ATTEMPTS = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest) -> str:
    """Return the `next` address if it is one of ours, else an empty text."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""


def _home_of(user: User) -> str:
    return "/desk/" if get_actor(user).roles & STAFF_ROLES else "/my/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login name and password, then for the code where one is due."""
    target = safe_next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(target or _home_of(request.user))  # type: ignore[arg-type]
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        user: User = form.user  # type: ignore[assignment]
        if user.second_factor_at is None:
            login(request, user, BACKEND)
            return HttpResponseRedirect(target or _home_of(user))
        request.session.cycle_key()
        request.session[PENDING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "at": int(clock.now().timestamp()),
            "attempts": 0,
            "next": target,
        }
        return redirect("sign_in_code")
    context = {"form": form, "next": target, "has_errors": bool(form.errors)}
    return render(request, "accounts/sign_in.html", context)


def _pending_user(request: HttpRequest) -> User | None:
    """Return who has given the password within ten minutes, or None."""
    pending = request.session.get(PENDING) or {}
    age = int(clock.now().timestamp()) - pending.get("at", 0)
    if age > PENDING_SECONDS or pending["attempts"] >= PENDING_ATTEMPTS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    is_same = user is not None and user.get_session_auth_hash() == pending["password"]
    return user if is_same else None


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code; five wrong ones go back to the password."""
    user = _pending_user(request)
    if user is None:
        request.session.pop(PENDING, None)
        tell_refusal(request, RuleViolation("E-PA-15"))
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pending = request.session[PENDING]
        device = verify_code(user, form.cleaned_data["code"])
        if device is not None:
            del request.session[PENDING]
            user.otp_device = device  # type: ignore[attr-defined]
            login(request, user, BACKEND)
            return HttpResponseRedirect(pending["next"] or _home_of(user))
        pending["attempts"] += 1
        request.session.modified = True
        add_refusal(form, RuleViolation("E-PA-14", field="code"))
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "accounts/sign_in_code.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, "您已退出登录。")
    return redirect("/")


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other sessions end."""
    user: User = request.user  # type: ignore[assignment]
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        change_password(
            user,
            form.cleaned_data["new_password"],
            by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改，其他设备上的登录已失效。")
        return redirect("account")
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "accounts/password.html", context)
