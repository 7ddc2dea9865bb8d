"""URLs of the filed contracts."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.filed import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.filed, name="desk_filed"),
    path("filed.xlsx", views.filed_export, name="desk_filed_export"),
    path("<int:pk>/", views.filed_copy, name="desk_filed_copy"),
    path("<int:pk>/file.pdf", views.filed_pdf, name="desk_filed_pdf"),
]
