"""URLs of the account pages."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.accounts import profile, second_factor, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", profile.account, name="account"),
    path("account/login/", sign_in.sign_in, name="sign_in"),
    path("account/login/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("account/logout/", sign_in.sign_out, name="sign_out"),
    path("account/password/", sign_in.password, name="password"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path(
        "account/second-factor/recovery/",
        second_factor.recovery_codes,
        name="recovery_codes",
    ),
    path(
        "account/second-factor/off/",
        second_factor.switch_off,
        name="second_factor_off",
    ),
]
