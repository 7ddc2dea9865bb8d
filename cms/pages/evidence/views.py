"""Shows checkpoints and proofs; neither tells what an entry says."""

from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.core import clock
from cms.core.evidence import keys, proofs
from cms.core.evidence.checkpoints import ORIGIN, published
from cms.core.health import get_health
from cms.core.list_parameters import PAGE, ListParameters, page_at
from cms.core.models import Checkpoint
from cms.core.models.evidence import key_id

PAGE_SIZE = 30
LIST = ListParameters("存证检查点", "/evidence/", PAGE)
NEWEST = 1_000


@require_safe
@LIST.checks
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    """List the signed checkpoints, newest first."""
    rows = Checkpoint.objects.order_by("-id")
    page = page_at(Paginator(rows, PAGE_SIZE), request.GET.get("page"))
    context = {
        "page": page,
        "keys": _keys(),
        "trail": [("存证检查点", "")],
    }
    return render(request, "evidence/checkpoint_list.html", context)


@require_safe
@never_cache
def checkpoints(request: HttpRequest) -> JsonResponse:
    """Return the newest checkpoints, the oldest of them first."""
    rows = list(Checkpoint.objects.order_by("-id")[:NEWEST])[::-1]
    body = {
        "origin": ORIGIN,
        "public_key": keys.public_key(),
        "keys": _keys(),
        "checkpoints": [published(row) for row in rows],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


@require_safe
@never_cache
def proof(request: HttpRequest) -> JsonResponse:
    """Prove that entry `sequence` is under the first checkpoint that covers it."""
    try:
        sequence = _whole_number(request, "sequence")
        return JsonResponse(proofs.prove_inclusion(sequence))
    except (ValueError, LookupError) as error:
        return _refused(error)


@require_safe
@never_cache
def consistency(request: HttpRequest) -> JsonResponse:
    """Prove that the log of `second` entries extends that of `first`."""
    try:
        first, second = (_whole_number(request, name) for name in ("first", "second"))
        return JsonResponse(proofs.prove_consistency(first, second))
    except (ValueError, LookupError) as error:
        return _refused(error)


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Tell whether database and timers work; 503 without a database."""
    try:
        found = get_health(clock.now())
    except DatabaseError:
        return JsonResponse({"status": "down", "database": False}, status=503)
    body = {
        "status": "ok" if found.is_ok else "behind",
        "database": True,
        "oldest_overdue_seconds": found.oldest_overdue_seconds,
        "overdue": found.overdue,
        "failing": len(found.failures),
        "heartbeat_age_seconds": found.heartbeat_age_seconds,
    }
    return JsonResponse(body)


def _keys() -> list[dict[str, object]]:
    """Return the public keys of the log, the oldest first; `until` is an entry."""
    return [
        {
            "key_id": key_id(key.public),
            "public_key": key.public,
            "until": key.until,
        }
        for key in keys.known()
    ]


def _whole_number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(2**53))):
        raise ValueError(f"{name} 应为正整数。")
    return int(text)


def _refused(error: Exception) -> JsonResponse:
    is_missing = isinstance(error, LookupError)
    body = {
        "error": {
            "type": "not_found" if is_missing else "invalid",
            "code": "evidence",
            "message": str(error),
        }
    }
    return JsonResponse(body, status=404 if is_missing else 400)
