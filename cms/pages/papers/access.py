"""Who opens the papers of a case: its unit, and the other party for what it shares."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse

from cms.case_documents.kinds import get_visible
from cms.case_documents.queries.papers import is_of_owner
from cms.core.actors import Actor

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Return the person behind the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def find_case(request: HttpRequest, kind: str, pk: int) -> Model:
    """Return a case that the reader may see; a foreign one does not exist (404)."""
    try:
        return get_visible(actor_of(request), kind, pk)
    except (LookupError, ObjectDoesNotExist):
        raise Http404 from None


def signed_in(view: View) -> View:
    """Let the anonymous sign in; give the view the case instead of its key."""

    @wraps(view)
    def guarded(
        request: HttpRequest, kind: str, pk: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        case = find_case(request, kind, pk)
        return view(request, kind, case, *args, **kwargs)

    return guarded


def owner_view(view: View) -> View:
    """Let in the unit that has the case; the other party finds nothing there."""

    @signed_in
    @wraps(view)
    def guarded(
        request: HttpRequest, kind: str, case: Model, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if not is_of_owner(actor_of(request), case):
            raise Http404
        return view(request, kind, case, *args, **kwargs)

    return guarded


def number_in(text: str | None) -> int:
    """Return a whole number that was sent, -1 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
