"""What waits at the desk: demands to review."""

from django.http import HttpRequest

from cms.rules.roles import Role
from cms.staff.desk.queues import Queue, queue
from cms.supply_demand.queries.demands import list_demands_for_review


@queue(order=30)
def demands(request: HttpRequest) -> Queue | None:
    """Count the demands that wait for a decision."""
    if not request.actor.has(Role.BUREAU):  # type: ignore[attr-defined]
        return None
    return Queue(
        title="需求审核",
        url="/desk/demands/",
        count=list_demands_for_review().count(),
        text="企业提交的需求表和修订。",
        action_label="征集与活动",
        action_url="/desk/calls/",
    )
