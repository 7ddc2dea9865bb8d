"""The desk's way to the filed contracts."""

from django.http import HttpRequest

from cms.signed_papers.queries import BUREAUS, list_filed_for_bureau
from cms.staff.desk.queues import Queue, queue


@queue(order=60)
def filed(request: HttpRequest) -> Queue | None:
    """Count the contracts that the bureau may read."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(*BUREAUS):
        return None
    return Queue(
        title="已归档合同",
        url="/desk/filed/",
        count=list_filed_for_bureau(actor).count(),
        text="各单位签署归档的赋权协议、技术合同。",
    )
