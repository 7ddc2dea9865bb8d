"""URLs of signed copies."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.signed.copy_views import copy, copy_pdf, signed_list, skip, withdraw
from cms.pages.signed.list_views import my_signed
from cms.pages.signed.upload_views import upload

_CASE = "my/papers/<slug:kind>/<int:pk>/"
_COPY = f"{_CASE}signed/<int:signed_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/signed/", my_signed, name="my_signed"),
    path(f"{_CASE}signed/", signed_list, name="signed_list"),
    path(f"{_CASE}<int:paper_id>/signed/", upload, name="signed_upload"),
    path(_COPY, copy, name="signed_paper"),
    path(f"{_COPY}file.pdf", copy_pdf, name="signed_pdf"),
    path(f"{_COPY}skip/", skip, name="signed_skip"),
    path(f"{_COPY}withdraw/", withdraw, name="signed_withdraw"),
]
