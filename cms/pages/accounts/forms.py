"""Forms of sign-in, password and second factor."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from cms.core.refusals import add_refusal
from cms.rules.violations import RuleViolation


class SignInForm(forms.Form):
    """Login name and password; every failure has the same reply."""

    username = forms.CharField(
        label="登录名",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        """Keep the request, which the lock-out counts by."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: AbstractBaseUser | None = None

    def clean(self) -> dict[str, Any]:
        """Check the password; an unknown name takes as long as a wrong one."""
        values = super().clean() or {}
        if {"username", "password"} <= values.keys():
            self.user = authenticate(
                self.request,
                username=values["username"],
                password=values["password"],
            )
            if self.user is None:
                add_refusal(self, RuleViolation("E-PA-13"))
        return values


class CodeForm(forms.Form):
    """A one-time code or a recovery code."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}
        ),
    )


class CurrentPasswordForm(forms.Form):
    """Asks the signed-in person for the password once more."""

    password = forms.CharField(
        label="当前密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        """Keep the person."""
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a wrong password."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            add_refusal(self, RuleViolation("E-PA-16", field="password"))
        return password


class NewPasswordFields(forms.Form):
    """A new password, typed twice."""

    new_password = forms.CharField(
        label="新密码",
        strip=False,
        max_length=128,
        help_text="至少10个字符，不能全是数字，不能与登录名相近。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated_password = forms.CharField(
        label="再次输入新密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def person(self) -> AbstractBaseUser | None:
        """Return whose password it will be, to refuse look-alikes of the name."""
        return None

    def clean(self) -> dict[str, Any]:
        """Refuse weak passwords and two that differ."""
        values = super().clean() or {}
        first, second = values.get("new_password"), values.get("repeated_password")
        if first and second and first != second:
            self.add_error("repeated_password", "两次输入的密码不一致。")
        elif first:
            try:
                password_validation.validate_password(first, self.person())
            except forms.ValidationError as error:
                self.add_error("new_password", error)
        return values


class PasswordForm(NewPasswordFields, CurrentPasswordForm):
    """Change of one's own password."""

    field_order = ("password", "new_password", "repeated_password")

    def person(self) -> AbstractBaseUser:
        """Return the signed-in person."""
        return self.user


class ActivationForm(NewPasswordFields):
    """First password of an invited member."""

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        """Keep the person."""
        super().__init__(*args, **kwargs)
        self.user = user

    def person(self) -> AbstractBaseUser:
        """Return the invited person."""
        return self.user
