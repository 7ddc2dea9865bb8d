"""What no database can hold, met in a request: U+0000, and numbers past 64 bits."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cms.rules.violations import RuleViolation

NULL = "\x00"  # PostgreSQL stores no such character, and nobody types one.
LARGEST_NUMBER = 2**63 - 1
# The programs' door answers in JSON, and what it is asked reaches no database.
API = "/++api++/"

Handler = Callable[[HttpRequest], HttpResponse]


class UnstorableMiddleware:
    """Keeps from every query what would make the database fail.

    An address with it does not exist (404), a parameter with U+0000 is refused
    (E-QP-02), and from what was typed it is dropped, so that nothing else is lost.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the check waits until address, reader and session are known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Answer in the view's place where the address or a parameter is at fault."""
        if NULL in request.path_info or any(map(_is_too_large, kwargs.values())):
            return render(request, "404.html", status=404)
        if request.path_info.startswith(API):
            return None
        for name, values in request.GET.lists():
            if NULL in name or any(NULL in value for value in values):
                value = "、".join(values)[:40]
                refusal = RuleViolation("E-QP-02", field=name, name=name, value=value)
                context = {"refusal": refusal}
                return render(request, "400.html", context, status=400)
        if request.method == "POST":
            _drop_from_what_was_typed(request)
        return None


def _is_too_large(value: object) -> bool:
    return isinstance(value, int) and value > LARGEST_NUMBER


def _drop_from_what_was_typed(request: HttpRequest) -> None:
    posted = request.POST
    if not any(NULL in value for _, values in posted.lists() for value in values):
        return
    typed = QueryDict(mutable=True, encoding=posted.encoding)
    for name, values in posted.lists():
        typed.setlist(name, [value.replace(NULL, "") for value in values])
    typed._mutable = False
    request.POST = typed  # type: ignore[misc]
