"""Where the pages of the lists hang in the page tree."""

from typing import TypeVar

from wagtail.models import Page, Site

from cms.core.locks import writing
from cms.supply_demand.models import (
    CallIndexPage,
    DemandIndexPage,
    EventIndexPage,
    OfferIndexPage,
)

Index = TypeVar("Index", bound=Page)
_PLACES: dict[type[Page], tuple[str, str]] = {
    OfferIndexPage: ("供给清单", "supply"),
    DemandIndexPage: ("需求清单", "demands"),
    CallIndexPage: ("征集", "calls"),
    EventIndexPage: ("活动", "events"),
}


def get_index_page(kind: type[Index]) -> Index:
    """Return the index page of a kind, made below the home page where absent."""
    index = kind._default_manager.first()
    if index is None:
        title, slug = _PLACES[kind]
        home = Site.objects.get(is_default_site=True).root_page
        with writing():
            index = home.add_child(instance=kind(title=title, slug=slug))
    return index
