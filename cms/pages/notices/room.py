"""The unit's room of notices (本单位公示): list, drafts, one case."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cms.core import clock, private_files
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.typed_numbers import typed_number
from cms.notices import actions
from cms.notices.models import Notice
from cms.notices.overview import TONES, doors_of, overview_of
from cms.notices.periods import preview_venue
from cms.notices.queries import (
    get_own_notice,
    list_own_notices,
    list_unit_notices,
    state_at,
)
from cms.pages.notices.forms import KindForm, NoticeForm
from cms.parties.models import Organization
from cms.rules.notices import (
    NoticeKind,
    NoticeState,
    Venue,
    rule_of,
)
from cms.rules.periods import PERIODS
from cms.rules.roles import Role
from cms.rules.shanghai_time import format_close
from cms.rules.violations import RuleViolation, RuleViolations

PAGE_SIZE = 20
TITLE = "本单位公示"
ROOM = ("我的工作台", "/my/")
TRAIL = [ROOM, (TITLE, "/my/notices/")]
LIST = ListParameters(TITLE, "/my/notices/", PAGE)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def shown_state(notice: Notice, at: datetime) -> NoticeState:
    """Return the state of a case as an instant shows it."""
    return state_at(
        notice.status, notice.close_at, at, is_provisional=notice.is_provisional
    )


def own_notice(request: HttpRequest, pk: int) -> Notice:
    """Return a notice of the person's own unit; any other does not exist."""
    notice = get_own_notice(actor_of(request), pk)
    if notice is None:
        raise Http404
    return notice


@login_required
@LIST.checks
def my_notices(request: HttpRequest) -> HttpResponse:
    """List the notices of the person's units, and the way to their own venue."""
    actor, at = actor_of(request), clock.now()
    page = Paginator(list_own_notices(actor), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    rows = [
        {
            "notice": notice,
            "kind": NoticeKind(notice.kind).label,
            "state": shown_state(notice, at).label,
            "tone": TONES.get(shown_state(notice, at), ""),
            "close": format_close(notice.close_at) if notice.close_at else "",
        }
        for notice in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "query": "",
        "trail": [ROOM, (TITLE, "")],
        "may_draft": bool(actor.organizations_as(Role.TRANSFER_OFFICE)),
        "unit_count": list_unit_notices(actor).count(),
    }
    return render(request, "notices/my_notices.html", context)


@login_required
def choose_kind(request: HttpRequest) -> HttpResponse:
    """Ask which kind, then start a draft of it."""
    actor = actor_of(request)
    owners = actor.organizations_as(Role.TRANSFER_OFFICE)
    if not owners:
        raise Http404
    units = list(Organization.objects.filter(pk__in=owners).values_list("pk", "name"))
    form = KindForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        notice = actions.create_notice(
            form.cleaned_data["owner"],
            NoticeKind(form.cleaned_data["kind"]),
            by=actor,
            at=clock.now(),
        )
        return redirect("my_notice_edit", pk=notice.pk)
    context = {
        "form": form,
        "kinds": kind_rows(),
        "trail": [*TRAIL, ("起草", "")],
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "notices/choose_kind.html", context)


def kind_rows() -> list[dict[str, str]]:
    """Return venues and length of each kind, under today's parameters."""
    rows = []
    for kind in NoticeKind:
        rule = rule_of(kind)
        venues = "、".join(venue.label for venue in rule.required)
        if rule.advised:
            venues += "（建议同步：" + "、".join(v.label for v in rule.advised) + "）"
        period = PERIODS.get(rule.period, PERIODS.edition_on(clock.now().date()))
        rows.append({"label": kind.label, "venues": venues, "period": period.length})
    return rows


@login_required
def edit_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft: every save keeps what was typed, submission checks it."""
    notice = own_notice(request, pk)
    if not doors_of(actor_of(request), notice, clock.now()).edit:
        return redirect("my_notice", pk=pk)
    form = NoticeForm(request.POST or None, request.FILES or None, notice=notice)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, notice)
            if "submit" in request.POST:
                actions.submit_notice(notice, by=actor_of(request), at=clock.now())
                messages.success(request, "已提交形式审查。", "ok")
                return redirect("my_notice", pk=pk)
            messages.success(request, "草稿已保存。", "ok")
            return redirect("my_notice_edit", pk=pk)
        except (RuleViolation, RuleViolations) as refused:
            form.show(refused)
            form.data = form.data.copy()
            form.data["version"] = str(notice.version)
    context = {
        "form": form,
        "notice": notice,
        "kind": NoticeKind(notice.kind).label,
        "attachments": notice.attachments.all(),
        "previews": previews_of(notice),
        "trail": [*TRAIL, ("填写", "")],
        "articles": rule_of(notice.kind).articles,
        "has_errors": form.is_bound and bool(form.errors),
    }
    return render(request, "notices/edit_notice.html", context)


def _save(request: HttpRequest, form: NoticeForm, notice: Notice) -> None:
    """Keep the text, then take an upload in or a file off."""
    actor, at = actor_of(request), clock.now()
    notice.version = form.cleaned_data["version"]
    actions.save_draft(
        notice,
        title=form.cleaned_data["title"],
        values=form.values(),
        planned_close_on=form.planned,
        by=actor,
        at=at,
    )
    upload = form.cleaned_data["file"]
    if upload:
        file = private_files.store(
            upload, by=actor, owner_id=notice.owner_id, purpose="notice", at=at
        )
        actions.attach_file(notice, file, by=actor)
    removed = typed_number(request.POST.get("remove"), otherwise=0)
    if notice.attachments.filter(pk=removed).exists():
        actions.detach_file(notice, removed, by=actor)


def previews_of(notice: Notice) -> list[dict[str, str]]:
    """Return when each venue would close if it were opened now."""
    rows = []
    rule = rule_of(notice.kind)
    for venue in rule.venues:
        try:
            deadline = preview_venue(notice, clock.now())
            text = format_close(deadline.close_at)
            if deadline.provisional:
                text += "（暂定，日历补齐前不能发布）"
        except RuleViolation as refused:
            text = f"{refused.message}（{refused.code}）"
        need = "必须" if venue in rule.required else "建议"
        rows.append({"venue": venue.label, "need": need, "close": text})
    return rows


@login_required
def my_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice of the unit with what may be done next."""
    notice, at = own_notice(request, pk), clock.now()
    doors = doors_of(actor_of(request), notice, at)
    due = notice.review_due_at
    context = {
        "overview": overview_of(notice, at),
        "doors": doors,
        "may_publish_unit": Venue.UNIT in doors.publish,
        "may_decide": doors.decide and not rule_of(notice.kind).is_public,
        "is_public": rule_of(notice.kind).is_public,
        "is_waiting": notice.status == NoticeState.AWAITING_REVIEW,
        "review_due": format_close(due) if due else "",
        "step_url": reverse("my_notice_step", args=[pk]),
        "file_base": f"/my/notices/{pk}/files/",
        "trail": [*TRAIL, (str(notice), "")],
    }
    return render(request, "notices/my_notice.html", context)
