"""Rooms of the unit: for people of a transfer office; others find nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from cms.core.actors import Actor
from cms.supply_demand.queries.applications import UNIT_ROLES

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """Return the person behind the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def unit_view(view: View) -> View:
    """Let in the unit's people; the anonymous sign in, everybody else gets 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not actor_of(request).has(*UNIT_ROLES):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
