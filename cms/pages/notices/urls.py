"""URLs of notices: public list and files, verification, the unit's room."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.notices import (
    listing,
    requests,
    room,
    steps,
    unit_venue,
    verification,
    views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", listing.notice_list, name="notice_list"),
    path("notices/feed.atom", listing.notice_feed, name="notice_feed"),
    path("notices/export.xlsx", listing.notice_export, name="notice_export"),
    path("notices/announcements/", listing.announcement_list, name="announcement_list"),
    path("notices/<str:number>/text.txt", views.notice_text, name="notice_text"),
    path("notices/<str:number>/qr.svg", views.notice_qr, name="notice_qr"),
    path("notices/<str:number>/period.ics", views.notice_period, name="notice_period"),
    path(
        "notices/<str:number>/files/<int:file_id>/",
        views.notice_file,
        name="notice_file",
    ),
    path("verify/", verification.verify_index, name="verify_index"),
    path("verify/<str:code>/", verification.verify, name="verify"),
    path("n/<str:code>/", verification.short_link, name="notice_short_link"),
    path("my/notices/", room.my_notices, name="my_notices"),
    path("my/notices/new/", room.choose_kind, name="my_notice_kind"),
    path("my/notices/unit/", unit_venue.unit_notices, name="unit_notices"),
    path("my/notices/unit/<int:pk>/", unit_venue.unit_notice, name="unit_notice"),
    path(
        "my/notices/unit/<int:pk>/files/<int:file_id>/",
        unit_venue.unit_notice_file,
        name="unit_notice_file",
    ),
    path("my/notices/<int:pk>/", room.my_notice, name="my_notice"),
    path("my/notices/<int:pk>/edit/", room.edit_notice, name="my_notice_edit"),
    path("my/notices/<int:pk>/step/", steps.take_step, name="my_notice_step"),
    path(
        "my/notices/<int:pk>/extension/",
        requests.extend_notice,
        name="my_notice_extension",
    ),
    path(
        "my/notices/<int:pk>/change/", requests.change_notice, name="my_notice_change"
    ),
    path(
        "my/notices/<int:pk>/certificate/",
        unit_venue.certificate,
        name="notice_certificate",
    ),
    path(
        "my/notices/<int:pk>/files/<int:file_id>/",
        unit_venue.own_file,
        name="my_notice_file",
    ),
]
