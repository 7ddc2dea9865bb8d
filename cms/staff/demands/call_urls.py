"""URLs of calls at the desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.demands import call_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", call_views.call_list, name="desk_calls"),
    path("new/", call_views.call_edit, name="desk_call_new"),
    path("<int:pk>/edit/", call_views.call_edit, name="desk_call_edit"),
    path("<int:pk>/<slug:step>/", call_views.call_step, name="desk_call_step"),
]
