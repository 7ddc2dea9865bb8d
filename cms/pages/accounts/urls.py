"""URLs of the account pages."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.accounts import (
    kept_forms,
    members,
    organization,
    profile,
    recovery,
    registration,
    second_factor,
    sign_in,
    units,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", profile.account, name="account"),
    path("account/login/", sign_in.sign_in, name="sign_in"),
    path("account/login/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("account/logout/", sign_in.sign_out, name="sign_out"),
    path("account/resume/", kept_forms.resume, name="resume"),
    path("account/password/", sign_in.password, name="password"),
    path("account/recovery/", recovery.recover, name="recover"),
    path("account/recovery/sent/", recovery.recovery_sent, name="recovery_sent"),
    path(
        "account/recovery/<str:uid>/<str:token>/",
        recovery.set_password,
        name="set_password",
    ),
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
    path("account/register/", registration.register, name="register"),
    path(
        "account/activate/<str:uid>/<str:token>/",
        registration.activate,
        name="activate",
    ),
    path("my/organization/", organization.my_organization, name="my_organization"),
    path("my/organization/real-name/", organization.real_name, name="real_name"),
    path("my/organization/members/", members.members, name="members"),
    path("my/organization/members/<int:user_id>/", members.member, name="member"),
    path("my/organization/members/link/", members.member_link, name="member_link"),
    path(
        "my/organization/members/<int:user_id>/roles/",
        members.give_role,
        name="give_role",
    ),
    path(
        "my/organization/members/<int:user_id>/link/",
        members.new_link,
        name="new_member_link",
    ),
    path(
        "my/organization/members/<int:user_id>/second-factor/",
        members.reset_code,
        name="reset_second_factor",
    ),
    path(
        "my/organization/memberships/<int:membership_id>/revoke/",
        members.take_role,
        name="take_role",
    ),
    path("units/", units.units, name="units"),
    path("units/units.xlsx", units.units_excel, name="units_excel"),
]
