"""Who enters the room of templates, and what he finds there."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from cms.case_documents.models import TemplateDraft, TemplateVersion
from cms.case_documents.models.templates import TemplateState
from cms.case_documents.queries.templates import get_draft, get_version
from cms.case_documents.template_roles import AUTHORS
from cms.core.actors import Actor
from cms.staff.access import DESK, desk_view

authors_view = desk_view(*AUTHORS)
TONES = {
    TemplateState.PROPOSED: "warn",
    TemplateState.APPROVED: "ok",
    TemplateState.RETIRED: "",
    TemplateState.REJECTED: "stop",
}


def actor_of(request: HttpRequest) -> Actor:
    """Return the person behind the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def trail_of(request: HttpRequest, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the reader's own room."""
    is_desk = actor_of(request).has(*DESK)
    room = ("审核台", "/desk/") if is_desk else ("我的工作台", "/my/")
    return [room, ("文书模板", "/desk/templates/"), *steps]


def find_version(request: HttpRequest, pk: int) -> TemplateVersion:
    """Return a version that the reader may see; any other is not there (404)."""
    try:
        return get_version(actor_of(request), pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def find_draft(request: HttpRequest, pk: int) -> TemplateDraft:
    """Return one of the reader's own drafts; any other is not there (404)."""
    try:
        return get_draft(actor_of(request), pk)
    except ObjectDoesNotExist:
        raise Http404 from None
