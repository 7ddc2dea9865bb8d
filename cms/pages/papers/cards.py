"""My room's card of the templates, for those who may propose changes."""

from django.http import HttpRequest

from cms.case_documents.queries.templates import list_drafts
from cms.pages.papers.access import actor_of
from cms.pages.room.cards import Card, card
from cms.rules.roles import Role


@card(order=47)
def my_templates(request: HttpRequest) -> Card | None:
    """Count the reader's own drafts of templates."""
    actor = actor_of(request)
    if not actor.has(Role.TRANSFER_OFFICE):
        return None
    return Card(
        title="文书模板",
        url="/desk/templates/",
        count=list_drafts(actor).count(),
        text="查看各文书的模板和版本；改动由市科技局批准后使用。",
        action_label="上传模板",
        action_url="/desk/templates/upload/",
    )
