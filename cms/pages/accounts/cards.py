"""My room's card of the organization one acts for."""

from django.http import HttpRequest
from django.urls import reverse

from cms.pages.room.cards import Card, card
from cms.parties.queries import count_people_of


@card(order=90)
def my_organization_card(request: HttpRequest) -> Card | None:
    """Lead to the organization: how many people act for it, its real-name state."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.memberships:
        return None
    return Card(
        title="我的单位",
        url=reverse("my_organization"),
        count=count_people_of(actor),
        text="位人员" if actor.is_verified else "位人员；尚未实名认证",
        action_label="账户与安全",
        action_url=reverse("account"),
    )
