"""What waits in my room of notices."""

from django.http import HttpRequest

from cms.notices.queries import list_own_notices, list_unit_notices
from cms.pages.room.cards import Card, card
from cms.rules.notices import NoticeState
from cms.rules.roles import Role

WAITING = (
    NoticeState.DRAFT.value,
    NoticeState.REJECTED.value,
    NoticeState.AWAITING_PUBLICATION.value,
)


@card(order=40)
def own_notices(request: HttpRequest) -> Card | None:
    """Notices on which the unit's office works."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.organizations_as(Role.TRANSFER_OFFICE, Role.APPROVER):
        return None
    may_draft = bool(actor.organizations_as(Role.TRANSFER_OFFICE))
    return Card(
        title="本单位公示",
        url="/my/notices/",
        count=list_own_notices(actor).count(),
        text=f"待办{list_own_notices(actor).filter(status__in=WAITING).count()}件。",
        action_label="起草公示" if may_draft else "",
        action_url="/my/notices/new/" if may_draft else "",
    )


@card(order=41)
def unit_venue(request: HttpRequest) -> Card | None:
    """Notices that the unit shows its own members."""
    actor = request.actor  # type: ignore[attr-defined]
    notices = list_unit_notices(actor)
    running = notices.filter(status=NoticeState.OPEN.value).count()
    if not running and not notices.exists():
        return None
    return Card(
        title="单位内部公示",
        url="/my/notices/unit/",
        count=running,
        text="正在本单位内部公示，仅本单位人员可见。",
    )
