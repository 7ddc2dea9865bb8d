"""URLs of demands, matches, calls and events."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.demands import (
    call_views,
    event_views,
    import_views,
    intent_views,
    list_views,
    match_views,
    my_views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("demands/", list_views.demand_list, name="demand_list"),
    path("demands/export.xlsx", list_views.demand_export, name="demand_export"),
    path("calls/", call_views.call_list, name="call_list"),
    path("events/", event_views.event_list, name="event_list"),
    path(
        "events/<int:pk>/register/", event_views.event_register, name="event_register"
    ),
    path(
        "events/<int:pk>/event.ics", event_views.event_calendar, name="event_calendar"
    ),
    path("my/demands/", my_views.my_demands, name="my_demands"),
    path("my/demands/new/", my_views.my_demand_new, name="my_demand_new"),
    path(
        "my/demands/template.xlsx",
        import_views.template,
        name="my_demand_template",
    ),
    path("my/demands/export.xlsx", import_views.my_export, name="my_demand_export"),
    path("my/demands/import/", import_views.demand_import, name="my_demand_import"),
    path(
        "my/demands/import/<int:file_id>/",
        import_views.demand_import_check,
        name="my_demand_import_check",
    ),
    path("my/demands/<int:pk>/", my_views.my_demand, name="my_demand"),
    path("my/demands/<int:pk>/edit/", my_views.my_demand_edit, name="my_demand_edit"),
    path(
        "my/demands/<int:pk>/check/", my_views.my_demand_check, name="my_demand_check"
    ),
    path(
        "my/demands/<int:pk>/receipt/",
        my_views.my_demand_receipt,
        name="my_demand_receipt",
    ),
    path(
        "my/demands/<int:pk>/<slug:step>/",
        my_views.my_demand_step,
        name="my_demand_step",
    ),
    path("my/matches/", match_views.my_matches, name="my_matches"),
    path("my/matches/new/", match_views.my_match_new, name="my_match_new"),
    path("my/matches/<int:pk>/", match_views.my_match, name="my_match"),
    path("my/matches/<int:pk>/intent/", intent_views.intent_edit, name="intent_edit"),
    path(
        "my/matches/<int:pk>/intent/print/",
        intent_views.intent_print,
        name="intent_print",
    ),
    path(
        "my/matches/<int:pk>/intent/confirm/",
        intent_views.intent_answer,
        {"answer": "confirm"},
        name="intent_confirm",
    ),
    path(
        "my/matches/<int:pk>/intent/return/",
        intent_views.intent_answer,
        {"answer": "return"},
        name="intent_return",
    ),
    path(
        "my/matches/<int:pk>/<slug:step>/",
        match_views.my_match_step,
        name="my_match_step",
    ),
]
