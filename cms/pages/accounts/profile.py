"""One's own account: roles, personal data (masked), password, second factor."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.refusals import add_refusal
from cms.parties.actions.accounts import save_personal_data
from cms.parties.models import User
from cms.parties.queries import list_memberships_of
from cms.rules.violations import RuleViolation
from notation.masking import mask_email, mask_identity_number, mask_phone


class PersonalDataForm(forms.Form):
    """Phone, identity number, e-mail; what is stored is never shown in a field."""

    phone = forms.CharField(
        label="手机号",
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    identity_number = forms.CharField(
        label="身份证号",
        required=False,
        max_length=24,
        help_text="用于实名认证，加密保存，任何页面只显示首6位和末4位。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="邮箱",
        required=False,
        max_length=120,
        help_text="用于找回密码，不公开。",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account and take phone, identity number and e-mail."""
    user: User = request.user  # type: ignore[assignment]
    form = PersonalDataForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_personal_data(
                user,
                **form.cleaned_data,
                by=request.actor,  # type: ignore[attr-defined]
                at=clock.now(),
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("account")
    phone = mask_phone(user.phone) if user.phone else "未填写"
    identity = user.identity_number
    rows = [
        {"label": "姓名", "value": user.full_name},
        {"label": "登录名", "value": user.username},
        {"label": "手机号", "value": phone},
        {
            "label": "身份证号",
            "value": mask_identity_number(identity) if identity else "未填写",
        },
        {"label": "邮箱", "value": mask_email(user.email) if user.email else "未填写"},
        *(
            {"label": item.organization.name, "value": item.get_role_display()}
            for item in list_memberships_of(user)
        ),
    ]
    context = {"form": form, "rows": rows, "has_errors": bool(form.errors)}
    return render(request, "accounts/account.html", context)
