"""Home (首页)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.pages.models import HomePage
from cms.pages.serving import serves


@serves(HomePage)
def home(request: HttpRequest, page: Page) -> HttpResponse:
    """Show the way to each list."""
    return render(request, "site/home.html", {"page": page})
