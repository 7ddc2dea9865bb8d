"""Registration of enterprises and agencies, and activation of invited members."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.refusals import add_refusal
from cms.pages.accounts.forms import ActivationForm, NewPasswordFields
from cms.pages.accounts.sign_in import BACKEND
from cms.parties.actions.accounts import change_password
from cms.parties.actions.registration import OrganizationFacts, register_enterprise
from cms.parties.models import User
from cms.parties.queries import get_actor
from cms.rules.identifiers import check_credit_code, check_mobile
from cms.rules.parties import SELF_REGISTERED, EnterpriseSize
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.vocabularies import DISTRICTS

REGISTRATIONS_PER_HOUR = 10


class RegistrationForm(NewPasswordFields):
    """An enterprise or agency and the person who will act for it."""

    name = forms.CharField(label="企业（机构）名称", max_length=120)
    credit_code = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        help_text="18位，字母不分大小写。",
        widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
    )
    kind = forms.ChoiceField(
        label="类型",
        choices=[(kind.value, kind.label) for kind in SELF_REGISTERED],
    )
    size = forms.ChoiceField(
        label="规模",
        choices=[("", "请选择"), *EnterpriseSize.choices()],
        required=False,
    )
    district = forms.ChoiceField(
        label="所属地区", choices=lambda: [("", "请选择"), *DISTRICTS.choices()]
    )
    full_name = forms.CharField(
        label="联系人姓名",
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="联系人手机号",
        max_length=24,
        help_text="加密保存，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    username = forms.RegexField(
        label="登录名",
        regex=r"^[a-z][a-z0-9._-]{3,39}$",
        help_text="4至40个字符，小写字母开头，可用小写字母、数字、点和横线。",
        error_messages={"invalid": "登录名格式不符。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    field_order = (
        "name",
        "credit_code",
        "kind",
        "size",
        "district",
        "full_name",
        "phone",
        "username",
        "new_password",
        "repeated_password",
    )

    def clean_credit_code(self) -> str:
        """Refuse a malformed code beside the other faults of the form (E-ID-01)."""
        return self._checked(check_credit_code, "credit_code")

    def clean_phone(self) -> str:
        """Refuse a malformed number beside the other faults of the form (E-ID-05)."""
        return self._checked(check_mobile, "phone")

    def _checked(self, check: Callable[[str], str], name: str) -> str:
        text: str = self.cleaned_data[name]
        try:
            return check(text)
        except RuleViolation as error:
            add_refusal(self, error)
            return text

    def person(self) -> User:
        """Return an unsaved person, so that look-alike passwords are refused."""
        names = {key: self.cleaned_data.get(key, "") for key in ("username",)}
        return User(**names, full_name=self.cleaned_data.get("full_name", ""))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an enterprise or agency; it starts unverified."""
    if request.user.is_authenticated:
        return redirect("my_organization")
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _register(request, form)
        if user is not None:
            login(request, user, BACKEND)
            messages.success(request, "注册成功。请继续提交实名认证材料。")
            return redirect("my_organization")
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "accounts/register.html", context)


def _register(request: HttpRequest, form: RegistrationForm) -> User | None:
    values = form.cleaned_data
    fields = ("name", "credit_code", "kind", "district", "size")
    facts = OrganizationFacts(**{name: values[name] for name in fields})
    try:
        _check_rate(request)
        return register_enterprise(
            facts,
            username=values["username"],
            full_name=values["full_name"],
            phone=values["phone"],
            password=values["new_password"],
            at=clock.now(),
        )
    except (RuleViolation, RuleViolations) as error:
        add_refusal(form, error)
        return None


def _check_rate(request: HttpRequest) -> None:
    """Refuse an address that registers without end (E-PA-19)."""
    hour = clock.now().strftime("%Y%m%d%H")
    key = f"registrations.{request.META.get('REMOTE_ADDR', '')}.{hour}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > REGISTRATIONS_PER_HOUR:
        raise RuleViolation("E-PA-19")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Let an invited member set the first password; the link works once."""
    user = _invited(uid)
    if user is None or not default_token_generator.check_token(user, token):
        raise Http404
    form = ActivationForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        new_password = form.cleaned_data["new_password"]
        change_password(user, new_password, by=get_actor(user), at=clock.now())
        messages.success(request, "密码已设置，请登录。")
        return redirect("sign_in")
    context: dict[str, Any] = {
        "form": form,
        "person": user,
        "has_errors": bool(form.errors),
    }
    return render(request, "accounts/activate.html", context)


def _invited(uid: str) -> User | None:
    try:
        pk = int(force_str(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()
