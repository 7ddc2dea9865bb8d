"""How many contracts the units have reported."""

from django.http import HttpRequest

from cms.recordal.queries import DESK, list_contracts
from cms.staff.desk.queues import Queue, queue


@queue(order=70)
def reported_contracts(request: HttpRequest) -> Queue | None:
    """How many contracts have been reported: to read, nothing waits."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(*DESK):
        return None
    return Queue(
        title="报备的合同",
        url="/desk/contracts/",
        count=list_contracts(actor).count(),
        text="单位报送的合同信息，事后告知，不需审批。",
    )
