"""Home (首页): the figures, what is new, what closes soon, where to go."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.achievements.models import AchievementPage
from cms.core import clock
from cms.notices.models import NoticePage
from cms.pages.models import HomePage
from cms.pages.serving import serves
from cms.rules.achievements import PublicStatus
from cms.rules.notices import NoticeState
from cms.supply_demand.models import CallPage, DemandPage, OfferPage

SHOWN = 5
# The four totals count whole tables; a minute's delay does nobody harm.
TOTALS_FOR_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Total:
    """One figure of the home page."""

    label: str
    unit: str
    count: int
    url: str


@serves(HomePage)
def home(request: HttpRequest, page: Page) -> HttpResponse:
    """Show totals, newest offers and demands, open notices and calls."""
    now = clock.now()
    context = {
        "page": page,
        "totals": cache.get_or_set("home-totals", _totals, TOTALS_FOR_SECONDS),
        "offers": OfferPage.objects.listed()
        .select_related("unit")
        .order_by("-published_at", "-pk")[:SHOWN],
        "demands": DemandPage.objects.listed().order_by("-published_at", "-pk")[:SHOWN],
        "notices": NoticePage.objects.live()
        .filter(state=NoticeState.OPEN.value, effective_close_at__gt=now)
        .order_by("effective_close_at", "pk")[:SHOWN],
        "calls": CallPage.objects.live()
        .filter(opens_at__lte=now, closes_at__gt=now)
        .order_by("closes_at", "pk")[:SHOWN],
    }
    return render(request, "site/home.html", context)


def _totals() -> list[Total]:
    return [
        Total("科技成果", "项", _listed_achievements(), "/achievements/"),
        Total("可先使用后付费", "条", OfferPage.objects.listed().count(), "/supply/"),
        Total("企业需求", "条", DemandPage.objects.listed().count(), "/demands/"),
        Total("公示公告", "件", NoticePage.objects.live().count(), "/notices/"),
    ]


def _listed_achievements() -> int:
    """Count what the catalogue lists; ended entries are readable, not listed."""
    return (
        AchievementPage.objects.live()
        .filter(public_status=PublicStatus.PUBLISHED.value)
        .count()
    )
