"""Puts the acting person on the request as `request.actor`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from cms.parties.queries import get_actor


class ActorMiddleware:
    """Sets a lazy `request.actor` (an `Actor`; one query when first read)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and go on."""
        request.actor = SimpleLazyObject(lambda: get_actor(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)
