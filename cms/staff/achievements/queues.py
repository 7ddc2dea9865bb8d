"""What waits at the desk: achievements to review."""

from django.http import HttpRequest

from cms.achievements.queries import list_queue
from cms.rules.roles import Role
from cms.staff.desk.queues import Queue, queue


@queue(order=20)
def achievements(request: HttpRequest) -> Queue | None:
    """Count the entries that wait for a decision."""
    if not request.actor.has(Role.BUREAU, Role.PLATFORM):  # type: ignore[attr-defined]
        return None
    return Queue(
        title="成果审核",
        url="/desk/achievements/",
        count=list_queue().count(),
        text="单位提交的科技成果和修订。",
        action_label="开始审核",
        action_url="/desk/achievements/",
    )
