"""List of tasks with filters, list of contracts, and the card of my room."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, F, Q, QuerySet, When
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.pages.empowerment.access import ROOM, actor_of, room_view
from cms.pages.recordal.access import PEOPLE, TRAIL
from cms.pages.recordal.texts import row_of
from cms.pages.room.cards import Card, card
from cms.recordal.contract_list import write_contracts
from cms.recordal.models import RecordalTask
from cms.recordal.queries import (
    OFFICE,
    line_of,
    list_contracts,
    list_tasks,
    open_filter,
    overdue_filter,
)
from cms.rules.recordal import TaskKind, TaskState
from cms.rules.shanghai_time import to_shanghai

PAGE_SIZE = 20
OPEN = "open"
LIST = ListParameters(
    "登记备案",
    "/my/recordal/",
    {
        "q": "合同名称或编号",
        "kind": "种类",
        "state": "状态",
        "overdue": "只看逾期（1）",
        **PAGE,
    },
    {
        "kind": [kind.value for kind in TaskKind],
        "state": [OPEN, *(state.value for state in TaskState)],
        "overdue": ["1"],
    },
)
CONTRACTS = ListParameters("合同清单", "/my/recordal/contracts/", PAGE)


@room_view(*PEOPLE)
@require_safe
@LIST.checks
def recordal_list(request: HttpRequest) -> HttpResponse:
    """List the tasks that the person may see, by text, kind, state, overdue."""
    at, chosen = clock.now(), _read_filter(request)
    tasks = _filtered(list_tasks(actor_of(request)), chosen, at)
    page = Paginator(tasks, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        **chosen,
        "page": page,
        "rows": [
            row_of(task, at, url=reverse("recordal_task", args=[task.pk]))
            for task in page
        ],
        "query": f"{query.urlencode()}&" if query else "",
        "is_filtered": any(chosen.values()),
        "kinds": TaskKind.choices(),
        "states": [(OPEN, "未办结"), *TaskState.choices()],
        "is_office": actor_of(request).has(*OFFICE),
        "trail": [ROOM, ("登记备案", "")],
    }
    return render(request, "recordal/list.html", context)


@room_view(*OFFICE)
@require_safe
@CONTRACTS.checks
def recordal_contracts(request: HttpRequest) -> HttpResponse:
    """List the unit's contracts with their numbers, as D-63 annexes them."""
    contracts = list_contracts(actor_of(request))
    page = Paginator(contracts, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line_of(contract) for contract in page],
        "excel_url": reverse("recordal_contracts_excel"),
        "intro": "报送市科技局、市市场监督管理局等部门的合同清单（D-63 附件1），"
        "属于事后告知，不是审批。",
        "trail": [*TRAIL, ("合同清单", "")],
    }
    return render(request, "recordal/contracts.html", context)


@room_view(*OFFICE)
@require_safe
@CONTRACTS.checks
def recordal_contracts_excel(request: HttpRequest) -> HttpResponse:
    """Send the list of the unit's contracts as a workbook."""
    stream = write_contracts(list_contracts(actor_of(request)))
    name = f"科技成果转化合同清单-{to_shanghai(clock.now()):%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


def _read_filter(request: HttpRequest) -> dict[str, str]:
    """Return the chosen filters; `LIST` has refused what is unknown."""
    return {
        "text": check_keyword(request.GET.get("q", "")),
        "kind": request.GET.get("kind", ""),
        "state": request.GET.get("state", ""),
        "overdue": request.GET.get("overdue", ""),
    }


def _filtered(
    tasks: QuerySet[RecordalTask], chosen: dict[str, str], at: datetime
) -> QuerySet[RecordalTask]:
    if text := chosen["text"]:
        named = Q(contract__title__icontains=text) | Q(contract__number__iexact=text)
        tasks = tasks.filter(named)
    if chosen["kind"]:
        tasks = tasks.filter(kind=chosen["kind"])
    if chosen["state"] == OPEN:
        tasks = tasks.filter(open_filter())
    elif chosen["state"]:
        tasks = tasks.filter(status=chosen["state"])
    if chosen["overdue"]:
        tasks = tasks.filter(overdue_filter(at))
    # What is settled stands last, whenever it would have been due.
    is_settled = Case(When(open_filter(), then=0), default=1)
    return tasks.order_by(is_settled, F("close_at").asc(nulls_last=True), "id")


@card(order=46)
def recordal_card(request: HttpRequest) -> Card | None:
    """How many tasks of the unit are open, and how many of them overdue."""
    actor = actor_of(request)
    if not actor.has(*OFFICE):
        return None
    tasks = list_tasks(actor)
    url = reverse("recordal_list")
    overdue = tasks.filter(overdue_filter(clock.now())).count()
    return Card(
        title="登记备案",
        url=f"{url}?state={OPEN}",
        count=tasks.filter(open_filter()).count(),
        text=f"其中逾期 {overdue} 件" if overdue else "没有逾期的备案。",
        action_label="查看逾期" if overdue else "",
        action_url=f"{url}?overdue=1" if overdue else "",
    )
