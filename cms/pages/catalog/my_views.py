"""My achievements (我的成果): a unit's own entries, from draft to revision."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.achievements.actions import entries as actions
from cms.achievements.actions.entry_pictures import remove_picture, store_picture
from cms.achievements.entry_rows import (
    SECTIONS,
    entry_ip_rows,
    entry_sections,
    find_problems,
)
from cms.achievements.models import Achievement
from cms.achievements.queries import get_own_entry, list_own_entries, list_units_of
from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.core.private_files import inline_response
from cms.core.refusals import add_refusal, tell_refusal
from cms.core.typed_numbers import typed_number
from cms.pages.catalog.entry_forms import (
    EntryForm,
    IpItemForm,
    PictureForm,
    WithdrawForm,
    initial_of,
)
from cms.rules.achievements import (
    ACHIEVEMENT_TABLE,
    EDITABLE,
    PICTURES_MAX,
    AchievementEvent,
    AchievementStatus,
)
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation, RuleViolations

PAGE_SIZE = 20
TRAIL = [("我的工作台", "/my/"), ("我的成果", "/my/achievements/")]
LIST = ListParameters(
    "我的成果",
    "/my/achievements/",
    {"q": "名称、台账登记号或目录编号", "status": "状态", **PAGE},
    {"status": [member.value for member in AchievementStatus]},
)
IpFormSet = formset_factory(IpItemForm, extra=1, max_num=30, absolute_max=40)
_TONES = {"published": "ok", "returned": "warn", "revision_returned": "warn"}


def tone_of(entry: Achievement) -> str:
    """Return the tone of a status for the template."""
    return _TONES.get(entry.status, "now" if "submitted" in entry.status else "")


@login_required
@require_safe
@LIST.checks
def my_entries(request: HttpRequest) -> HttpResponse:
    """List the entries of one's units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(found_entries(request), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(entry, tone_of(entry)) for entry in page],
        "statuses": AchievementStatus.choices(),
        "status": request.GET.get("status", ""),
        "q": request.GET.get("q", "").strip(),
        "export_query": query.urlencode(),
        "page_query": f"{query.urlencode()}&" if query else "",
        "may_write": actor.has(Role.TRANSFER_OFFICE),
        "trail": TRAIL,
    }
    return render(request, "catalog/my_list.html", context)


