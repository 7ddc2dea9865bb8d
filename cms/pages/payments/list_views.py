"""List of payments with filters and sums, as a workbook, and the card of my room."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.core.spreadsheets.writing import write_table
from cms.pages.empowerment.access import ROOM, actor_of, room_view
from cms.pages.payments.access import PEOPLE
from cms.pages.payments.contracts import contracts_behind, subjects_named
from cms.pages.payments.texts import days_of, row_of
from cms.pages.room.cards import Card, card
from cms.payments.models import Payment
from cms.payments.queries import list_payments, open_filter
from cms.rules.shanghai_time import to_shanghai
from cms.rules.supply_demand.payment_states import PaymentState

PAGE_SIZE = 20
OPEN = "open"
LIST = ListParameters(
    "付款",
    "/my/payments/",
    {"q": "合同名称或编号", "state": "状态", **PAGE},
    {"state": [OPEN, *(state.value for state in PaymentState)]},
)
HEADER = (
    "合同编号",
    "合同名称",
    "收款单位",
    "付款企业",
    "笔次",
    "款项",
    "结算期",
    "触发条件",
    "金额（元）",
    "计算办法",
    "已付（元）",
    "应付日",
    "最迟付款日",
    "状态",
    "说明",
)
_NONE = "无"


@room_view(*PEOPLE)
@require_safe
@LIST.checks
def payment_list(request: HttpRequest) -> HttpResponse:
    """List the payments that the person may see, by contract, state; with sums."""
    at, chosen = clock.now(), _read_filter(request)
    payments = _filtered(list_payments(actor_of(request)), chosen)
    page = Paginator(payments, PAGE_SIZE).get_page(request.GET.get("page"))
    contracts = contracts_behind(row.contract for row in page)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        **chosen,
        "page": page,
        "rows": [(row_of(row, at), contracts.get(row.contract)) for row in page],
        "sums": _sums(payments),
        "query": f"{query.urlencode()}&" if query else "",
        "is_filtered": any(chosen.values()),
        "states": [(OPEN, "未了结"), *PaymentState.choices()],
        "excel_url": f"{reverse('payments_excel')}?{query.urlencode()}",
        "trail": [ROOM, ("付款", "")],
    }
    return render(request, "payments/list.html", context)


@room_view(*PEOPLE)
@require_safe
@LIST.checks
def payments_excel(request: HttpRequest) -> HttpResponse:
    """Send the payments of the filters as a workbook."""
    at = clock.now()
    payments = _filtered(list_payments(actor_of(request)), _read_filter(request))
    stream = write_table("付款", HEADER, _lines(payments, at))
    name = f"付款-{to_shanghai(at):%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


def _read_filter(request: HttpRequest) -> dict[str, str]:
    """Return the chosen filters; `LIST` has refused what is unknown."""
    return {
        "text": check_keyword(request.GET.get("q", "")),
        "state": request.GET.get("state", ""),
    }


def _filtered(payments: QuerySet[Payment], chosen: dict[str, str]) -> QuerySet[Payment]:
    """Return the rows of the filters: open ones first, by the day to pay by."""
    if text := chosen["text"]:
        payments = payments.filter(contract__in=subjects_named(text))
    if chosen["state"] == OPEN:
        payments = payments.filter(open_filter())
    elif chosen["state"]:
        payments = payments.filter(status=chosen["state"])
    is_settled = Case(When(open_filter(), then=0), default=1)
    day = Coalesce("due_on", "latest_on")
    return payments.annotate(day=day).order_by(
        is_settled, F("day").asc(nulls_last=True), "contract", "position"
    )


def _sums(payments: QuerySet[Payment]) -> dict[str, Decimal]:
    """Return what is agreed, paid and overdue in yuan; formulas have no sum yet."""
    overdue = payments.filter(status=PaymentState.OVERDUE.value)
    zero = Decimal(0)
    whole = payments.aggregate(agreed=Sum("amount"), paid=Sum("paid"))
    late = overdue.aggregate(amount=Sum("amount"), paid=Sum("paid"))
    return {
        "agreed": whole["agreed"] or zero,
        "paid": whole["paid"] or zero,
        "overdue": (late["amount"] or zero) - (late["paid"] or zero),
    }


def _lines(payments: QuerySet[Payment], at: datetime) -> Iterator[tuple[object, ...]]:
    rows = list(payments)
    contracts = contracts_behind(row.contract for row in rows)
    for row in rows:
        contract = contracts.get(row.contract)
        yield (
            contract.number if contract else _NONE,
            contract.title if contract else _NONE,
            row.owner.name,
            row.payer.name if row.payer else _NONE,
            row.position,
            row.kind_label,
            row.period or _NONE,
            row.condition or _NONE,
            _NONE if row.amount is None else f"{row.amount:.2f}",
            row.formula or _NONE,
            f"{row.paid:.2f}",
            row.due_on or _NONE,
            row.latest_on or _NONE,
            row.status_label,
            days_of(row, at) or _NONE,
        )


@card(order=47)
def payment_card(request: HttpRequest) -> Card | None:
    """How many payments are open, and how many of them overdue."""
    actor = actor_of(request)
    if not actor.has(*PEOPLE):
        return None
    late = Q(status=PaymentState.OVERDUE.value)
    counts = list_payments(actor).aggregate(
        open=Count("pk", filter=open_filter()), late=Count("pk", filter=late)
    )
    url, overdue = reverse("payment_list"), counts["late"]
    return Card(
        title="付款",
        url=f"{url}?state={OPEN}",
        count=counts["open"],
        text=f"其中逾期 {overdue} 笔" if overdue else "没有逾期的付款。",
        action_label="查看逾期" if overdue else "",
        action_url=f"{url}?state={PaymentState.OVERDUE}" if overdue else "",
    )
