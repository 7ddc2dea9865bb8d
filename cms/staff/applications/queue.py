"""What waits at the desk: applications to review, and those that are late."""

from django.http import HttpRequest

from cms.rules.roles import Role
from cms.staff.desk.queues import Queue, queue
from cms.supply_demand.queries.applications import list_for_review


@queue(order=20)
def applications(request: HttpRequest) -> Queue | None:
    """Count the applications that wait for a decision."""
    if not request.actor.has(Role.BUREAU):  # type: ignore[attr-defined]
        return None
    waiting = list_for_review()
    return Queue(
        title="供给发布审核",
        url="/desk/applications/",
        count=waiting.count(),
        overdue=waiting.filter(is_review_overdue=True).count(),
        text="单位提交的申请表和修订，5 个工作日内办理。",
    )
