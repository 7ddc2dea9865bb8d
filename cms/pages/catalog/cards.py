"""Cards of my room: my achievements and the questions about them."""

from django.http import HttpRequest

from cms.achievements.queries import count_unread_messages, list_own_entries
from cms.pages.room.cards import Card, card
from cms.rules.roles import Role


@card(order=10)
def my_achievements(request: HttpRequest) -> Card | None:
    """Count the unit's achievements."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.TRANSFER_OFFICE):
        return None
    return Card(
        title="我的成果",
        url="/my/achievements/",
        count=list_own_entries(actor).count(),
        text="起草、提交、修订本单位的科技成果。",
        action_label="新增成果",
        action_url="/my/achievements/new/",
    )


@card(order=15)
def achievement_messages(request: HttpRequest) -> Card | None:
    """Count the unread questions."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.TRANSFER_OFFICE):
        return None
    return Card(
        title="成果咨询",
        url="/my/achievements/messages/",
        count=count_unread_messages(actor),
        text="企业就本单位公开成果提出的未读咨询。",
    )
