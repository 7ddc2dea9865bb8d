"""App configuration."""

from importlib import import_module

from django.apps import AppConfig

# Each module registers its views of page types or its cards when imported.
ROOM_MODULES = (
    "site.home",
    "accounts.cards",
    "policies.views",
    "catalog.list_views",
    "catalog.detail_views",
    "catalog.cards",
    "demands.list_views",
    "demands.detail_views",
    "demands.call_views",
    "demands.event_views",
    "notices.views",
    "notices.cards",
    "demands.cards",
    "papers.agreement_views",
    "papers.cards",
    "signed.list_views",
    "supply.offer_views",
    "supply.room_views",
    "empowerment.list_views",
    "recordal.list_views",
    "payments.list_views",
)


class PagesConfig(AppConfig):
    """公开网页."""

    name = "cms.pages"
    label = "pages"
    verbose_name = "公开网页"

    def ready(self) -> None:
        """Import the modules that register views and cards."""
        for module in ROOM_MODULES:
            import_module(f"cms.pages.{module}")
