"""Who may enter the desk: people with a desk role; to others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from cms.rules.roles import Role

DESK = (Role.BUREAU, Role.PLATFORM, Role.MARKET_REGULATOR, Role.ADMINISTRATOR)
View = Callable[..., HttpResponse]


def desk_view(*roles: Role) -> Callable[[View], View]:
    """Let in holders of `roles` (any desk role where none is given).

    The anonymous are sent to sign in; everybody else gets 404.
    """
    wanted = roles or DESK

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.actor.has(*wanted):  # type: ignore[attr-defined]
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return wrap
