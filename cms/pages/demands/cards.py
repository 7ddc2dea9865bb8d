"""Cards of my room: my demands, my matches."""

from django.http import HttpRequest

from cms.pages.room.cards import Card, card
from cms.rules.roles import Role
from cms.supply_demand.queries.demands import list_own_demands
from cms.supply_demand.queries.matches import count_waiting_matches


@card(order=30)
def my_demands(request: HttpRequest) -> Card | None:
    """Count the enterprise's demands."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.ENTERPRISE):
        return None
    return Card(
        title="我的需求",
        url="/my/demands/",
        count=list_own_demands(actor).count(),
        text="提交企业技术需求，查看审核和发布情况。",
        action_label="管理需求",
        action_url="/my/demands/",
    )


@card(order=40)
def my_matches(request: HttpRequest) -> Card | None:
    """Count the interests that wait for an answer."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.ENTERPRISE, Role.TRANSFER_OFFICE):
        return None
    return Card(
        title="我的对接",
        url="/my/matches/",
        count=count_waiting_matches(actor),
        text="待您回应的合作意向。",
        action_label="查看对接",
        action_url="/my/matches/",
    )
