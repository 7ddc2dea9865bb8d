"""The desk of announcements: written by one person, published by another."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal
from cms.core.typed_numbers import typed_number
from cms.notices import actions
from cms.notices.models import Announcement
from cms.notices.queries import list_announcements
from cms.parties.models import Organization
from cms.rules.notices import AnnouncementKind, AnnouncementState
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view

PAGE_SIZE = 20
LIST = ListParameters("公告", "/desk/notices/announcements/", PAGE)
STAFF = (Role.PLATFORM, Role.BUREAU)
_TRAIL = [
    ("审核台", "/desk/"),
    ("公示审查", "/desk/notices/"),
    ("公告", "/desk/notices/announcements/"),
]
TONES = {
    AnnouncementState.DRAFT: "",
    AnnouncementState.SUBMITTED: "now",
    AnnouncementState.PUBLISHED: "ok",
}
DRAFTABLE = (
    AnnouncementKind.GENERAL,
    AnnouncementKind.SERVICE,
    AnnouncementKind.DEAL,
)


class AnnouncementForm(forms.Form):
    """Kind, title and body; the kind is chosen once."""

    kind = forms.ChoiceField(
        label="种类", choices=[(kind.value, kind.label) for kind in DRAFTABLE]
    )
    title = forms.CharField(label="标题", max_length=120)
    body = forms.CharField(
        label="正文",
        max_length=20_000,
        help_text="空行分段。不写身份证号、手机号、银行账号等个人信息。",
        widget=forms.Textarea(attrs={"rows": 14}),
    )


@desk_view(*STAFF)
@require_safe
@LIST.checks
def announcements(request: HttpRequest) -> HttpResponse:
    """List all announcements, drafts included."""
    page = Paginator(list_announcements(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "row": row,
            "kind": AnnouncementKind(row.kind).label,
            "state": AnnouncementState(row.status).label,
            "tone": TONES[AnnouncementState(row.status)],
        }
        for row in page
    ]
    context = {"rows": rows, "page": page, "query": "", "trail": _TRAIL}
    return render(request, "staff/notices/announcements.html", context)


@desk_view(*STAFF)
def new_announcement(request: HttpRequest) -> HttpResponse:
    """Start a draft."""
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.create_announcement(
            AnnouncementKind(form.cleaned_data["kind"]),
            title=form.cleaned_data["title"],
            body=form.cleaned_data["body"],
            by=request.actor,  # type: ignore[attr-defined]
            at=clock.now(),
        )
        return redirect("desk_announcement", pk=row.pk)
    context = {"form": form, "trail": [*_TRAIL, ("起草", "")]}
    return render(request, "staff/notices/announcement_form.html", context)


@desk_view(*STAFF)
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an announcement; a draft can be edited here."""
    row = get_object_or_404(list_announcements(), pk=pk)
    is_draft = row.status == AnnouncementState.DRAFT
    form = AnnouncementForm(
        request.POST or None,
        initial={"kind": row.kind, "title": row.title, "body": row.body},
    )
    del form.fields["kind"]
    if request.method == "POST" and is_draft and form.is_valid():
        row.version = _version(request, row)
        try:
            actions.save_announcement(
                row,
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                by=request.actor,  # type: ignore[attr-defined]
            )
            messages.success(request, "草稿已保存。", "ok")
            return redirect("desk_announcement", pk=pk)
        except RuleViolation as refused:
            add_refusal(form, refused)
    context = {
        "row": row,
        "kind": AnnouncementKind(row.kind).label,
        "state": AnnouncementState(row.status).label,
        "tone": TONES[AnnouncementState(row.status)],
        "form": form if is_draft else None,
        "may_decide": row.status == AnnouncementState.SUBMITTED
        and row.submitted_by_id != request.user.pk,
        "corrections": row.corrections.all(),
        "trail": [*_TRAIL, (str(row), "")],
    }
    return render(request, "staff/notices/announcement.html", context)


@desk_view(*STAFF)
@require_POST
def announcement_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit, return, publish or correct."""
    row = get_object_or_404(Announcement, pk=pk)
    row.version = _version(request, row)
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]
    name = request.POST.get("step", "")
    try:
        if name == "submit":
            actions.submit_announcement(row, by=by, at=at)
        elif name == "return":
            reason = request.POST.get("reason", "")
            actions.return_announcement(row, reason=reason, by=by, at=at)
        elif name == "publish":
            actions.publish_announcement(row, issuer=_issuer(request), by=by, at=at)
        elif name == "correct":
            row = actions.correct_announcement(row, by=by, at=at)
        messages.success(request, "已办理。", "ok")
    except (RuleViolation, RuleViolations) as refused:
        tell_refusal(request, refused)
    return redirect("desk_announcement", pk=row.pk)


def _version(request: HttpRequest, row: Announcement) -> int:
    return typed_number(request.POST.get("version"), otherwise=row.version)


def _issuer(request: HttpRequest) -> str:
    """Return the name of the office for which the publisher acts."""
    owners = request.actor.organizations_as(*STAFF)  # type: ignore[attr-defined]
    name = Organization.objects.filter(pk__in=owners).order_by("pk").first()
    return name.name if name else ""
