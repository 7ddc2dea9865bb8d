"""URLs of events at the desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.demands import event_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", event_views.event_list, name="desk_events"),
    path("new/", event_views.event_edit, name="desk_event_new"),
    path("<int:pk>/", event_views.event_desk, name="desk_event"),
    path("<int:pk>/edit/", event_views.event_edit, name="desk_event_edit"),
    path(
        "<int:pk>/attendance.xlsx",
        event_views.event_attendance,
        name="desk_event_attendance",
    ),
    path("<int:pk>/<slug:step>/", event_views.event_step, name="desk_event_step"),
]
