"""List of cases with filters, and the cards of my room."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.empowerment.models import EmpowermentCase
from cms.empowerment.queries import (
    DEPARTMENT_ROLES,
    list_awaiting_decision,
    list_awaiting_opinion,
    list_cases,
    list_waiting_for,
)
from cms.pages.empowerment.access import EDITORS, PEOPLE, ROOM, actor_of, room_view
from cms.pages.empowerment.texts import tone_of
from cms.pages.room.cards import Card, card
from cms.rules.empowerment import EmpowermentMode, EmpowermentState
from cms.rules.roles import Role

PAGE_SIZE = 20
LIST = ListParameters(
    "赋权案件",
    "/my/grants/",
    {
        "q": "成果名称或编号",
        "state": "状态",
        "mode": "方式",
        "todo": "只看待我办理（1）",
        **PAGE,
    },
    {
        "state": [state.value for state in EmpowermentState],
        "mode": [mode.value for mode in EmpowermentMode],
        "todo": ["1"],
    },
)


@room_view(*PEOPLE)
@require_safe
@LIST.checks
def grant_list(request: HttpRequest) -> HttpResponse:
    """List the cases that the person may see, by text, state, mode, own turn."""
    actor = actor_of(request)
    chosen = _read_filter(request)
    cases = list_waiting_for(actor) if chosen["todo"] else list_cases(actor)
    page = Paginator(_filtered(cases, chosen), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        **chosen,
        "page": page,
        "rows": [(case, EmpowermentMode(case.mode), tone_of(case)) for case in page],
        "query": f"{query.urlencode()}&" if query else "",
        "is_filtered": any(chosen.values()),
        "states": EmpowermentState.choices(),
        "modes": EmpowermentMode.choices(),
        "may_open": actor.has(*EDITORS),
        "trail": [ROOM, ("赋权案件", "")],
    }
    return render(request, "empowerment/grant_list.html", context)


def _read_filter(request: HttpRequest) -> dict[str, str]:
    """Return the chosen filters; `LIST` has refused what is unknown."""
    return {
        "text": check_keyword(request.GET.get("q", "")),
        "state": request.GET.get("state", ""),
        "mode": request.GET.get("mode", ""),
        "todo": request.GET.get("todo", ""),
    }


def _filtered(
    cases: QuerySet[EmpowermentCase], chosen: dict[str, str]
) -> QuerySet[EmpowermentCase]:
    if text := chosen["text"]:
        cases = cases.filter(Q(title__icontains=text) | Q(number__iexact=text))
    if chosen["state"]:
        cases = cases.filter(status=chosen["state"])
    if chosen["mode"]:
        cases = cases.filter(mode=chosen["mode"])
    return cases


@card(order=30)
def grants_card(request: HttpRequest) -> Card | None:
    """The cases of the person, and how many wait for him."""
    actor = actor_of(request)
    cases = list_cases(actor)
    may_open = actor.has(*EDITORS)
    if not actor.has(*PEOPLE) or not (may_open or cases.exists()):
        return None
    return Card(
        "赋权案件",
        reverse("grant_list"),
        cases.count(),
        f"待我办理 {list_waiting_for(actor).count()} 件",
        "新建赋权案件" if may_open else "",
        reverse("grant_new") if may_open else "",
    )


@card(order=31)
def decisions_card(request: HttpRequest) -> Card | None:
    """What an approver of a unit has to decide."""
    actor = actor_of(request)
    if not actor.has(Role.APPROVER):
        return None
    return Card(
        "赋权待审批",
        f"{reverse('grant_list')}?todo=1",
        list_awaiting_decision(actor).count(),
        "初审通过的赋权申请和延期申请，等待批准或不批准。",
    )


@card(order=32)
def opinions_card(request: HttpRequest) -> Card | None:
    """On what finance, personnel or discipline has yet to speak."""
    actor = actor_of(request)
    if not actor.has(*DEPARTMENT_ROLES.values()):
        return None
    return Card(
        "赋权待出具意见",
        f"{reverse('grant_list')}?todo=1",
        list_awaiting_opinion(actor).count(),
        "审批之前，本部门须对赋权申请出具意见。",
    )
