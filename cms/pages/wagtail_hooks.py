"""Hands each public page to the view registered for its type."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from cms.pages.serving import view_for


@hooks.register("before_serve_page")
def serve_registered_view(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Serve the page by its registered view; others keep Wagtail's own way."""
    view = view_for(page)
    return view(request, page) if view else None
