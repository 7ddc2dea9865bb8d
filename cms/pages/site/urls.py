"""URLs of the site pages."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.site.preferences import preferences

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/", preferences, name="preferences"),
]
