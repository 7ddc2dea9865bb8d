"""Review of achievements (成果审核): queue, entry beside its public text, decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.achievements.actions import entries as actions
from cms.achievements.entry_rows import (
    PRIVATE_SECTIONS,
    SECTIONS,
    entry_ip_rows,
    entry_sections,
    find_problems,
    label_of,
    public_values,
)
from cms.achievements.models import Achievement
from cms.achievements.queries import WAITING, list_queue
from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.private_files import inline_response
from cms.core.refusals import violations_of
from cms.rules.achievements import AchievementEvent
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations
from cms.staff.access import desk_view

PAGE_SIZE = 20
COMMENT_MAX = 500
_DESK = (Role.BUREAU, Role.PLATFORM)
_COMMENTED = [*(name for _, names in SECTIONS for name in names), "ip_items"]
_TRAIL = [("审核台", "/desk/"), ("成果审核", "/desk/achievements/")]
LIST = ListParameters("成果审核", "/desk/achievements/", PAGE)


@desk_view(*_DESK)
@require_safe
@LIST.checks
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, the longest first."""
    page = Paginator(list_queue(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "staff/achievements/queue.html", {"page": page, "trail": _TRAIL}
    )


@desk_view(*_DESK)
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission; where it is a revision, the public text beside it."""
    return _show(request, _waiting(pk), [])


@desk_view(*_DESK)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a submission, or return it with comments on named fields."""
    entry = _waiting(pk)
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    event = request.POST.get("event", "")
    try:
        if request.POST.get("version") != str(entry.version):
            raise RuleViolation("E-ST-04")
        if event == AchievementEvent.PUBLISH.value:
            actions.publish_entry(entry, by=actor, at=at)
            messages.success(request, f"已发布，编号 {entry.number}。", "ok")
        elif event == AchievementEvent.RETURN.value:
            actions.return_entry(entry, _comments(request), by=actor, at=at)
            messages.success(request, "已退回单位修改。", "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as refusal:
        return _show(request, _waiting(pk), violations_of(refusal))
    return redirect("desk_achievements")


@desk_view(*_DESK)
@require_safe
def picture(request: HttpRequest, pk: int, picture_id: int) -> HttpResponse:
    """Show a picture of a submission."""
    row = _waiting(pk).pictures.select_related("file").filter(pk=picture_id).first()
    if row is None:
        raise Http404
    return inline_response(row.file)


def _waiting(pk: int) -> Achievement:
    entries = Achievement.objects.select_related("owner", "page")
    return get_object_or_404(entries, pk=pk, status__in=WAITING)


def _comments(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the comments given; each begins with the label of its field."""
    given = []
    for name in _COMMENTED:
        text = request.POST.get(f"comment_{name}", "").strip()[:COMMENT_MAX]
        if text:
            given.append((name, f"{label_of(name)}：{text}"))
    whole = request.POST.get("comment", "").strip()[:COMMENT_MAX]
    return [*given, ("", whole)]


def _show(
    request: HttpRequest, entry: Achievement, refusals: list[RuleViolation]
) -> HttpResponse:
    old = public_values(entry.page) if entry.page else {}
    sections = [
        (
            title,
            [
                row
                | {
                    "comment": request.POST.get(f"comment_{row['name']}", ""),
                    "before": old.get(row["name"], row["value"]),
                }
                for row in rows
            ],
        )
        for title, rows in entry_sections(entry)
        if title != PRIVATE_SECTIONS[1][0]
    ]
    context = {
        "entry": entry,
        "sections": sections,
        "ip_rows": entry_ip_rows(entry, clock.now().date()),
        "pictures": entry.pictures.all(),
        "problems": find_problems(entry),
        "refusals": refusals,
        "has_errors": bool(refusals),
        "comment": request.POST.get("comment", ""),
        "trail": [*_TRAIL, (entry.name, "")],
    }
    return render(
        request,
        "staff/achievements/review.html",
        context,
        status=422 if refusals else 200,
    )
