"""The unit's signed papers, and the card of my room."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.case_documents.kinds import KINDS
from cms.core.list_parameters import PAGE, ListParameters, check_keyword
from cms.core.subjects import model_and_pk
from cms.pages.papers.access import actor_of
from cms.pages.room.cards import Card, card
from cms.rules.roles import Role
from cms.rules.signed_papers import OPEN, SignedPaperState
from cms.signed_papers.models import SignedPaper
from cms.signed_papers.queries import OFFICE, FiledFilter, list_for_unit, narrowed

PAGE_SIZE = 20
LIST = ListParameters(
    "签署件",
    "/my/signed/",
    {"q": "项目名称、案号或文书", "state": "状态", **PAGE},
    {"state": [state.value for state in SignedPaperState]},
)


@login_required
@require_safe
@LIST.checks
def my_signed(request: HttpRequest) -> HttpResponse:
    """List the signed papers of the reader's units, by text and state."""
    actor = actor_of(request)
    if not actor.has(*OFFICE):
        raise Http404
    text = check_keyword(request.GET.get("q", ""))
    state = request.GET.get("state", "")
    rows = narrowed(list_for_unit(actor), FiledFilter(text=text))
    if state:
        rows = rows.filter(status=state)
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, address_of(row)) for row in page],
        "text": text,
        "state": state,
        "states": SignedPaperState.choices(),
        "query": f"{query.urlencode()}&" if query else "",
        "is_filtered": bool(text or state),
        "trail": [("我的工作台", "/my/"), ("签署件", "")],
    }
    return render(request, "signed/unit_list.html", context)


def address_of(signed: SignedPaper) -> str:
    """Return the address of a copy in the room."""
    model, pk = model_and_pk(signed.case)
    kind = next(name for name, one in KINDS.items() if one.model is model)
    return reverse("signed_paper", args=[kind, pk, signed.pk])


@card(order=46)
def signed_card(request: HttpRequest) -> Card | None:
    """Count the copies that wait for the office."""
    actor = actor_of(request)
    if not actor.has(Role.TRANSFER_OFFICE):
        return None
    waiting = list_for_unit(actor).filter(status__in=[state.value for state in OPEN])
    return Card(
        title="签署件",
        url="/my/signed/",
        count=waiting.count(),
        text="待核对、归档的签署件。",
        action_label="查看签署件",
        action_url="/my/signed/",
    )
