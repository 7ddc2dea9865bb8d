"""What waits at the desk of notices."""

from django.http import HttpRequest

from cms.core import clock
from cms.notices.models import Announcement
from cms.notices.queries import (
    count_overdue_reviews,
    list_pending_changes,
    list_pending_extensions,
    list_review_queue,
)
from cms.rules.notices import AnnouncementState
from cms.rules.roles import Role
from cms.staff.desk.queues import Queue, queue


@queue(order=40)
def notices(request: HttpRequest) -> Queue | None:
    """Form checks and requests that wait for the platform's staff."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.PLATFORM, Role.BUREAU):
        return None
    requests = list_pending_extensions().count() + list_pending_changes().count()
    return Queue(
        title="公示审查",
        url="/desk/notices/",
        count=list_review_queue().count() + requests,
        overdue=count_overdue_reviews(clock.now()),
        text=f"其中延长、变更、终止申请{requests}件。",
    )


@queue(order=45)
def announcements(request: HttpRequest) -> Queue | None:
    """Announcements that wait for a second person."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.PLATFORM, Role.BUREAU):
        return None
    waiting = Announcement.objects.filter(status=AnnouncementState.SUBMITTED.value)
    return Queue(
        title="公告",
        url="/desk/notices/announcements/",
        count=waiting.exclude(submitted_by_id=actor.user_id).count(),
        text="待您发布的公告。",
        action_label="起草公告",
        action_url="/desk/notices/announcements/new/",
    )
