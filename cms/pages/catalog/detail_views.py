"""The public page of an achievement, its pictures, its contact."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from cms.achievements.actions import disclose_contact, send_message
from cms.achievements.facts import item_from_json
from cms.achievements.ip_rows import ip_rows
from cms.achievements.models import AchievementPage, PublishedPicture
from cms.core import clock
from cms.core.refusals import tell_refusal
from cms.pages.catalog.detail_rows import detail_sections
from cms.pages.serving import serves
from cms.rules.achievements import PublicStatus
from cms.rules.violations import RuleViolation
from cms.supply_demand.models import OfferPage

_TONES = {
    PublicStatus.PUBLISHED: "ok",
    PublicStatus.WITHDRAWN: "warn",
    PublicStatus.EXPIRED: "warn",
}


class MessageForm(forms.Form):
    """A question to the unit."""

    text = forms.CharField(
        label="咨询内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请勿填写国家秘密、商业秘密和身份证号。",
    )
    reply_to = forms.CharField(
        label="回复方式", max_length=100, help_text="您的电话或邮箱，仅对方单位可见。"
    )


def get_page(number: str) -> AchievementPage:
    """Return a public page with its unit and pictures, or 404."""
    return get_object_or_404(
        AchievementPage.objects.select_related("unit").prefetch_related("pictures"),
        number=number,
        live=True,
    )


def detail(
    request: HttpRequest,
    number: str,
    *,
    form: MessageForm | None = None,
    contact: Any = None,
    status: int = 200,
) -> HttpResponse:
    """Show all public fields of an achievement."""
    page = get_page(number)
    state = PublicStatus(page.public_status)  # type: ignore[call-arg]
    items = [item_from_json(stored) for stored in page.ip_items]
    context = {
        "page": page,
        "sections": detail_sections(page),
        "ip_rows": ip_rows(items, clock.now().date()),
        "state": state,
        "tone": _TONES[state],
        "is_open": state is PublicStatus.PUBLISHED,
        "offers": OfferPage.objects.readable().filter(achievement_number=number),
        "may_see_contact": request.actor.is_verified,  # type: ignore[attr-defined]
        "contact": contact,
        "form": form or MessageForm(),
        "has_errors": bool(form and form.errors),
        "trail": [("科技成果", "/achievements/"), (page.title, "")],
    }
    return render(request, "catalog/detail.html", context, status=status)


@require_safe
def achievement_detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show the page at its own address."""
    return detail(request, number)


@serves(AchievementPage)
def achievement_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Serve the page where the page tree leads to it."""
    return detail(request, page.slug)


@require_POST
@never_cache
def show_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show the contact to a verified person; the view is logged."""
    page = get_page(number)
    if page.public_status != PublicStatus.PUBLISHED.value:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    if actor.user_id is None:
        return redirect(f"/account/login/?next=/achievements/{number}/")
    try:
        contact = disclose_contact(page, by=actor, at=clock.now())
    except RuleViolation as refusal:
        tell_refusal(request, refusal)
        return redirect(f"/achievements/{number}/#contact")
    return detail(request, number, contact=contact)


@require_POST
def leave_message(request: HttpRequest, number: str) -> HttpResponse:
    """Send a question to the unit."""
    page = get_page(number)
    actor = request.actor  # type: ignore[attr-defined]
    if actor.user_id is None:
        return redirect(f"/account/login/?next=/achievements/{number}/")
    form = MessageForm(request.POST)
    if not form.is_valid():
        return detail(request, number, form=form, status=422)
    send_message(page, **form.cleaned_data, by=actor, at=clock.now())
    messages.success(request, "咨询已发送给成果单位。")
    return redirect(f"/achievements/{number}/#contact")


@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """Send a public picture; its bytes are our own encoding."""
    row = get_object_or_404(PublishedPicture, pk=pk, page__live=True)
    if not default_storage.exists(row.file_name):
        raise Http404
    response = FileResponse(
        default_storage.open(row.file_name), content_type="image/jpeg"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=86400"
    return response
