"""Keeps the NUL character out: PostgreSQL stores and compares no text with it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
API = "/++api++/"  # answers bad values itself, as JSON
Handler = Callable[[HttpRequest], HttpResponse]


class PlainRequestMiddleware:
    """Answers 400 to an address with a NUL, and drops it from what was typed."""

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on: the address is looked at once it is resolved."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> None:
        """Refuse the address, or clean the form; a list refuses on a page of its own.

        Raises:
            BadRequest: the path or a parameter of it holds a NUL.
        """
        has_own_answer = request.path.startswith(API) or hasattr(
            view, "refuses_bad_values"
        )
        if NUL in request.path or (not has_own_answer and _holds_nul(request.GET)):
            raise BadRequest("NUL in the address")
        if request.method == "POST" and _holds_nul(request.POST):
            typed = request.POST.copy()
            for name, values in request.POST.lists():
                typed.setlist(name, [value.replace(NUL, "") for value in values])
            request.POST = typed  # type: ignore[assignment]


def _holds_nul(given: QueryDict) -> bool:
    return any(NUL in value for _, values in given.lists() for value in values)
