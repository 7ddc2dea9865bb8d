"""What was typed when the sign-in ran out: kept over the sign-in, then sent again.

The form goes into the anonymous session, encrypted; only texts, never files. It
was sent by a page of ours (the CSRF check comes first), and is sent again only
when the person presses the button. A signed cookie tells whose browser it was: on
a shared computer, nobody else is shown what the last person typed.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.encryption import Undecipherable, decrypt, encrypt

KEY = "kept_form"
KEPT_SECONDS = 3600
MOST_CHARACTERS = 200_000
ROOMS = ("/my/", "/desk/")
PERSON = "person"
PERSON_SECONDS = 7 * 24 * 3600
Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was sent without a sign-in: its address and its fields."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool
    person: str


class KeptFormMiddleware:
    """Keeps the form of a room that answers with the way to sign in."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; where a form was turned away, come back to it after the sign-in."""
        response = self.get_response(request)
        if _is_turned_away(request, response) and _keep(request):
            query = urlencode({"next": reverse("resume")})
            return HttpResponseRedirect(f"{reverse('sign_in')}?{query}")
        _remember(request, response)
        return response


def _remember(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser keep who signed in last."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or _person(request) == str(user.pk):
        return
    response.set_signed_cookie(
        PERSON,
        str(user.pk),
        salt=KEY,
        max_age=PERSON_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _person(request: HttpRequest) -> str:
    """Return who signed in last on this browser, empty where nobody did."""
    told = request.get_signed_cookie(
        PERSON, default="", salt=KEY, max_age=PERSON_SECONDS
    )
    return str(told)


def _is_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "POST"
        and request.path.startswith(ROOMS)
        and response.status_code == HttpResponseRedirect.status_code
        and response["Location"].startswith(reverse("sign_in"))
    )


def _keep(request: HttpRequest) -> bool:
    """Put the form into the session; a very long one, or nobody's, is let go."""
    person = _person(request)
    if not person:
        return False
    form = {
        "person": person,
        "address": request.get_full_path(),
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
        "had_files": bool(request.FILES),
    }
    text = json.dumps(form, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        return False
    at = int(clock.now().timestamp())
    request.session[KEY] = {"at": at, "form": encrypt(text, KEY)}
    return True


def _kept(request: HttpRequest) -> KeptForm | None:
    """Return the person's own kept form, None where its hour has passed."""
    kept = request.session.get(KEY)
    if kept is None or clock.now().timestamp() - kept["at"] > KEPT_SECONDS:
        return None
    try:
        form = KeptForm(**json.loads(decrypt(kept["form"], KEY)))
    except Undecipherable:
        return None
    return form if form.person == str(request.user.pk) else None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Offer to send the kept form again; a POST gives it up."""
    kept = _kept(request)
    if kept is None or request.method == "POST":
        request.session.pop(KEY, None)
        return redirect("my_room")
    return render(request, "accounts/resume.html", {"kept": kept})
