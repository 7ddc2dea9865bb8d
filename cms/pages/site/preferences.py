"""Reading mode (长辈版): kept in a cookie, switched without JavaScript."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cms.pages.context import ELDER_COOKIE

YEAR = 365 * 24 * 3600


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Set the reading mode and return to the page it was switched on."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    mode = "elder" if request.POST.get("mode") == "elder" else "standard"
    response.set_cookie(ELDER_COOKIE, mode, max_age=YEAR, httponly=True, samesite="Lax")
    return response
