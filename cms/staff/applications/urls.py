"""URLs of applications at the desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.applications.views import (
    decision,
    desk_application,
    desk_applications,
    desk_export,
    public_preview,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk_applications, name="desk_applications"),
    path("export.xlsx", desk_export, name="desk_applications_export"),
    path("<int:pk>/", desk_application, name="desk_application"),
    path("<int:pk>/preview/", public_preview, name="desk_application_preview"),
    path("<int:pk>/decision/", decision, name="desk_application_decision"),
]
