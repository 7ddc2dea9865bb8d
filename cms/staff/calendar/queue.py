"""The desk's banner: a year without data is coming near."""

from django.http import HttpRequest
from django.urls import reverse

from cms.core import clock
from cms.core.calendar_actions import KEEPERS
from cms.core.working_calendar import get_calendar, missing_year_warning
from cms.staff.desk.queues import Queue, queue


@queue(order=90)
def missing_year(request: HttpRequest) -> Queue | None:
    """Warn who keeps the calendar, 60 days ahead and later."""
    if not request.actor.has(*KEEPERS):  # type: ignore[attr-defined]
        return None
    now = clock.now()
    warning = missing_year_warning(now)
    return Queue(
        "工作日历待录入",
        reverse("calendar_years"),
        count=int(bool(warning)),
        overdue=int(not get_calendar().is_firm(now.year)),
        text=warning,
        action_label="导入年份",
        action_url=reverse("calendar_import"),
    )
