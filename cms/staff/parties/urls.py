"""URLs of the parties' desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.parties import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.verifications, name="verifications"),
    path("<int:pk>/", views.verification_case, name="verification_case"),
    path("units/", views.unit_register, name="unit_register"),
    path("units/new/", views.new_unit, name="new_unit"),
    path("units/<int:pk>/", views.unit, name="desk_unit"),
    path("units/<int:pk>/people/", views.appoint, name="appoint"),
]
