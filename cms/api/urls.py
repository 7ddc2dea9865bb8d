"""URLs of the headless API."""

from django.urls import URLPattern, URLResolver, path

from cms.api.services.deadline import deadline

urlpatterns: list[URLPattern | URLResolver] = [
    path("@deadline", deadline, name="api_deadline"),
]
