"""Who acts (`request.actor`), idle sessions, and the second factor of staff rooms."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from cms.core import clock
from cms.parties.actions.second_factor import needs_second_factor
from cms.parties.queries import get_actor

SEEN_AT = "seen_at"
REFRESH_SECONDS = 300
STAFF_PREFIXES = ("/admin/", "/desk/")

Handler = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets a lazy `request.actor` (an `Actor`; one query when first read)."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and go on."""
        request.actor = SimpleLazyObject(lambda: get_actor(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class SessionGuardMiddleware:
    """Keeps used sessions alive, and asks for the second factor in staff rooms.

    SESSION_COOKIE_AGE counts from the last use: the session is saved anew
    when that was more than five minutes ago, not at every request.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send to the second factor where it is due, else go on."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            seen = request.session.get(SEEN_AT)
            now = int(clock.now().timestamp())
            if seen is not None and now - seen >= REFRESH_SECONDS:
                request.session[SEEN_AT] = now
        if request.path.startswith(STAFF_PREFIXES) and _lacks_code(request):
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('second_factor')}?{query}")
        return self.get_response(request)


def _lacks_code(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or user.is_verified():  # type: ignore[union-attr]
        return False
    return needs_second_factor(
        user,  # type: ignore[arg-type]
        request.actor,  # type: ignore[attr-defined]
        is_required=settings.STAFF_SECOND_FACTOR == "required",
    )


@receiver(user_logged_in)
def start_idle_clock(request: HttpRequest, **kwargs: object) -> None:
    """Note when the session was last used."""
    request.session[SEEN_AT] = int(clock.now().timestamp())
