"""The one place that builds error answers: type, code and Chinese message."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from cms.rules.violations import RuleViolation

REFUSED = 400
Endpoint = Callable[..., HttpResponse]


def as_json(data: dict[str, object], status: int = 200) -> JsonResponse:
    """Return data as readable UTF-8 JSON."""
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def answers_refusals(endpoint: Endpoint) -> Endpoint:
    """Turn a refusal of the rules into HTTP 400 with the register's code and text."""

    @wraps(endpoint)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return endpoint(request, *args, **kwargs)
        except RuleViolation as refusal:
            return as_json(refusal.as_data(), REFUSED)

    return guarded
