"""The reader's own address behind reverse proxies: lock-out and limits count by it."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Puts the reader's address into REMOTE_ADDR, where a proxy's would stand.

    Each of the TRUSTED_PROXIES adds whom it heard to the end of X-Forwarded-For.
    What stands before that, the reader may have written himself: it is not asked.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the address and go on."""
        told = client_address(
            request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES
        )
        if told:
            request.META["REMOTE_ADDR"] = told
        return self.get_response(request)


def client_address(forwarded_for: str, proxies: int) -> str:
    """Return the address that the outermost trusted proxy heard, or nothing."""
    heard = [part.strip() for part in forwarded_for.split(",")]
    if not 0 < proxies <= len(heard):
        return ""
    try:
        return str(ip_address(heard[-proxies]))
    except ValueError:
        return ""
