"""What every page shows: identity, navigation, reading mode, server time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cms.core import clock
from cms.pages.models import SiteIdentity
from cms.rules.roles import Role

NAVIGATION = (
    ("/", "首页"),
    ("/achievements/", "成果目录"),
    ("/supply/", "供给清单"),
    ("/demands/", "需求清单"),
    ("/notices/", "公示公告"),
    ("/calls/", "征集"),
    ("/events/", "活动"),
    ("/policies/", "政策"),
)
ELDER_COOKIE = "reading_mode"
DESK_ROLES = (Role.BUREAU, Role.PLATFORM, Role.MARKET_REGULATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class SiteView:
    """What base.html needs besides the page's own content."""

    identity: SiteIdentity
    nav: tuple[NavItem, ...]
    elder: bool
    now_ms: int
    is_desk: bool


def site_view(request: HttpRequest) -> dict[str, Any]:
    """Return the context of base.html; the identity is cached by Wagtail."""
    actor = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "site_view": SiteView(
            identity=SiteIdentity.for_request(request),
            nav=tuple(
                NavItem(url, label, _is_current(request.path, url))
                for url, label in NAVIGATION
            ),
            elder=request.COOKIES.get(ELDER_COOKIE) == "elder",
            now_ms=int(clock.now().timestamp() * 1000),
            is_desk=bool(signed_in and actor is not None and actor.has(*DESK_ROLES)),
        )
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
