"""URL of a private file."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.files.views import private_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<int:file_id>/", private_file, name="private_file"),
]
