"""The unit's applications: list, start, task list, the case (§17.9)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.core.refusals import tell_refusal
from cms.core.typed_numbers import typed_number
from cms.pages.room.cards import Card, card
from cms.pages.supply.access import actor_of, unit_view
from cms.pages.supply.texts import tone_of
from cms.parties.models import Organization
from cms.rules.form_progress import TaskStatus, missing_in_topic, task_status
from cms.rules.roles import Role
from cms.rules.supply_demand.supply_states import (
    EDITABLE_STATES,
    SUPPLY,
    SupplyEvent,
    SupplyState,
)
from cms.rules.violations import RuleViolation
from cms.supply_demand.actions.drafts import discard_draft, start_application
from cms.supply_demand.actions.offers import renew_offer, withdraw_offer
from cms.supply_demand.actions.submissions import retract_submission, roles_over
from cms.supply_demand.models import Application
from cms.supply_demand.models.answers import all_answers, form_of
from cms.supply_demand.queries.applications import (
    get_last_submission,
    get_own_application,
    get_return,
    list_comments,
    list_own_applications,
    list_steps,
    search_applications,
)
from cms.supply_demand.queries.prefill import (
    answers_of_achievement,
    answers_of_application,
    list_own_achievements,
)

PAGE_SIZE = 20
_TASK_TONES = {
    TaskStatus.UNTOUCHED: "",
    TaskStatus.STARTED: "warn",
    TaskStatus.COMPLETED: "ok",
    TaskStatus.BLOCKED: "",
}
_TRAIL = [("我的工作台", "/my/"), ("发布申请", "/my/applications/")]
LIST = ListParameters(
    "发布申请",
    "/my/applications/",
    {"q": "名称或编号", "status": "状态", **PAGE},
    {"status": [state.value for state in SupplyState]},
)


@card(order=20)
def applications_card(request: HttpRequest) -> Card | None:
    """Show how many applications the unit has, and how many came back."""
    actor = actor_of(request)
    if not actor.has(Role.TRANSFER_OFFICE):
        return None
    own = list_own_applications(actor)
    drafts = own.filter(status=SupplyState.DRAFT.value).count()
    return Card(
        "先使用后付费发布申请",
        reverse("application_list"),
        own.count(),
        f"草稿和退回 {drafts} 件",
        "填写申请表",
        reverse("application_start"),
    )


@unit_view
@require_safe
@LIST.checks
def application_list(request: HttpRequest) -> HttpResponse:
    """List the unit's applications with a search by text and state."""
    text = check_keyword(request.GET.get("q", ""))
    status = request.GET.get("status", "")
    found = search_applications(
        list_own_applications(actor_of(request)), text=text, status=status
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [(row, tone_of(row.status)) for row in page],
        "query": f"{query.urlencode()}&" if query else "",
        "text": text,
        "status": status,
        "states": SupplyState.choices(),
        "trail": [("我的工作台", "/my/"), ("发布申请", "")],
    }
    return render(request, "supply/application_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request: HttpRequest) -> HttpResponse:
    """Open a draft: empty, from a catalogue entry, or from an earlier application.

    An organization that may not file is told why (E-FP-17).
    """
    actor = actor_of(request)
    if actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    mine = Organization.objects.filter(
        pk__in=actor.organizations_as(Role.TRANSFER_OFFICE, Role.ENTERPRISE)
    ).order_by("name", "pk")
    if not mine:
        raise Http404
    context: dict[str, Any] = {
        "units": mine,
        "achievements": list_own_achievements(actor)[:200],
        "earlier": list_own_applications(actor).exclude(title="")[:50],
        "trail": [*_TRAIL, ("新建申请", "")],
    }
    if request.method == "POST":
        owner = mine.filter(pk=_number(request.POST.get("owner", ""))).first()
        if owner is None:
            raise Http404
        try:
            prefill = _prefill(actor, owner, request.POST.get("source", ""))
            draft = start_application(owner, by=actor, at=clock.now(), prefill=prefill)
        except RuleViolation as refused:
            context |= {"refused": refused, "has_errors": True}
            return render(request, "supply/application_start.html", context, status=422)
        return redirect("application_tasks", pk=draft.pk)
    return render(request, "supply/application_start.html", context)


def _prefill(actor: Actor, owner: Organization, source: str) -> dict[str, Any]:
    """Return what the chosen source gives; a foreign one does not exist."""
    kind, _, number = source.partition(":")
    pk = _number(number)
    if kind == "achievement":
        entry = list_own_achievements(actor).filter(owner=owner, pk=pk).first()
        if entry is None:
            raise Http404
        return answers_of_achievement(entry)
    if kind == "application":
        earlier = get_own_application(actor, pk)
        return answers_of_application(earlier)
    return {}


def _number(text: str) -> int:
    return typed_number(text, otherwise=0)


@unit_view
@require_safe
def application_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the task list with the status of each section."""
    application = get_own_application(actor_of(request), pk)
    if application.status not in EDITABLE_STATES:
        return redirect("application_case", pk=pk)
    answers = all_answers(application)
    form = form_of(application)
    tasks = [_task(application, section, answers) for section in form.sections]
    done = sum(task["is_done"] for task in tasks)
    returned = get_return(application)
    comments = list_comments(returned)
    context = {
        "application": application,
        "form": form,
        "tasks": tasks,
        "done": done,
        "is_ready": done == len(tasks),
        "returned": returned,
        "comments": [
            _comment(application, code, text) for code, text in comments.items()
        ],
        "is_revision": application.status != SupplyState.DRAFT,
        "trail": [*_TRAIL, (application.title or "申请表", "")],
    }
    return render(request, "supply/application_tasks.html", context)


def _task(application: Application, section: Any, answers: Any) -> dict[str, Any]:
    status = task_status(section, answers)
    shown = section.shown_topics(answers)
    first = next((t for t in shown if missing_in_topic(t, answers)), shown[0])
    blocked = status == TaskStatus.BLOCKED
    url = reverse("application_topic", args=[application.pk, first.code])
    return {
        "title": section.title,
        "url": "" if blocked else url,
        "status": status.label,
        "tone": _TASK_TONES[status],
        "hint": "请先填写成果形式。" if blocked else "",
        "is_done": status == TaskStatus.COMPLETED,
    }


def _comment(application: Application, code: str, text: str) -> dict[str, str]:
    form = form_of(application)
    field, topic = form.field(code), form.topic_of(code)
    url = (
        f"{reverse('application_topic', args=[application.pk, topic.code])}#id_{code}"
        if topic
        else ""
    )
    return {"label": field.label if field else "总体", "text": text, "url": url}


@unit_view
@require_safe
def application_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the case: state, who has it, timeline, receipts, what may be done."""
    actor = actor_of(request)
    application = get_own_application(actor, pk)
    allowed = set(SUPPLY.events_for(application.status, roles_over(application, actor)))
    context = {
        "application": application,
        "state": SupplyState(application.status),
        "tone": tone_of(application.status),
        "steps": list_steps(application),
        "submissions": application.submissions.order_by("-sequence"),
        "last": get_last_submission(application),
        "may_edit": application.status in EDITABLE_STATES
        and Role.TRANSFER_OFFICE in actor.roles_in(application.owner_id),
        "may_retract": SupplyEvent.RETRACT in allowed,
        "may_renew": SupplyEvent.RENEW in allowed,
        "may_withdraw": SupplyEvent.WITHDRAW in allowed,
        "may_discard": application.status == SupplyState.DRAFT
        and not application.number,
        "trail": [*_TRAIL, (application.title or "申请表", "")],
    }
    return render(request, "supply/application_case.html", context)


@unit_view
@require_POST
def application_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the unit: retract, renew, withdraw, discard."""
    actor, at = actor_of(request), clock.now()
    application = get_own_application(actor, pk)
    version = _number(request.POST.get("version", ""))
    try:
        if step == "retract":
            retract_submission(application, version=version, by=actor, at=at)
        elif step == "renew":
            renew_offer(application, version=version, by=actor, at=at)
        elif step == "withdraw":
            reason = request.POST.get("reason", "")
            withdraw_offer(application, reason, version=version, by=actor, at=at)
        elif step == "discard":
            discard_draft(application, by=actor, at=at)
            messages.success(request, "草稿已删除。")
            return redirect("application_list")
        else:
            raise Http404
    except RuleViolation as refused:
        tell_refusal(request, refused)
    else:
        messages.success(request, "已办理。", extra_tags="ok")
    return redirect("application_case", pk=pk)
