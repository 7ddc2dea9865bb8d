"""URLs of the desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.desk.views import desk

urlpatterns: list[URLPattern | URLResolver] = [path("", desk, name="desk")]
