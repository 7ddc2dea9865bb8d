"""My organization: its facts, its real-name check, its members."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cms.core import clock, private_files
from cms.core.refusals import add_refusal
from cms.parties.actions.members import granting_roles
from cms.parties.actions.verification import (
    HandlerFacts,
    keep_license,
    submit_verification,
)
from cms.parties.models import Organization, VerificationCase
from cms.parties.queries import get_verification_case, list_own_organizations
from cms.rules.parties import GRANTABLE, VERIFICATION, VerificationEvent
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.vocabularies import DISTRICTS
from notation.masking import mask_identity_number, mask_phone

TONES = {"verified": "ok", "pending": "now", "rejected": "stop", "unverified": "warn"}


class VerificationForm(forms.Form):
    """Who stands for the organization; what is stored is never shown in a field."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    legal_representative = forms.CharField(
        label="法定代表人", max_length=50, required=False
    )
    handler_name = forms.CharField(label="经办人姓名", max_length=50, required=False)
    handler_identity = forms.CharField(
        label="经办人身份证号",
        max_length=24,
        required=False,
        help_text="加密保存，任何页面只显示首6位和末4位。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    handler_phone = forms.CharField(
        label="经办人手机号",
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    license_file = forms.FileField(
        label="营业执照（登记证书）扫描件",
        required=False,
        help_text="PDF或图片，不超过20 MB；上传后即保存，提交未成功也不必重传。",
    )


def own_organization(request: HttpRequest) -> Organization:
    """Return the organization the person acts for, chosen by `?organization=`.

    Raises:
        Http404: the person has none, or not this one.
    """
    owned = list_own_organizations(request.actor)  # type: ignore[attr-defined]
    wanted = request.GET.get("organization")
    for organization in owned:
        if wanted in (None, str(organization.pk)):
            return organization
    raise Http404


def facts_of(organization: Organization) -> list[dict[str, str]]:
    """Return the rows of an organization's card."""
    rows = [
        ("名称", organization.name),
        ("统一社会信用代码", organization.credit_code),
        ("类型", organization.get_kind_display()),
        ("规模", organization.get_size_display()),
        ("所属地区", DISTRICTS.label(organization.district)),
        ("实名状态", organization.get_verification_display()),
    ]
    if organization.pilot_from:
        term = f"{organization.pilot_from}至{organization.pilot_until}"
        rows += [
            ("试点情况", organization.get_pilot_status_display()),
            ("批次", organization.pilot_batch),
            ("文号", organization.pilot_document),
            ("起止", term),
        ]
    return [{"label": label, "value": value} for label, value in rows if value]


@never_cache
@login_required
def my_organization(request: HttpRequest) -> HttpResponse:
    """Show the organization's facts, real-name state and what may be done."""
    organization = own_organization(request)
    case = get_verification_case(organization)
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "organization": organization,
        "others": [
            other for other in list_own_organizations(actor) if other != organization
        ],
        "rows": facts_of(organization),
        "case": case,
        "tone": TONES[organization.verification],
        "can_submit": _can_submit(request, case),
        "can_manage": bool(granting_roles(actor, organization) & GRANTABLE.keys()),
    }
    return render(request, "accounts/organization.html", context)


def _can_submit(request: HttpRequest, case: VerificationCase) -> bool:
    roles = request.actor.roles_in(case.organization_id)  # type: ignore[attr-defined]
    events = VERIFICATION.events_for(case.status, roles)
    return VerificationEvent.SUBMIT.value in events


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def real_name(request: HttpRequest) -> HttpResponse:
    """Hand in the organization's real-name data."""
    organization = own_organization(request)
    case = get_verification_case(organization)
    if not _can_submit(request, case):
        raise Http404
    form = VerificationForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "version": case.version,
            "legal_representative": case.legal_representative,
            "handler_name": case.handler_name,
        },
    )
    if request.method == "POST" and form.is_valid() and _submit(request, form, case):
        messages.success(request, "已提交，请等待平台核验。")
        return redirect("my_organization")
    context: dict[str, Any] = {
        "form": form,
        "case": case,
        "organization": organization,
        "identity": mask_identity_number(case.handler_identity or ""),
        "phone": mask_phone(case.handler_phone or ""),
        "has_errors": bool(form.errors),
    }
    return render(request, "accounts/real_name.html", context)


def _submit(
    request: HttpRequest, form: VerificationForm, case: VerificationCase
) -> bool:
    values, at = form.cleaned_data, clock.now()
    actor = request.actor  # type: ignore[attr-defined]
    upload: UploadedFile | None = values["license_file"]
    try:
        if upload is not None:
            file = private_files.store(
                upload,
                by=actor,
                owner_id=case.organization_id,
                purpose="real_name",
                at=at,
            )
            keep_license(case, file)
        case.version = values["version"]
        facts = HandlerFacts(
            legal_representative=values["legal_representative"],
            handler_name=values["handler_name"],
            handler_identity=values["handler_identity"] or case.handler_identity,
            handler_phone=values["handler_phone"] or case.handler_phone,
        )
        submit_verification(case, facts, by=actor, at=at)
    except (RuleViolation, RuleViolations) as error:
        case.refresh_from_db()
        add_refusal(form, error)
        return False
    return True
