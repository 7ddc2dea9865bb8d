"""Check answers, declaration, hand-in, receipt and its verification."""

import secrets
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cms.core import clock
from cms.core.encryption import new_salt
from cms.core.typed_numbers import typed_number
from cms.pages.supply.access import actor_of, unit_view
from cms.pages.supply.inputs import violations_of
from cms.pages.supply.topic_views import form_lists
from cms.rules.form_values import Lists, display
from cms.rules.forms import FieldType, FormDefinition, FormField, Visibility
from cms.rules.supply_demand.application_checks import (
    check_application,
    check_payment,
    list_missing,
    warn_application,
)
from cms.rules.supply_demand.supply_states import EDITABLE_STATES, SupplyState
from cms.rules.violations import RuleViolation, RuleViolations
from cms.supply_demand.actions.submissions import submit_application
from cms.supply_demand.models import Application, Submission
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.models.applications import SubmissionDecision
from cms.supply_demand.queries.applications import (
    get_last_submission,
    get_own_application,
    get_receipt,
)

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_BADGES = {Visibility.PUBLIC: "公开", Visibility.LOGIN: "登录可见"}


@unit_view
@require_http_methods(["GET", "HEAD", "POST"])
def application_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all answers with change links and the declaration; hand in."""
    application = get_own_application(actor_of(request), pk)
    if application.status not in EDITABLE_STATES:
        return _already_handed_in(application)
    if request.method != "POST":
        return _check_page(request, application, [])
    try:
        submission = submit_application(
            application,
            version=typed_number(request.POST.get("version"), otherwise=-1),
            salt=new_salt(),
            receipt_code="".join(secrets.choice(_ALPHABET) for _ in range(12)),
            is_declared_true=request.POST.get("truthful") == "yes",
            by=actor_of(request),
            at=clock.now(),
            lists=form_lists(clock.now()),
        )
    except (RuleViolation, RuleViolations) as refused:
        fresh = get_own_application(actor_of(request), pk)
        if fresh.status not in EDITABLE_STATES:
            return _already_handed_in(fresh)
        return _check_page(request, fresh, violations_of(refused), status=422)
    return redirect("application_receipt", pk=pk, sequence=submission.sequence)


def _already_handed_in(application: Application) -> HttpResponse:
    """Lead a second click on the button to the receipt of the first."""
    last = get_last_submission(application)
    if last is not None and last.decision == SubmissionDecision.PENDING:
        return redirect(
            "application_receipt", pk=application.pk, sequence=last.sequence
        )
    return redirect("application_case", pk=application.pk)


def _check_page(
    request: HttpRequest,
    application: Application,
    refused: list[RuleViolation],
    *,
    status: int = 200,
) -> HttpResponse:
    form, answers = form_of(application), all_answers(application)
    lists = form_lists(clock.now())
    payable = answers.get("payment_form") and answers.get("payment_rows")
    bears_label = bool(payable) and not check_payment(answers)
    found = refused or []
    context = {
        "application": application,
        "groups": summary_groups(form, answers, lists, pk=application.pk),
        "errors": [
            link
            for violation in found
            for link in _error_links(application, violation, answers)
        ],
        "has_errors": bool(found),
        "warnings": warn_application(answers),
        "is_complete": not check_application(form, answers),
        "bears_label": bears_label,
        "declarations": form.declarations,
        "is_revision": application.status != SupplyState.DRAFT,
        "trail": [
            ("我的工作台", "/my/"),
            ("发布申请", "/my/applications/"),
            (application.title or "申请表", f"/my/applications/{application.pk}/"),
            ("检查并提交", ""),
        ],
    }
    return render(request, "supply/application_check.html", context, status=status)


def summary_groups(
    form: FormDefinition, answers: Any, lists: Lists | None = None, *, pk: int = 0
) -> list[dict[str, Any]]:
    """Return the answers by section for a summary, with change links for `pk`."""
    return [
        {
            "title": section.title,
            "code": section.code,
            "rows": [
                {
                    "code": field.code,
                    "label": field.label,
                    "badge": _BADGES.get(field.visibility, "不公开"),
                    "value": display(field, answers.get(field.code), lists),
                    "files": _files(field, answers),
                    "change_url": _topic_url(pk, topic.code, field.code, "check")
                    if pk
                    else "",
                }
                for topic in section.shown_topics(answers)
                for field in topic.shown_fields(answers)
            ],
        }
        for section in form.sections
    ]


def _files(field: FormField, answers: Any) -> list[dict[str, Any]]:
    value = answers.get(field.code)
    return value or [] if field.type == "files" else []


def _topic_url(pk: int, topic: str, place: str, source: str = "") -> str:
    url = reverse("application_topic", args=[pk, topic])
    return f"{url}{'?from=check' if source else ''}#id_{place}"


def _error_links(
    application: Application, violation: RuleViolation, answers: Any
) -> list[dict[str, str]]:
    """Return the summary's lines; E-FP-06 gives one for each missing field."""
    form = form_of(application)
    if violation.code == "E-FP-06":
        places = [(item.place, item.label) for item in list_missing(form, answers)]
        first = {"href": "#content", "text": violation.message, "code": violation.code}
        rest = [
            {"href": _place_url(application, place), "text": label, "code": ""}
            for place, label in places
        ]
        return [first, *rest]
    return [
        {
            "href": _place_url(application, violation.field),
            "text": violation.message,
            "code": violation.code,
        }
    ]


def _place_url(application: Application, place: str) -> str:
    """Return the link to the question behind a violation's field."""
    form = form_of(application)
    code = {"negative_list": "negative_state_interest"}.get(
        place, place.split("-", 1)[0]
    )
    topic = form.topic_of(code)
    if topic is None:
        return "#id_truthful"
    shown = place if place != "negative_list" else code
    return _topic_url(application.pk, topic.code, shown, "check")


@unit_view
@require_safe
def application_receipt(request: HttpRequest, pk: int, sequence: int) -> HttpResponse:
    """Show the receipt: number, time, hash, code, and what happens next."""
    application = get_own_application(actor_of(request), pk)
    submission = application.submissions.filter(sequence=sequence).first()
    if submission is None:
        raise Http404
    url = request.build_absolute_uri(reverse("receipt", args=[submission.receipt_code]))
    context = {
        "application": application,
        "submission": submission,
        "amounts": _amounts(submission),
        "verify_url": url,
        "qr": qr_image(url),
        "trail": [
            ("我的工作台", "/my/"),
            ("发布申请", "/my/applications/"),
            ("回执", ""),
        ],
    }
    return render(request, "supply/receipt.html", context)


def _amounts(submission: Submission) -> list[dict[str, str]]:
    """Return the sums that were handed in, in figures and capitals."""
    answers = all_answers(submission)
    return [
        {"label": field.label, "value": display(field, answers.get(field.code))}
        for field in form_of(submission).shown_fields(answers)
        if field.type == FieldType.MONEY and answers.get(field.code)
    ]


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm a receipt to anybody: number, time, hash and state, nothing else."""
    submission = get_receipt(code)
    if submission is None:
        raise Http404
    context = {
        "submission": submission,
        "decision": SubmissionDecision(submission.decision).label,
        "trail": [("核验", "/verify/"), ("申请回执", "")],
    }
    return render(request, "supply/receipt_verified.html", context)


def qr_image(url: str) -> str:
    """Return a QR code as a data address of an SVG picture."""
    return segno.make(url, error="m").svg_data_uri(scale=4, border=2)
