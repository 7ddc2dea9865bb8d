"""URLs of the desk of notices."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.notices import announcements, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="desk_notices"),
    path("all/", views.all_notices, name="desk_all_notices"),
    path("<int:pk>/", views.detail, name="desk_notice"),
    path("<int:pk>/step/", views.step, name="desk_notice_step"),
    path("<int:pk>/files/<int:file_id>/", views.file, name="desk_notice_file"),
    path("announcements/", announcements.announcements, name="desk_announcements"),
    path(
        "announcements/new/",
        announcements.new_announcement,
        name="desk_announcement_new",
    ),
    path(
        "announcements/<int:pk>/", announcements.announcement, name="desk_announcement"
    ),
    path(
        "announcements/<int:pk>/step/",
        announcements.announcement_step,
        name="desk_announcement_step",
    ),
]
