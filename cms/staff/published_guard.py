"""Tells whoever tries, also a superuser, that a published notice is fixed (E-NT-02).

`core.pages` refuses the change itself, at every door and below them; this only
answers with the register's words instead of Wagtail's.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.notices.models import AnnouncementPage, NoticePage
from cms.rules.violations import RuleViolation

# Doors that only read, and the one that leads to other pages.
READING = frozenset(
    {"usage", "history", "history_results", "view_draft", "search", "revisions_compare"}
)
_IDS = ("page_id", "page_to_move_id", "parent_page_id")


class PublishedGuardMiddleware:
    """Answers 403 with E-NT-02 at the admin's doors to a notice or announcement."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the check waits for the view's name."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse a writing door of the page editor for a published page."""
        match = request.resolver_match
        if match is None or match.namespace != "wagtailadmin_pages":
            return None
        if match.url_name in READING or not request.user.is_authenticated:
            return None
        page_id = next((kwargs[name] for name in _IDS if name in kwargs), None)
        page = Page.objects.filter(pk=page_id).first()
        kinds = (NoticePage, AnnouncementPage)
        if page is None or not issubclass(page.specific_class or Page, kinds):
            return None
        refused = RuleViolation("E-NT-02")
        reason = f"{refused.message}（{refused.code}）"
        return render(request, "403.html", {"reason": reason}, status=403)
