"""Views of page types: features hold thin page models, this layer serves them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

PageView = Callable[[HttpRequest, Page], HttpResponse]
_views: dict[type[Page], PageView] = {}


def serves(page_type: type[Page]) -> Callable[[PageView], PageView]:
    """Register the decorated `view(request, page)` for a page type."""

    def keep(view: PageView) -> PageView:
        _views[page_type] = view
        return view

    return keep


def view_for(page: Page) -> PageView | None:
    """Return the view registered for a page's own type, or None."""
    return _views.get(type(page))
