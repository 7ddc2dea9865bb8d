"""Desk of the parties: real-name checks, and the register of pilot units (PL-01)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal
from cms.parties.actions import verification
from cms.parties.actions.accounts import activation_parts
from cms.parties.actions.registration import (
    OrganizationFacts,
    PilotFacts,
    appoint_first_member,
    change_pilot,
    pilot_of,
    register_unit,
)
from cms.parties.models import Organization, VerificationCase
from cms.parties.queries import list_units, list_verification_cases
from cms.rules.parties import VERIFICATION, VerificationState
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation
from cms.staff.access import desk_view
from cms.staff.parties.forms import DecisionForm, FirstMemberForm, PilotForm, UnitForm
from notation.masking import mask_identity_number, mask_phone

PAGE_SIZE = 50
CASES = ListParameters(
    "实名核验",
    "/desk/parties/",
    {"state": "状态", **PAGE},
    {"state": [state.value for state in VerificationState]},
)
REGISTER = ListParameters("试点单位名单", "/desk/parties/units/", PAGE)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


@never_cache
@desk_view(Role.PLATFORM, Role.BUREAU)
@CASES.checks
def verifications(request: HttpRequest) -> HttpResponse:
    """List the real-name cases of one state, by default those that wait."""
    if not _actor(request).has(Role.PLATFORM):
        return redirect("unit_register")
    state = request.GET.get("state") or VerificationState.PENDING.value
    cases = Paginator(list_verification_cases(state), PAGE_SIZE)
    context = {
        "page": cases.get_page(request.GET.get("page")),
        "query": f"state={state}&",
        "state": state,
        "states": VerificationState.choices(),
    }
    return render(request, "staff/parties/verifications.html", context)


_ACTS = {
    "verify": lambda case, comment, **kw: verification.verify(case, **kw),
    "reject": verification.reject,
    "revoke": verification.revoke,
}


@never_cache
@desk_view(Role.PLATFORM)
@require_http_methods(["GET", "HEAD", "POST"])
def verification_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a real-name case, its data masked, and decide it."""
    case = get_object_or_404(
        VerificationCase.objects.select_related("organization", "license_file"), pk=pk
    )
    form = DecisionForm(request.POST or None, initial={"version": case.version})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        case.version = values["version"]
        try:
            _ACTS[values["act"]](
                case, values["comment"], by=_actor(request), at=clock.now()
            )
        except RuleViolation as error:
            case.refresh_from_db()
            add_refusal(form, error)
        else:
            messages.success(request, f"{case.organization}：已办理。")
            return redirect("verifications")
    roles = _actor(request).roles & {Role.PLATFORM}
    context = {
        "case": case,
        "rows": _case_rows(case),
        "form": form,
        "events": VERIFICATION.events_for(case.status, roles),
        "has_errors": bool(form.errors),
    }
    return render(request, "staff/parties/verification_case.html", context)


def _case_rows(case: VerificationCase) -> list[dict[str, Any]]:
    organization = case.organization
    rows = [
        ("名称", organization.name),
        ("统一社会信用代码", organization.credit_code),
        ("类型", organization.get_kind_display()),
        ("法定代表人", case.legal_representative),
        ("经办人", case.handler_name),
        ("经办人身份证号", mask_identity_number(case.handler_identity or "")),
        ("经办人手机号", mask_phone(case.handler_phone or "")),
        ("状态", case.get_status_display()),
        ("核验意见", case.comment),
    ]
    return [{"label": label, "value": value} for label, value in rows]


@never_cache
@desk_view(Role.BUREAU)
@REGISTER.checks
def unit_register(request: HttpRequest) -> HttpResponse:
    """List the pilot and reference units, to be changed by the bureau."""
    page = Paginator(list_units(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "query": ""}
    return render(request, "staff/parties/unit_register.html", context)


@never_cache
@desk_view(Role.BUREAU)
@require_http_methods(["GET", "HEAD", "POST"])
def new_unit(request: HttpRequest) -> HttpResponse:
    """Enter a unit in the register."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        names = ("name", "short_name", "credit_code", "kind", "district")
        facts = OrganizationFacts(**{name: values[name] for name in names})
        try:
            unit = register_unit(
                facts, _pilot(values), by=_actor(request), at=clock.now()
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记{unit}。")
            return redirect("desk_unit", unit.pk)
    context = {"form": form, "has_errors": bool(form.errors)}
    return render(request, "staff/parties/new_unit.html", context)


def _pilot(values: dict[str, Any]) -> PilotFacts:
    names = ("status", "entry", "batch", "document", "starts_on", "ends_on")
    return PilotFacts(**{name: values[name] for name in names})


@never_cache
@desk_view(Role.BUREAU)
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a unit's place in the pilot, and appoint its first people."""
    organization = get_object_or_404(list_units(), pk=pk)
    pilot = pilot_of(organization)
    initial = {name: getattr(pilot, name) for name in PilotForm.base_fields}
    form = PilotForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_pilot(
                organization,
                _pilot(form.cleaned_data),
                by=_actor(request),
                at=clock.now(),
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("unit_register")
    context = {
        "unit": organization,
        "form": form,
        "appointment": FirstMemberForm(),
        "has_errors": bool(form.errors),
    }
    return render(request, "staff/parties/unit.html", context)


@never_cache
@desk_view(Role.BUREAU)
@require_http_methods(["POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint the first approver or office person of a unit."""
    organization: Organization = get_object_or_404(list_units(), pk=pk)
    form = FirstMemberForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            user = appoint_first_member(
                organization,
                username=values["username"],
                full_name=values["full_name"],
                role=Role(values["role"]),
                by=_actor(request),
                at=clock.now(),
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            request.session["activation"] = {
                "name": user.full_name,
                "path": reverse("activate", args=activation_parts(user)),
                "organization": organization.pk,
            }
            return redirect(reverse("member_link"))
    context = {
        "unit": organization,
        "form": PilotForm(
            initial={
                name: getattr(pilot_of(organization), name)
                for name in PilotForm.base_fields
            }
        ),
        "appointment": form,
        "has_errors": True,
    }
    return render(request, "staff/parties/unit.html", context)
