"""What waits at the desk: versions of templates to approve."""

from django.http import HttpRequest

from cms.case_documents.queries.templates import list_proposed
from cms.case_documents.template_roles import APPROVERS
from cms.staff.desk.queues import Queue, queue
from cms.staff.instruments.access import actor_of


@queue(order=80)
def templates(request: HttpRequest) -> Queue | None:
    """Count the versions that another person proposed."""
    actor = actor_of(request)
    if not actor.has(*APPROVERS):
        return None
    return Queue(
        title="文书模板",
        url="/desk/templates/",
        count=list_proposed(actor).exclude(proposed_by_id=actor.user_id).count(),
        text="待批准的模板；使用中的版本、影响和上传。",
        action_label="上传模板",
        action_url="/desk/templates/upload/",
    )
