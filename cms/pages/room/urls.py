"""URLs of my room."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.room.views import my_room

urlpatterns: list[URLPattern | URLResolver] = [path("my/", my_room, name="my_room")]
