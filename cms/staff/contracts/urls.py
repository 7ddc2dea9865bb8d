"""URLs of the reported contracts."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.contracts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.desk_contracts, name="desk_contracts"),
    path("contracts.xlsx", views.desk_contracts_export, name="desk_contracts_export"),
]