def found_entries(request: HttpRequest) -> QuerySet[Achievement]:
    """Return the entries of one's units that the chosen filters leave."""
    return list_own_entries(
        request.actor,  # type: ignore[attr-defined]
        status=request.GET.get("status", ""),
        q=check_keyword(request.GET.get("q", "")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_entry_new(request: HttpRequest) -> HttpResponse:
    """Start an entry for one of one's units."""
    units = list(list_units_of(request.actor))  # type: ignore[attr-defined]
    if not units:
        raise Http404
    chosen = request.POST.get("unit") or str(units[0].pk)
    unit = next((unit for unit in units if str(unit.pk) == chosen), None)
    if unit is None:
        raise Http404

    def save(values: dict[str, Any], at: datetime) -> Achievement:
        actor = request.actor  # type: ignore[attr-defined]
        return actions.create_entry(unit.pk, values, by=actor, at=at)

    return _edit(request, None, save, {"units": units, "chosen_unit": unit})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an editable entry."""
    entry = _own(request, pk)
    if entry.status not in EDITABLE:
        return redirect("my_entry", pk)

    def save(values: dict[str, Any], at: datetime) -> Achievement:
        version = values.pop("version")
        return actions.update_entry(
            entry, values, version=-1 if version is None else version, at=at
        )

    return _edit(request, entry, save, {})


def _own(request: HttpRequest, pk: int) -> Achievement:
    """Return an entry that the person may change, or 404."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entry = get_own_entry(actor, pk)
    if Role.TRANSFER_OFFICE not in actor.roles_in(entry.owner_id):
        raise Http404
    return entry


def _edit(
    request: HttpRequest,
    entry: Achievement | None,
    save: Callable[[dict[str, Any], datetime], Achievement],
    extra: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST":
        form = EntryForm(request.POST)
        rights = IpFormSet(request.POST, prefix="ip")
        if form.is_valid() & rights.is_valid():
            stored = [right.stored() for right in rights]
            values = form.cleaned_data | {"ip_items": [row for row in stored if row]}
            if entry is None:
                values.pop("version")
            try:
                saved = save(values, clock.now())
            except RuleViolation as refusal:
                add_refusal(form, refusal)
            else:
                return _after_save(request, saved)
    else:
        form = EntryForm(initial=initial_of(entry) if entry else None)
        rights = IpFormSet(prefix="ip", initial=entry.ip_items if entry else None)
    return render(
        request,
        "catalog/my_edit.html",
        {
            "entry": entry,
            "form": form,
            "rights": rights,
            "has_errors": bool(form.errors or rights.total_error_count()),
            "sections": [
                (title, [form[name] for name in names]) for title, names in SECTIONS
            ],
            "comments": _comments(entry),
            "trail": [*TRAIL, ("编辑成果" if entry else "新增成果", "")],
            **extra,
        },
        status=422 if request.method == "POST" else 200,
    )


def _after_save(request: HttpRequest, entry: Achievement) -> HttpResponse:
    if "check" in request.POST:
        return redirect("my_entry", entry.pk)
    messages.success(request, "已保存。", "ok")
    return redirect("my_entry_edit", entry.pk)


def _comments(entry: Achievement | None) -> list[Any]:
    """Return the comments of the last return."""
    if entry is None:
        return []
    comments = list(entry.comments.all())
    last = max((comment.version for comment in comments), default=0)
    return [comment for comment in comments if comment.version == last]


@login_required
@require_safe
def my_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry with what may be done next."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entry = get_own_entry(actor, pk)
    roles = actor.roles_in(entry.owner_id)
    events = ACHIEVEMENT_TABLE.events_for(entry.status, roles)
    is_editable = entry.status in EDITABLE
    context = {
        "entry": entry,
        "tone": tone_of(entry),
        "sections": entry_sections(entry),
        "ip_rows": entry_ip_rows(entry, clock.now().date()),
        "pictures": entry.pictures.select_related("file"),
        "problems": find_problems(entry) if is_editable else [],
        "comments": _comments(entry),
        "events": dict.fromkeys(events, True),
        "may_edit": is_editable and Role.TRANSFER_OFFICE in roles,
        "picture_form": PictureForm(),
        "pictures_max": PICTURES_MAX,
        "withdraw_form": WithdrawForm(),
        "trail": [*TRAIL, (entry.name, "")],
    }
    return render(request, "catalog/my_entry.html", context)


_STEPS: dict[str, tuple[Callable[..., Achievement], str]] = {
    AchievementEvent.SUBMIT.value: (actions.submit_entry, "已提交审核。"),
    AchievementEvent.RECALL.value: (actions.recall_entry, "已撤销提交。"),
    AchievementEvent.REVISE.value: (
        actions.revise_entry,
        "可以修改了；审核通过前，公开页面保持原文。",
    ),
    AchievementEvent.ABANDON.value: (actions.abandon_revision, "已恢复为公开的内容。"),
    AchievementEvent.REOPEN.value: (actions.reopen_entry, "可以修改后重新提交。"),
}


@login_required
@require_POST
def my_entry_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step: submit, recall, revise, abandon, reopen, withdraw."""
    entry, event = _own(request, pk), request.POST.get("event", "")
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    try:
        if event == AchievementEvent.WITHDRAW.value:
            form = WithdrawForm(request.POST)
            if not form.is_valid():
                messages.error(request, "请填写下架原因。", "stop")
                return redirect("my_entry", pk)
            actions.withdraw_entry(entry, form.cleaned_data["reason"], by=actor, at=at)
            messages.success(request, "已下架。", "ok")
        elif event in _STEPS:
            step, told = _STEPS[event]
            step(entry, by=actor, at=at)
            messages.success(request, told, "ok")
        else:
            raise Http404
    except (RuleViolation, RuleViolations) as refusal:
        tell_refusal(request, refusal)
    return redirect("my_entry", pk)


@login_required
@require_POST
def my_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a picture, or with `remove` take one off."""
    entry = _own(request, pk)
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    removed = typed_number(request.POST.get("remove"), otherwise=0)
    form = PictureForm(request.POST, request.FILES)
    try:
        if removed:
            remove_picture(entry, removed, at=at)
        elif form.is_valid():
            store_picture(entry, **form.cleaned_data, by=actor, at=at)
        else:
            messages.error(request, "请选择图片并填写图片说明。", "stop")
    except RuleViolation as refusal:
        tell_refusal(request, refusal)
    return redirect("my_entry", pk)


@login_required
@require_safe
def my_picture(request: HttpRequest, pk: int, picture_id: int) -> HttpResponse:
    """Show a picture of one's own entry (private until publication)."""
    entry = get_own_entry(request.actor, pk)  # type: ignore[attr-defined]
    picture = entry.pictures.select_related("file").filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    return inline_response(picture.file)
