"""URLs of the review of demands."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.demands import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="desk_demands"),
    path("<int:pk>/", views.review, name="desk_demand"),
    path("<int:pk>/<slug:decision>/", views.decide, name="desk_demand_decide"),
]
