"""The desk's way to the filed contracts."""

from django.http import HttpRequest

from cms.recordal.queries import DESK, list_reported_copies
from cms.staff.desk.queues import Queue, queue


@queue(order=60)
def filed(request: HttpRequest) -> Queue | None:
    """Count the contracts that the bureau may read."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(*DESK):
        return None
    return Queue(
        title="已归档合同",
        url="/desk/filed/",
        count=list_reported_copies(actor).count(),
        text="各单位报备的赋权协议、技术合同的签署件。",
    )
